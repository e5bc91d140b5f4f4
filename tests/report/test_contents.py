"""The table of contents: a field that Word counts again, its entries and pages in it already."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.report.made import ALL_SAMPLES, sample_report
from tests.report.reading import opened
from tests.report.test_pdf import needs_libreoffice
from xlsxeval.report import ReportError, numbered, report_bytes, to_pdf

LONG = ("liuyang-2020", "yueyanglou-2023", "zhuzhou-2024")


def entries(data):
    """Text, level and page of every entry, and the bookmark that it leads to."""
    found = []
    for paragraph in opened(data).element.body.iter(qn("w:p")):
        for link in paragraph.findall(qn("w:hyperlink")):
            texts = [node.text or "" for node in link.iter(qn("w:t"))]
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
            found.append((texts[0], int(style[-1]), texts[-1].strip(), link.get(qn("w:anchor"))))
    return found


def headings(data):
    """Headings of two levels and the attachments, a number once, in the order of the document."""
    found = []
    attachments = set()
    for paragraph in opened(data).paragraphs:
        if paragraph.style.name in ("Heading 1", "Heading 2"):
            found.append((paragraph.text, int(paragraph.style.name[-1])))
        elif paragraph.style.name == "附件标记":
            number = paragraph.text.partition("-")[0]
            if number not in attachments:
                attachments.add(number)
                found.append((number, 1))
    return found


@pytest.mark.parametrize("name", LONG)
def test_the_entries_are_the_headings_and_the_attachments(name):
    data = sample_report(name)
    found = [(text if text[:2] != "附件" else text.partition("　")[0], level) for text, level, _, _ in entries(data)]
    assert found == headings(data)
    assert len(found) > 15
    titles = [text for text, _, _, _ in entries(data) if text.startswith("附件")]
    listed = [item.text for item in opened(data).paragraphs if item.style.name.startswith("附件说明") and item.text]
    assert [re.sub(r"^附件(\d)　", r"\1.", text) for text in titles] == [item.removeprefix("附件：") for item in listed]


@pytest.mark.parametrize("name", LONG)
def test_it_is_one_field_that_word_works_out_again_with_a_bookmark_for_each_entry(name):
    body = opened(sample_report(name)).element.body
    marks = [node.get(qn("w:fldCharType")) for node in body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("end")
    codes = [node.text.strip() for node in body.iter(qn("w:instrText"))]
    assert codes[0].startswith('TOC \\o "1-2"')
    assert next(body.iter(qn("w:fldChar"))).get(qn("w:dirty")) == "true"
    bookmarks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    ids = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(set(bookmarks)) == len(bookmarks) == len(set(ids)) == len(list(body.iter(qn("w:bookmarkEnd"))))
    assert [anchor for _, _, _, anchor in entries(sample_report(name))] == bookmarks
    assert [code.split()[1] for code in codes if code.startswith("PAGEREF")] == bookmarks


@pytest.mark.parametrize("name", [name for name in ALL_SAMPLES if name not in LONG])
def test_a_short_report_has_none(name):
    assert entries(sample_report(name)) == []
    assert numbered(sample_report(name)) == sample_report(name)


def test_without_libreoffice_the_pages_are_left_to_word():
    assert {page for _, _, page, _ in entries(sample_report("zhuzhou-2024"))} == {""}


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
def test_each_entry_has_the_number_of_the_page_that_its_heading_stands_on(tmp_path):
    needs_libreoffice()
    data = numbered(sample_report("zhuzhou-2024", charts=True))
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    made = to_pdf(path, tmp_path)
    text = subprocess.run(["pdftotext", str(made), "-"], capture_output=True, check=True).stdout.decode()
    squeezed = [re.sub(r"\s", "", page) for page in text.split("\f")]
    pages = {number[1]: page for page in squeezed if (number := re.search(r"—(\d+)—", page))}
    assert len(pages) > 20
    for title, _, page, _ in entries(data):
        wanted = title.partition("　")[0] + ("-1" if title.startswith("附件3") else "")
        assert wanted in pages[page], title
        assert wanted not in pages.get(str(int(page) - 1), "") or title.startswith("附件"), title
    assert [int(page) for _, _, page, _ in entries(data)] == sorted(int(page) for _, _, page, _ in entries(data))


@pytest.mark.libreoffice
def test_pages_do_not_change_anything_else():
    needs_libreoffice()
    plain = sample_report("liuyang-2020")
    first, second = numbered(plain), numbered(plain)
    assert first == second
    assert [entry[:2] for entry in entries(first)] == [entry[:2] for entry in entries(plain)]
    assert all(page.isdigit() for _, _, page, _ in entries(first))
    assert numbered(first) == first


@pytest.mark.parametrize("twice", [True, False])
def test_a_place_that_cannot_be_is_refused(written_template, submission, twice):
    path = written_template(twice=twice)
    with pytest.raises(ReportError, match="contents"):
        report_bytes(submission, path)


@pytest.fixture
def written_template(tmp_path, template):
    def write(*, twice):
        document = Document(str(template))
        if twice:
            document.add_paragraph("{{p contents }}")
        else:
            place = next(item for item in document.paragraphs if item.text == "{{p contents }}")
            table = document.add_table(1, 1)
            table.cell(0, 0).paragraphs[0].text = "{{p contents }}"
            place._p.getparent().remove(place._p)
        path = tmp_path / "own.docx"
        document.save(str(path))
        return path

    return write
