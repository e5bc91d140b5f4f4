"""Rows inserted and deleted, worksheets renamed: it is said, once, and the values are found where they now stand.

Where a row or a column is inserted anywhere in turn, every place is compared and some of them are judged: all rules over
a workbook take ten times as long as finding its rows and columns again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from tests.support.base import SHEETS, base, returned
from tests.support.cases import places_of
from tests.support.draft import Draft
from xlsxeval.calc import Scalar
from xlsxeval.intake.correspondence import last_column
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Finding, column_letters
from xlsxeval.rules.engine import judge

INPUTS_ONLY = {
    "附件1": range(15, 22),
    "附件2": range(11, 13),
    "附件3-1": range(10, 12),
    "附件3-2": range(10, 12),
    "报告正文": range(22, 23),
}
"""Where an inserted row has a neighbour that carries no label and no formula to know it by."""
TALL_CELLS = {"报告正文": range(23, 25)}
"""Inside or below cells merged over three rows: which of their rows is the new one nobody can tell."""
TAMPERED_CELLS = ("T101", "T102", "T131", "T132", "T135", "T136")


def read(draft: Draft) -> tuple[list[Finding], Submission]:
    back = returned(draft.raw, base().context, base().layouts)
    assert back.submission is not None
    return list(judge(back).findings), back.submission


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, places_of(finding)[0]) for finding in findings]


def lost(submission: Submission, *, besides: tuple[str, ...] = ()) -> Mapping[str, Scalar]:
    """The inputs that are not read as they were typed, but for those of the named fields."""
    found = {}
    for cell in base().layout.inputs():
        value, typed = submission.inputs[cell.address], base().values.get(cell.address)
        assert cell.slot is not None
        if value != typed and cell.slot.path not in besides:
            found[f"{cell.address.sheet}!{cell.slot.path}"] = value
    return found


def same(number: int) -> int:
    return number


def compare(
    draft: Draft, moved: str, *, rows: Callable[[int], int] = same, columns: Callable[[int], int] = same
) -> None:
    """Every row and every column with anything in it is found where it now stands, and no value is lost."""
    submission = returned(draft.raw, base().context, base().layouts).submission
    assert submission is not None
    assert list(submission.views) == list(SHEETS)
    for name, view in submission.views.items():
        goes, shifts = (rows, columns) if name == moved else (same, same)
        form = range(1, view.layout.print_rows + 1)
        assert {row: view.rows[row] for row in form} == {row: goes(row) for row in form}
        used = sorted(set(columns_of(name)) - blank_columns(name))
        assert {column: view.columns[column] for column in used} == {column: shifts(column) for column in used}
    assert lost(submission) == {}


def some(places: Sequence[int]) -> list[int]:
    """Every sixth and the last."""
    return [*places[:-1:6], places[-1]]


# Rows inserted


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_row_inserted_anywhere_is_one_finding_and_no_value_is_lost(sheet: str) -> None:
    layout = base().layout.sheet(sheet)
    assert layout is not None
    doubtful = {*INPUTS_ONLY.get(sheet, ()), *TALL_CELLS.get(sheet, ())}
    rows = [row for row in range(1, layout.print_rows + 1) if row not in doubtful]
    for row in rows:
        draft = Draft(base())
        draft.insert_row(sheet, row)
        compare(draft, sheet, rows=lambda own, at=row: own + (own >= at))
    for row in some(rows):
        insert_and_judge(sheet, row)


@pytest.mark.parametrize(("sheet", "row"), [(sheet, row) for sheet, rows in INPUTS_ONLY.items() for row in rows])
def test_a_row_inserted_beside_rows_of_inputs_loses_no_value(sheet: str, row: int) -> None:
    insert_and_judge(sheet, row)


@pytest.mark.parametrize(("sheet", "row"), [(sheet, row) for sheet, rows in TALL_CELLS.items() for row in rows])
def test_a_row_inserted_at_tall_cells_loses_no_value(sheet: str, row: int) -> None:
    draft = Draft(base())
    draft.insert_row(sheet, row)
    findings, submission = read(draft)
    assert [(finding.code, finding.place.sheet) for finding in findings] == [("T110", sheet)]
    assert lost(submission) == {}


def insert_and_judge(sheet: str, row: int) -> None:
    draft = Draft(base())
    draft.insert_row(sheet, row)
    findings, submission = read(draft)
    assert said(findings) == [("T110", f"{sheet}!A{row}")]
    assert lost(submission) == {}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_row_inserted_below_the_form_is_nothing(sheet: str) -> None:
    layout = base().layout.sheet(sheet)
    assert layout is not None
    draft = Draft(base())
    draft.insert_row(sheet, layout.print_rows + 1)
    findings, submission = read(draft)
    assert said(findings) == []
    assert lost(submission) == {}


def test_rows_inserted_on_two_sheets_are_two_findings() -> None:
    draft = Draft(base())
    draft.insert_row("附件1", 11)
    draft.insert_row("附件2", 15)
    draft.insert_row("附件2", 4)
    findings, submission = read(draft)
    assert said(findings) == [("T110", "附件1!A11"), ("T110", "附件2!A4")]
    assert lost(submission) == {}


def test_an_inserted_row_that_was_filled_in_stands_outside_the_form() -> None:
    draft = Draft(base())
    draft.insert_row("附件2", 15)
    draft.type("附件2!C15", "添加的指标")
    draft.type("附件2!G15", 5.0)
    draft.recalculate()
    findings, submission = read(draft)
    assert said(findings) == [
        ("T110", "附件2!A15"),
        ("T136", "附件2!C15"),
        ("T136", "附件2!G15"),
        ("C102", "附件2!total.weight"),
    ]
    assert lost(submission) == {}


def test_what_else_is_wrong_is_found_at_the_cell_where_it_now_stands() -> None:
    draft = Draft(base())
    draft.type("附件2!funds.rate", 1.0)
    draft.type("附件2!indicators[1].score", 6.0)
    draft.type("附件2!indicators[3].level3", "改过的指标")
    draft.insert_row("附件2", 3)
    draft.recalculate()
    findings, _ = read(draft)
    cells = {(finding.code, finding.place.field, finding.place.cell) for finding in findings}
    assert {
        ("T110", None, "A3"),
        ("T101", "funds.rate", "G5"),
        ("S101", "indicators[1].score", "H14"),
        ("T132", "indicators[3].level3", "C16"),
    } <= cells
    related = next(finding.related for finding in findings if finding.code == "S101")
    assert [place.cell for place in related] == ["G14"]


# Rows sorted


@pytest.mark.parametrize(("one", "other"), [(13, 14), (13, 18), (14, 17)])
def test_rows_that_were_sorted_are_found_by_their_labels(one: int, other: int) -> None:
    draft = Draft(base())
    draft.swap_rows("附件2", one, other)
    findings, submission = read(draft)
    assert ("T110", "附件2") in said(findings)
    assert {code for code, _ in said(findings)} <= {"T110", "T102", "T131"}  # references from elsewhere do not follow
    assert lost(submission) == {}


# Rows deleted


@pytest.mark.parametrize(("sheet", "row"), [("填报说明", 5), ("自查", 8)])
def test_a_row_deleted_that_nothing_refers_to_is_one_finding(sheet: str, row: int) -> None:
    draft = Draft(base())
    draft.delete_row(sheet, row)
    draft.recalculate()
    findings, submission = read(draft)
    assert said(findings) == [("T110", sheet)]
    assert lost(submission) == {}


def test_the_values_of_a_deleted_row_are_gone_and_those_around_it_are_not() -> None:
    draft = Draft(base())
    draft.delete_row("附件2", 14)
    draft.recalculate()
    findings, submission = read(draft)
    assert ("T110", "附件2") in said(findings)
    gone = {"附件2!indicators[2].actual", "附件2!indicators[2].score", "附件2!indicators[2].reason"}
    assert set(lost(submission)) == gone


def test_no_finding_points_to_a_cell_of_a_row_that_is_gone() -> None:
    """Row 14 of the file now holds the third indicator; what is missing of the second must not be laid on it."""
    draft = Draft(base())
    draft.delete_row("附件2", 14)
    draft.recalculate()
    findings, _ = read(draft)
    assert [finding for finding in findings if (finding.place.field or "").startswith("indicators[2]")] == []


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        pytest.param("附件3-2", 41, id="the last free line"),
        pytest.param("附件3-2", 30, id="a free line in the middle"),
        pytest.param("附件2", 18, id="the last given line"),
        pytest.param("附件1", 7, id="a row that formulas name"),
        pytest.param("附件2", 5, id="a row of merged cells"),
    ],
)
def test_a_deleted_row_does_not_make_the_formulas_around_it_changed_ones(sheet: str, row: int) -> None:
    draft = Draft(base())
    draft.delete_row(sheet, row)
    draft.recalculate()
    findings, _ = read(draft)
    assert ("T110", sheet) in said(findings)
    assert [place for place in said(findings) if place[0] in TAMPERED_CELLS] == []


def test_a_blank_free_line_deleted_loses_no_value_of_the_lines_above() -> None:
    draft = Draft(base())
    draft.delete_row("附件1", 20)
    draft.recalculate()
    _, submission = read(draft)
    assert lost(submission) == {}


# Columns inserted and deleted


def columns_of(sheet: str) -> range:
    """The columns of a form, helper columns among them."""
    layout = base().layout.sheet(sheet)
    assert layout is not None
    return range(1, last_column(layout) + 1)


def blank_columns(sheet: str) -> set[int]:
    """The columns between others that hold nothing."""
    layout = base().layout.sheet(sheet)
    assert layout is not None
    wide = (range(cell.address.column, cell.address.column + cell.columns) for cell in layout.cells)
    return set(columns_of(sheet)).difference(*wide)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_column_inserted_anywhere_is_one_finding_and_no_value_is_lost(sheet: str) -> None:
    blank = blank_columns(sheet)
    columns = [column for column in columns_of(sheet) if column - 1 not in blank]  # else: which of two is the new one?
    for column in columns:
        draft = Draft(base())
        draft.insert_column(sheet, column)
        compare(draft, sheet, columns=lambda own, at=column: own + (own >= at))
    for column in some(columns):
        draft = Draft(base())
        draft.insert_column(sheet, column)
        findings, submission = read(draft)
        assert said(findings) == [("T111", f"{sheet}!{column_letters(column)}1")]
        assert lost(submission) == {}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_column_inserted_beside_the_form_is_nothing(sheet: str) -> None:
    draft = Draft(base())
    draft.insert_column(sheet, columns_of(sheet)[-1] + 1)
    findings, submission = read(draft)
    assert said(findings) == []
    assert lost(submission) == {}


def test_an_inserted_column_that_was_filled_in_stands_outside_the_form() -> None:
    draft = Draft(base())
    draft.insert_column("附件2", 4)
    draft.type("附件2!D14", "备注")
    draft.recalculate()
    findings, submission = read(draft)
    assert said(findings) == [("T111", "附件2!D1"), ("T136", "附件2!D14")]
    assert lost(submission) == {}


def test_a_row_and_a_column_inserted_on_one_sheet() -> None:
    draft = Draft(base())
    draft.insert_row("附件2", 7)
    draft.insert_column("附件2", 5)
    findings, submission = read(draft)
    assert sorted(said(findings)) == [("T110", "附件2!A7"), ("T111", "附件2!E1")]
    assert lost(submission) == {}


def test_what_is_wrong_is_found_in_the_column_where_it_now_stands() -> None:
    draft = Draft(base())
    draft.type("附件2!indicators[1].score", 6.0)
    draft.insert_column("附件2", 3)
    draft.recalculate()
    findings, _ = read(draft)
    assert [place for code, place in said(findings) if code == "S101"] == ["附件2!indicators[1].score"]
    assert next(finding.place.cell for finding in findings if finding.code == "S101") == "I13"


def test_a_deleted_column_loses_its_own_values_only() -> None:
    draft = Draft(base())
    draft.delete_column("附件2", 9)  # 偏差原因分析及改进措施
    draft.recalculate()
    findings, submission = read(draft)
    assert ("T111", "附件2") in said(findings)
    assert [place for place in said(findings) if place[0] in TAMPERED_CELLS] == []
    assert {path.rpartition(".")[2] for path in lost(submission)} <= {"reason"}


# Worksheets renamed and deleted


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_renamed_worksheet_is_one_finding_and_no_value_is_lost(sheet: str) -> None:
    draft = Draft(base())
    draft.rename_sheet(sheet, "改过的名字")
    findings, submission = read(draft)
    assert said(findings) == [("T120", "改过的名字")]
    assert lost(submission) == {}


def test_all_worksheets_renamed_each_is_known_by_its_labels() -> None:
    draft = Draft(base())
    for number, sheet in enumerate(SHEETS):
        draft.rename_sheet(sheet, f"Sheet{number}")
    findings, submission = read(draft)
    assert said(findings) == [("T120", f"Sheet{number}") for number in range(len(SHEETS))]
    assert lost(submission) == {}


def test_a_renamed_worksheet_with_a_row_inserted() -> None:
    draft = Draft(base())
    draft.rename_sheet("附件2", "整体支出")
    draft.insert_row("整体支出", 7)
    findings, submission = read(draft)
    assert said(findings) == [("T120", "整体支出"), ("T110", "整体支出!A7")]
    assert lost(submission) == {}


def test_renamed_and_in_another_order() -> None:
    """The two project forms carry the same labels; only the given name of the project tells them apart."""
    draft = Draft(base())
    draft.rename_sheet("附件3-1", "甲")
    draft.rename_sheet("附件3-2", "乙")
    first, second = (draft.sheets.index(draft.sheet(name)) for name in ("甲", "乙"))
    draft.sheets[first], draft.sheets[second] = draft.sheets[second], draft.sheets[first]
    findings, submission = read(draft)
    assert sorted(said(findings)) == [("T120", "乙"), ("T120", "甲")]
    assert lost(submission) == {}


def test_worksheets_in_another_order_are_nothing() -> None:
    draft = Draft(base())
    draft.sheets.reverse()
    findings, submission = read(draft)
    assert said(findings) == []
    assert lost(submission) == {}


@pytest.mark.parametrize("sheet", ["填报说明", "自查"])
def test_a_deleted_worksheet_that_no_formula_names_is_one_finding(sheet: str) -> None:
    draft = Draft(base())
    draft.delete_sheet(sheet)
    draft.recalculate()
    findings, _ = read(draft)
    assert said(findings) == [("T120", sheet)]


def test_what_stood_on_a_deleted_worksheet_is_not_called_wrong() -> None:
    draft = Draft(base())
    draft.delete_sheet("附件3-2")
    draft.recalculate()
    findings, _ = read(draft)
    assert ("T120", "附件3-2") in said(findings)
    assert {"X104", "V040"}.isdisjoint(finding.code for finding in findings)


@pytest.mark.parametrize("sheet", ["附件3-2", "报告正文"])
def test_a_deleted_worksheet_does_not_make_the_formulas_of_others_changed_ones(sheet: str) -> None:
    draft = Draft(base())
    draft.delete_sheet(sheet)
    draft.recalculate()
    findings, _ = read(draft)
    assert [place for place in said(findings) if place[0] in TAMPERED_CELLS] == []
