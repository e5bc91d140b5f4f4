"""What the unit sees in 自查 and what the organiser finds at collection are the same."""

from __future__ import annotations

import pytest

from tests.support.actions import perform
from tests.support.base import base
from tests.support.cases import Case, case_files, load_cases
from tests.support.draft import Draft
from xlsxeval.intake.cells import RawWorkbook
from xlsxeval.layout.layout import FAILED, SELF_CHECK_SHEET
from xlsxeval.model import Address
from xlsxeval.resources import templates_directory

CHECKS = sorted(path.stem for path in (templates_directory() / "checks").glob("*.yaml"))
REQUIRED = "必填项已全部填写"


def cases_of(code: str) -> list[Case]:
    """The cases of a code, but for those in which the workbook's own result was typed over, reads less or knows less."""
    found = [case for path in case_files() if path.stem == code for case in load_cases(path)]
    kept = [
        case
        for case in found
        if case.known_bug is case.beyond is None and "V001" not in case.also and not overtypes_a_result(case)
    ]
    assert any(case.finds for case in kept)
    assert not all(case.finds for case in kept)
    return kept


def overtypes_a_result(case: Case) -> bool:
    sent = base(case.campaign)
    results = {address for placed in sent.layout.checks for address in placed.results}
    draft = Draft(sent)
    return any(draft.address(place) in results for place in case.words.get("overtype", {}))


def works_on_what_stands_there(case: Case) -> bool:
    """Whether 自查 computes from something that collection does not: another figure typed over a formula, or an unreadable input."""
    over = len(case.words.get("overtype", {})) + bool(case.words.get("fill"))
    return ("overtype" in case.words and over > 1) or not {"V002", "V040"}.isdisjoint(case.also)


def shown(raw: RawWorkbook, address: Address) -> str:
    sheet = raw.sheet(address.sheet)
    assert sheet is not None
    return str(sheet.cells[address.row, address.column].value)


@pytest.mark.parametrize("code", CHECKS)
def test_a_check_fails_in_the_workbook_where_it_is_found_at_collection(code: str) -> None:
    for case in cases_of(code):
        if works_on_what_stands_there(case):
            continue
        sent = base(case.campaign)
        raw = perform(sent, case.words).raw
        failing = {
            placed.sheet
            for placed in sent.layout.checks
            if placed.check.code == case.rule and shown(raw, placed.status).startswith(FAILED[placed.check.severity])
        }
        assert failing == {expected.at.partition("!")[0] for expected in case.finds}, case.title


def test_a_required_blank_is_counted_in_the_workbook_where_it_is_found_at_collection() -> None:
    for case in cases_of("V040"):
        counts_what_is_found(case)


def counts_what_is_found(case: Case) -> None:
    sent = base(case.campaign)
    raw = perform(sent, case.words).raw
    sheet = raw.sheet(SELF_CHECK_SHEET)
    assert sheet is not None
    rows = [row for (row, _), cell in sheet.cells.items() if cell.value == REQUIRED]
    counted = {
        str(sheet.cells[row, 2].value): str(sheet.cells[row, 4].value)
        for row in rows
        if sheet.cells[row, 4].kind == "s"
    }
    wanted: dict[str, int] = {}
    for expected in case.finds:
        name = expected.at.partition("!")[0]
        wanted[name] = wanted.get(name, 0) + 1
    assert {name: text for name, text in counted.items() if text.startswith("✗")} == {
        name: f"✗ 未填 {number} 处" for name, number in wanted.items()
    }, case.title
