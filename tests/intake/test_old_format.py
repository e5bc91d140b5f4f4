"""Workbooks of Excel 97-2003 and WPS: converted where LibreOffice is installed, else refused with the advice of always."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests.support.base import base
from tests.support.compound import compound
from tests.support.office import convert_all, soffice
from xlsxeval.importing import read_blanks
from xlsxeval.intake.reader import Rejected, read_workbook
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import judge

BIFF = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(8)


def _blank_form() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["单位名称", "预算数（万元）"])
    sheet.append(["", ""])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@cache
def old_ones() -> tuple[bytes, bytes]:
    """A filled form and a blank one as .xls, at one start of the program."""
    filled, blank = convert_all([base().data, _blank_form()], ".xlsx", "xls")
    return filled, blank


@pytest.mark.libreoffice
def test_a_filled_form_is_converted_and_read_as_if_it_had_been_sent_as_xlsx() -> None:
    """Three seconds: LibreOffice is started twice, to make the file and to read it."""
    soffice()
    filled, _ = old_ones()
    returned = read_returned("表.et", filled, base().context, base().layouts)
    assert returned.submission is not None
    assert returned.size == len(filled)
    findings = judge(returned).findings
    assert [finding.code for finding in findings] == ["F031"]
    assert "LibreOffice" in findings[0].message
    own = read_returned("表.xlsx", base().data, base().context, base().layouts).submission
    assert own is not None
    assert returned.submission.inputs == own.inputs


@pytest.mark.libreoffice
def test_a_blank_form_of_old_is_read_when_it_is_imported(tmp_path: Path) -> None:
    soffice()
    path = tmp_path / "空白表.xls"
    path.write_bytes(old_ones()[1])
    assert [blank.sheet for blank in read_blanks(path).sheets] == ["Sheet"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_one_that_cannot_be_converted_is_refused_and_says_what_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho source file could not be loaded >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "could not be loaded" in _refused("F004", compound({"Workbook": BIFF * 300}))


def test_macros_are_refused_as_in_any_workbook() -> None:
    _refused("F006", compound({"Workbook": BIFF * 300, "_VBA_PROJECT_CUR/VBA/dir": b"x"}))


@pytest.mark.parametrize("make", [lambda: compound({"Workbook": BIFF * 300}), lambda: compound({"Book": BIFF})])
def test_without_libreoffice_the_advice_is_to_save_as_xlsx(
    make: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "不是 xlsx" in _refused("F004", make())


def _refused(code: str, data: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        read_workbook(data)
    assert caught.value.fault.code == code
    return caught.value.fault.detail
