"""A watermark stands on every page: first, odd and even ones, of every section, whatever its headers."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from tests.report.reading import opened, paragraphs
from xlsxeval.report import OPEN_ERRORS, report_bytes, to_pdf
from xlsxeval.report.watermark import stamp

TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
SHAPE = "{urn:schemas-microsoft-com:vml}shape"


def marked(header) -> list[str]:
    """The watermarks of one header."""
    return [path.get("string") for path in header._element.iter(TEXTPATH) if path.get("string")]


def headers(section):
    return section.header, section.first_page_header, section.even_page_header


def test_every_header_that_counts_has_it_once(submission, template):
    document = opened(report_bytes(submission, template, watermark=OPEN_ERRORS))
    assert len(document.sections) > 2
    assert document.settings.odd_and_even_pages_header_footer
    for kind in range(3):
        own = [headers(section)[kind] for section in document.sections]
        assert not own[0].is_linked_to_previous
        assert all(marked(header) == [OPEN_ERRORS] for header in own if not header.is_linked_to_previous)


def test_a_templates_own_headers_keep_their_words():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_section(WD_SECTION.NEW_PAGE).header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "第二部分"
    stamp(document, "样稿 & <看>")
    assert [section.header.paragraphs[0].text for section in document.sections] == ["内部资料", "第二部分"]
    assert [marked(section.header) for section in document.sections] == [["样稿 & <看>"]] * 2


def test_shapes_have_numbers_of_their_own(submission, template):
    data = report_bytes(submission, template, watermark=OPEN_ERRORS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "header" in name]
    ids = re.findall(r'id="(PowerPlusWaterMarkObject\d+)"', "".join(parts))
    assert len(ids) == len(set(ids)) >= 3


def test_the_text_of_the_report_and_its_room_stay_as_they_are(submission, template):
    plain, stamped = report_bytes(submission, template), report_bytes(submission, template, watermark=OPEN_ERRORS)
    assert paragraphs(plain) == paragraphs(stamped)
    spacing = opened(stamped).sections[0].header.paragraphs[0]._p.pPr.find(qn("w:spacing"))
    assert spacing.get(qn("w:line")) == "20"
    assert stamped == report_bytes(submission, template, watermark=OPEN_ERRORS)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is missing")
def test_libreoffice_draws_it_on_every_page_and_no_page_more(submission, template, tmp_path):
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is missing")
        pytest.skip("LibreOffice is missing")
    grey = []
    for name, text in (("plain", None), ("stamped", OPEN_ERRORS)):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(report_bytes(submission, template, watermark=text))
        made = to_pdf(path, tmp_path)
        subprocess.run(["pdftoppm", "-gray", "-r", "20", str(made), str(tmp_path / name)], check=True)
        pages = sorted(tmp_path.glob(f"{name}-*.pgm"))
        grey.append([sum(190 < value < 240 for value in page.read_bytes()) for page in pages])
    assert len(grey[0]) == len(grey[1])
    assert all(with_mark > without + 150 for without, with_mark in zip(*grey, strict=True))
