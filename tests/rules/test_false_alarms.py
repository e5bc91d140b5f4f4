"""Workbooks that a program only opened and saved: exactly the findings of the workbook as it was, for every sample."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.base import Base, make_base
from tests.support.office import convert_all
from tests.support.packages import Package
from tests.support.rewriting import REWRITINGS
from xlsxeval.intake.submission import read_returned
from xlsxeval.resources import samples_directory
from xlsxeval.rules.engine import judge

SAMPLES = sorted(path.parent.name for path in samples_directory().glob("*/campaign.yaml"))
NOTED = {"by_openpyxl": {"C001"}, "with_an_empty_fill": {"F030"}}
"""What is told of such a file for information: no stored values, styles that were repaired."""

Told = list[tuple[str, str | None, str | None, str | None, str | None]]


@cache
def sample(name: str) -> Base:
    """A real department's workbook, generated and filled in."""
    folder = samples_directory() / name
    return make_base(folder, folder / "values" / "careful.yaml")


def told(base: Base, data: bytes, besides: set[str]) -> Told:
    """Every finding but those that are noted of the file; these must be there."""
    findings = judge(read_returned("saved.xlsx", data, base.context, base.layouts)).findings
    assert {finding.code for finding in findings if finding.code in besides} == besides
    return [
        (finding.code, finding.place.sheet, finding.place.cell, finding.shown, finding.expected)
        for finding in findings
        if finding.code not in besides
    ]


@cache
def told_before(name: str) -> Told:
    return told(sample(name), sample(name).data, set())


@cache
def saved_by_libreoffice() -> dict[str, bytes]:
    """Every sample at one start of the program."""
    return dict(zip(SAMPLES, convert_all([sample(name).data for name in SAMPLES], ".xlsx", "xlsx"), strict=True))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_workbook_as_it_was_has_no_finding_of_tampering(name: str) -> None:
    assert [finding for finding in told_before(name) if finding[0][0] in "FIT"] == []


@pytest.mark.parametrize("rewriting", REWRITINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_saving_changes_no_finding(name: str, rewriting: str) -> None:
    saved = REWRITINGS[rewriting](sample(name).data)
    assert told(sample(name), saved, NOTED.get(rewriting, set())) == told_before(name)


MARKS = {
    "with_shared_formulas": b't="shared"',
    "with_inline_texts": b'"inlineStr"',
    "with_validations_in_the_extension": b"spreadsheetml/2009/9/main",
    "with_an_empty_fill": b"<fill/>",
    "as_wps_writes": b"<rPh ",
    "as_excel_writes": b"absPath",
}


@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_a_rewriting_does_rewrite(rewriting: str) -> None:
    before = Package(sample(SAMPLES[0]).data).parts
    after = Package(REWRITINGS[rewriting](sample(SAMPLES[0]).data)).parts
    assert before != after
    mark = MARKS.get(rewriting)
    assert mark is None or any(mark in content for content in after.values())


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", SAMPLES)
def test_saving_in_a_real_office_program_changes_no_finding(name: str) -> None:
    assert told(sample(name), saved_by_libreoffice()[name], set()) == told_before(name)
