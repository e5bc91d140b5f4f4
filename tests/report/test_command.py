"""``xlsxeval report`` with charts and page numbers: what reaches the file."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from tests.cli.running import run
from tests.report.made import sample_report
from tests.report.reading import opened, part
from xlsxeval.errors import UsageError
from xlsxeval.report import numbered, pages
from xlsxeval.resources import samples_directory
from xlsxeval.results import documents


@pytest.fixture
def written(tmp_path):
    source = samples_directory() / "chenxi-2024"
    shutil.copyfile(source / "campaign.yaml", tmp_path / "campaign.yaml")
    returned = source / "submitted" / "careful.xlsx"

    def write(*options):
        done = run("report", tmp_path, "--from", returned, "-o", tmp_path / "out", "--force", *options)
        assert done.code == 0, done.said
        path = next(path for path in (tmp_path / "out").glob("*.docx") if str(path) in done.out)
        return returned, path.read_bytes()

    return write


def test_charts_only_where_they_are_asked_for_and_the_files_own_digest(written):
    returned, plain = written()
    assert "附图" not in [item.text for item in opened(plain).paragraphs]
    _, drawn = written("--charts")
    assert "附图" in [item.text for item in opened(drawn).paragraphs]
    properties = {node.get("name"): node[0].text for node in part(plain, "docProps/custom.xml")}
    assert properties["xlsxeval.sha256"] == hashlib.sha256(returned.read_bytes()).hexdigest()


def test_without_libreoffice_the_report_is_written_all_the_same(monkeypatch):
    def absent(*_):
        raise UsageError("soffice")

    monkeypatch.setattr(pages, "to_pdf", absent)
    data = sample_report("zhuzhou-2024")
    with pytest.raises(UsageError):
        numbered(data)
    assert documents.with_page_numbers(data) == data


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7\nhalf"])
def test_a_pdf_that_cannot_be_read_leaves_the_numbers_to_word(monkeypatch, tmp_path, content):
    def broken(_, folder):
        folder.mkdir()
        (folder / "report.pdf").write_bytes(content)
        return folder / "report.pdf"

    monkeypatch.setattr(pages, "to_pdf", broken)
    data = sample_report("zhuzhou-2024")
    assert numbered(data) == data
