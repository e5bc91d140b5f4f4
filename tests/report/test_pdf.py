"""PDF by LibreOffice, and the message where there is none."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from xlsxeval.errors import UsageError
from xlsxeval.report import pdf, report_bytes, to_pdf

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def needs_libreoffice():
    if SOFFICE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is missing")
        pytest.skip("LibreOffice is missing")


@pytest.fixture
def docx(tmp_path, submission, template):
    path = tmp_path / "自评报告.docx"
    path.write_bytes(report_bytes(submission, template))
    return path


@pytest.mark.libreoffice
def test_libreoffice_opens_the_report(docx, tmp_path):
    needs_libreoffice()
    made = to_pdf(docx, tmp_path / "out")
    assert made == tmp_path / "out" / "自评报告.pdf"
    assert sorted(path.name for path in made.parent.iterdir()) == ["自评报告.pdf"]
    content = made.read_bytes()
    assert content.startswith(b"%PDF")
    assert 15 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 40


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is missing")
def test_pages_carry_their_numbers_and_none_is_empty(docx, tmp_path):
    needs_libreoffice()
    made = to_pdf(docx, tmp_path)
    text = subprocess.run(["pdftotext", str(made), "-"], capture_output=True, check=True).stdout.decode()
    pages = [page.strip() for page in text.split("\f")][:-1]
    numbers = [re.findall(r"—\s*(\d+)\s*—", page) for page in pages]
    unnumbered = 2  # the cover and the table of contents
    assert numbers == [[]] * unnumbered + [[str(number)] for number in range(1, len(pages) - unnumbered + 1)]
    assert all(len(page) > 40 for page in pages)


def test_without_libreoffice_it_says_what_to_do(docx, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="LibreOffice"):
        to_pdf(docx, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_document_is_named(tmp_path):
    needs_libreoffice()
    with pytest.raises(UsageError, match="没有这个"):
        to_pdf(tmp_path / "没有这个.docx", tmp_path)


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A program called soffice that does what the given shell lines say."""

    def install(*lines):
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "soffice"
        program.write_text("\n".join(["#!/bin/sh", *lines]))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return install


def _ends(process: int) -> bool:
    """Whether a process that was sent the signal is gone within seconds; left alone it would sleep for a minute."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text().split()[2]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


def test_one_that_hangs_is_ended_with_its_children(docx, tmp_path, monkeypatch, fake):
    note = tmp_path / "child"
    fake(f"sleep 60 & echo $! > {note}", "wait")
    monkeypatch.setattr(pdf, "TIMEOUT", 1)
    with pytest.raises(UsageError, match="超过 1 秒"):
        to_pdf(docx, tmp_path / "out")
    assert _ends(int(note.read_text()))
    assert list((tmp_path / "out").iterdir()) == []


def test_one_that_makes_nothing_is_quoted_and_the_old_pdf_stays(docx, tmp_path, fake):
    old = tmp_path / "自评报告.pdf"
    old.write_text("old")
    fake("echo source file could not be loaded >&2", "exit 1")
    with pytest.raises(UsageError, match="could not be loaded"):
        to_pdf(docx, tmp_path)
    assert old.read_text() == "old"


def test_the_fonts_that_stand_in_are_told(submission, template, monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda names: {name: "替代体" for name in names if name == "仿宋_GB2312"})
    assert "仿宋_GB2312（用了 替代体）" in pdf.missing_fonts_note(report_bytes(submission, template))
    monkeypatch.setattr(pdf, "missing_fonts", lambda names: {})
    assert pdf.missing_fonts_note(report_bytes(submission, template)) == ""
