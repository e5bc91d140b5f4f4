"""LibreOffice as a second opinion: many formulas in one workbook, computed in one run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from tests.calc.workbooks import read_book
from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.model import Address

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""A profile in which workbooks are always computed again when they are opened."""


def soffice() -> str:
    """The program; without it the test is skipped, or fails where CI is true."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice (soffice) is needed on this machine")
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def convert(source: Path, folder: Path) -> Path:
    """The workbook as LibreOffice opens, computes and saves it."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    target = folder / "computed"
    command = [soffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(target), str(source)], check=True, capture_output=True, timeout=170)
    return target / source.name


def write_book(path: Path, cells: Mapping[Address, Scalar], formulas: Mapping[Address, str]) -> None:
    """A workbook with values and formulas, a worksheet for each that is named."""
    book = xlsxwriter.Workbook(path, {"use_future_functions": True})
    for name in dict.fromkeys(address.sheet for address in (*cells, *formulas)):
        book.add_worksheet(name)
    for (name, row, column), value in cells.items():
        sheet = book.get_worksheet_by_name(name)
        if isinstance(value, ExcelError):
            sheet.write_formula(row - 1, column - 1, f"={value}", None, str(value))
        elif value == "":
            sheet.write_formula(row - 1, column - 1, '=""')
        elif value is not None:
            sheet.write(row - 1, column - 1, value)
    for (name, row, column), formula in formulas.items():
        book.get_worksheet_by_name(name).write_formula(row - 1, column - 1, f"={formula.removeprefix('=')}")
    book.close()


def read_results(path: Path, addresses: Sequence[Address]) -> dict[Address, Scalar]:
    """The values that a workbook shows."""
    shown = read_book(path).cells
    return {address: shown.get(address, (None, None))[1] for address in addresses}


def compute(folder: Path, cells: Mapping[Address, Scalar], formulas: Mapping[Address, str]) -> dict[Address, Scalar]:
    """What LibreOffice makes of formulas over cells."""
    source = folder / "formulas.xlsx"
    write_book(source, cells, formulas)
    return read_results(convert(source, folder), list(formulas))
