"""The annotated workbook: still the unit's form, with everything that was found at its place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.roster.typist import type_into
from tests.support.base import base, returned
from tests.support.draft import Draft
from tests.support.office import resave
from tests.workbook.annotating import FILE, Annotated, address, annotate, annotated, places, submission
from tests.workbook.opened import MAIN, Opened, blank
from xlsxeval.calc import ExcelError
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.forms.sheet_names import ANNOTATOR, FINDINGS_SHEET
from xlsxeval.forms.values import MAX_CELL_TEXT
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import open_returned, read_returned
from xlsxeval.judging.remarks import remarks
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Waiver
from xlsxeval.resources import templates_directory
from xlsxeval.workbook import RemarkState, workbook_bytes
from xlsxeval.workbook.findings_list import COLUMNS
from xlsxeval.workbook.remark import SEVERITIES
from xlsxeval.workbook.styles import INPUT_COLOUR, MARKS

ROOT = Path(__file__).resolve().parents[2]
PRINTED = sorted((ROOT / "samples").glob("*/submitted/as-printed.xlsx"))
STILL = (RemarkState.OPEN, RemarkState.ARISEN)
HOSTILE = ["=1+1", "{{x}}", "\x01\x0bcontrol_x0041_", "<b>&amp;", "长" * 32_000, "𠀀" * 16_000, "+86", "@SUM(A1)"]

RATE, EXECUTED, SCORE = "附件2!funds.rate", "附件2!funds.executed", "附件2!indicators[1].score"
TEXT = "附件2!goals.achieved"


@cache
def wrong() -> Annotated:
    """A rate and a total typed over, a score above its weight, a number as text, an amount in words."""
    typed = {RATE: 1.0, "附件2!total.score": 100.0, SCORE: 9.0, "附件1!staff.actual": "１2"}
    return annotated({**typed, EXECUTED: "一千万元"})


@cache
def careful() -> Annotated:
    return annotated({})


def list_rows(book: Opened) -> list[list[object]]:
    """The lines of the list below its headings."""
    rows = [[cell.value for cell in row] for row in book.sheet(FINDINGS_SHEET).iter_rows(max_col=len(COLUMNS))]
    start = next(number for number, row in enumerate(rows) if row[0] == COLUMNS[0].title)
    return rows[start + 1 :]


def cell_of(annotation: Annotated, place: str):  # type: ignore[no-untyped-def]
    at = address(base(), place)
    return annotation.opened.sheet(at.sheet)[at.a1]


# -- what is found in it --------------------------------------------------------------------------------------------


def test_a_careful_workbook_comes_out_as_it_came() -> None:
    received, again = careful().received, careful().again()
    assert places(again.verdict.findings) == places(received.verdict.findings)
    assert submission(again).inputs == submission(received).inputs
    assert not [remark for remark in careful().remarks if remark.finding.severity == "error"]
    assert len(list_rows(careful().opened)) == len(careful().remarks)


def test_what_is_open_is_found_again_and_what_the_fresh_form_mends_is_not() -> None:
    found = places(wrong().again().verdict.findings)
    assert found == wrong().told(*STILL)
    assert places(wrong().received.verdict.findings) == wrong().told(RemarkState.OPEN, RemarkState.RESTORED)
    restored = {code for code, _, _ in wrong().told(RemarkState.RESTORED)}
    assert {"T101", "V001"} <= restored
    assert {code for code, _, _ in found} >= {"S101", "V002"}
    assert not [code for code, _, _ in found if code.startswith("T")]


def test_a_formula_typed_over_hides_no_fault() -> None:
    """执行数比预算数多，执行率打成了 100%：公式没有恢复也看得出超过 100%。"""
    annotation = annotated({"附件2!funds.budget": 380.0, RATE: 1.0})
    assert annotation.told(RemarkState.ARISEN) == {}
    assert ("L104", "附件2", "G4") in annotation.told(RemarkState.OPEN)
    assert places(annotation.again().verdict.findings) == annotation.told(*STILL)


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.parent.parent.name)
def test_a_sample_as_printed_keeps_its_inputs_and_its_formulas_live_again(path: Path) -> None:
    context, layouts = Context(Library(templates_directory())), Layouts()
    annotation = annotate(open_returned(path, context, layouts), context, layouts)
    again = annotation.again()
    assert submission(again).inputs == submission(annotation.received).inputs
    assert places(again.verdict.findings) == annotation.told(*STILL)
    assert not submission(again).differences


def test_what_was_found_in_several_files_together_is_never_taken_for_mended() -> None:
    received = wrong().received
    of_batch = replace(received.verdict.findings[0], code="X901")
    verdict = replace(received.verdict, findings=(*received.verdict.findings, of_batch))
    told = remarks(verdict, received, wrong().again())
    assert [one.standing for one in told if one.finding.code == "X901"] == [RemarkState.OPEN]


def test_a_waived_finding_is_listed_with_who_and_why_and_is_nothing_to_do() -> None:
    waived = replace(
        wrong().remark("S101"),
        finding=replace(wrong().remark("S101").finding, waived=Waiver("某科", "已核实", "2025-03-01")),
    )
    assert waived.settled
    assert all(word in waived.status for word in ("某科", "已核实", "2025-03-01"))
    assert waived.mark not in {kind.value for kind in SEVERITIES}


# -- still the form ---------------------------------------------------------------------------------------------------


def test_it_is_the_form_that_was_sent_out() -> None:
    """Same seal, locks, protection, validations and formulas; the list stands in front."""
    ours, sent = wrong().opened, blank()
    names = [name for name in ours.book.sheetnames if name != FINDINGS_SHEET]
    assert ours.book.sheetnames[0] == FINDINGS_SHEET
    assert names == sent.book.sheetnames
    assert ours.sheet(SEAL_SHEET)["A3"].value == sent.sheet(SEAL_SHEET)["A3"].value
    assert ours.sheet(SEAL_SHEET).sheet_state == "veryHidden"
    for name in names[:-1]:
        mine, theirs = ours.sheet(name), sent.sheet(name)
        assert mine.protection.sheet
        assert mine.protection.password == theirs.protection.password
        assert mine.merged_cells.ranges == theirs.merged_cells.ranges
        rules = [
            {(str(v.sqref), v.type, v.formula1, v.formula2) for v in s.data_validations.dataValidation}
            for s in (mine, theirs)
        ]
        assert rules[0] == rules[1]
    for cell in base().layout.cells.values():
        at = ours.sheet(cell.address.sheet)[cell.address.a1]
        assert at.protection.locked == cell.locked, cell.address
        if cell.kind is CellKind.COMPUTED:
            assert at.value == sent.sheet(cell.address.sheet)[cell.address.a1].value, cell.address
        if cell.look.number_format != "General":
            assert at.number_format == cell.look.number_format, cell.address


def test_numbers_are_numbers_and_what_could_not_be_read_stays_as_written() -> None:
    assert cell_of(wrong(), "附件1!staff.actual").value == 12
    assert cell_of(wrong(), EXECUTED).value == "一千万元"


def test_an_error_value_stays_one() -> None:
    annotation = annotated({TEXT: ExcelError.REF})
    assert cell_of(annotation, TEXT).data_type == "e"
    assert annotation.remark("V004").standing is RemarkState.OPEN


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_units_text_is_only_ever_text(text: str) -> None:
    annotation = annotated({TEXT: text, EXECUTED: text[:2_000] + "元"}, file=f"{text[:40]}.xlsx")
    again = submission(annotation.again())
    sent = submission(annotation.received)
    assert again.inputs == sent.inputs
    assert again.inputs[address(base(), TEXT)] == text
    page = annotation.opened.sheet(FINDINGS_SHEET)
    assert not [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert annotation.again().verdict.subject is not None


def test_a_text_that_is_too_long_for_excel_is_cut_to_what_a_cell_holds() -> None:
    """Excel counts a rare character as two; other programs write twice as many as it takes."""
    made = base()
    draft = Draft(made)
    draft.type(TEXT, "𠀀" * 20_000)
    annotation = annotate(returned(draft.raw, made.context, made.layouts), made.context, made.layouts)
    assert submission(annotation.again()).inputs[address(made, TEXT)] == "𠀀" * (MAX_CELL_TEXT // 2)


def test_the_same_return_gives_the_same_bytes() -> None:
    typed = {SCORE: 9.0}
    assert annotated(typed).data == annotated(typed).data


# -- what it shows ----------------------------------------------------------------------------------------------------


def test_every_cell_with_a_finding_is_marked_and_has_a_note_that_tells_it() -> None:
    for remark in wrong().remarks:
        if remark.cell is None:
            continue
        cell = wrong().opened.sheet(remark.cell.sheet)[remark.cell.a1]
        assert cell.comment is not None, remark
        assert cell.comment.author == ANNOTATOR
        told = [remark.finding.code, remark.finding.message, remark.advice, remark.status]
        assert [text for text in told if text not in cell.comment.text] == []
    assert cell_of(wrong(), SCORE).fill.fgColor.rgb == f"FF{MARKS['error']['bg_color'][1:]}"
    assert cell_of(wrong(), SCORE).border.left.style == "medium"


def test_a_mended_cell_keeps_its_own_ground_and_one_without_findings_has_no_note() -> None:
    assert cell_of(wrong(), "附件1!staff.actual").fill.fgColor.rgb == f"FF{INPUT_COLOUR[1:]}"
    assert cell_of(wrong(), "附件1!staff.posts").comment is None


def test_notes_wait_for_the_mouse_and_are_wide_enough() -> None:
    drawings = [part for name, part in wrong().opened.parts.items() if name.endswith(".vml")]
    assert drawings
    for drawing in drawings:
        assert b"visibility:hidden" in drawing
        assert b"visibility:visible" not in drawing


def test_the_list_has_a_line_for_each_finding_with_a_link_to_its_cell() -> None:
    rows = list_rows(wrong().opened)
    assert [row[0] for row in rows] == list(range(1, len(wrong().remarks) + 1))
    titles = [column.title for column in COLUMNS]
    assert [row[titles.index("编号")] for row in rows] == [remark.finding.code for remark in wrong().remarks]
    page = wrong().opened.sheet(FINDINGS_SHEET)
    first = page.max_row - len(rows)
    for number, remark in enumerate(wrong().remarks, start=first + 1):
        assert remark.cell is not None
        assert page[f"C{number}"].hyperlink.location == f"'{remark.cell.sheet}'!{remark.cell.a1}"


def test_what_is_left_to_do_stands_before_what_is_settled() -> None:
    settled = [remark.settled for remark in wrong().remarks]
    assert settled == sorted(settled)
    assert {True, False} == set(settled)


def test_the_list_is_ready_to_print_and_to_filter() -> None:
    page = wrong().opened.sheet(FINDINGS_SHEET)
    header = page.max_row - len(wrong().remarks)
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == f"${header}:${header}"
    assert page.freeze_panes == f"A{header + 1}"
    assert page.auto_filter.ref == f"A{header}:M{page.max_row}"
    assert page.protection.sheet
    assert not page.protection.autoFilter
    assert all(page.row_dimensions[row].height for row in range(1, page.max_row + 1))


def test_the_list_says_whose_file_what_is_open_and_to_whom_it_goes_back() -> None:
    page = wrong().opened.sheet(FINDINGS_SHEET)
    head = "\n".join(str(page.cell(row, 1).value) for row in range(1, 6))
    made = base()
    errors = sum(not remark.settled and remark.finding.severity == "error" for remark in wrong().remarks)
    for word in (made.unit.name, made.unit.code, made.campaign.id, made.campaign.department, FILE, f"错误 {errors} 处"):
        assert word in head


# -- rows that were moved or hidden -----------------------------------------------------------------------------------


def test_a_finding_in_a_moved_row_is_told_at_the_forms_own_cell() -> None:
    made = base()
    draft = Draft(made)
    draft.type(SCORE, 9.0)
    at = address(made, SCORE)
    draft.insert_row(at.sheet, at.row)
    draft.recalculate()
    back = returned(draft.raw, made.context, made.layouts)
    annotation = annotate(back, made.context, made.layouts)
    remark = annotation.remark("S101")
    assert remark.cell == at
    assert remark.received == f"{at.a1[0]}{at.row + 1}"
    assert annotation.remark("T110").standing is RemarkState.RESTORED


def test_a_finding_in_a_column_that_is_gone_is_told_where_the_column_is_again() -> None:
    made = base()
    draft = Draft(made)
    at = address(made, "附件2!indicators[2].reason")
    draft.delete_column(at.sheet, at.column)
    draft.recalculate()
    annotation = annotate(returned(draft.raw, made.context, made.layouts), made.context, made.layouts)
    assert annotation.remark("S102").cell == at
    assert places(annotation.again().verdict.findings) == annotation.told(*STILL)


def test_free_lines_show_as_in_a_fresh_form_unless_they_were_hidden() -> None:
    made = base()
    sheet = next(s for s in made.layout.sheets if any(not block.given and block.lines > 1 for block in s.blocks))
    block = next(block for block in sheet.blocks if not block.given and block.lines > 1)
    hidden = {
        int(str(row.get("r"))) for row in careful().opened.sheet_xml(sheet.name).iter(f"{MAIN}row") if row.get("hidden")
    }
    folded = {
        int(str(row.get("r")))
        for row in Opened(made.data).sheet_xml(sheet.name).iter(f"{MAIN}row")
        if row.get("hidden")
    }
    assert hidden == folded
    assert folded & set(block.rows)
    fresh = workbook_bytes(made.layout, made.seal, "password")
    unfolded = annotate(read_returned(FILE, fresh, made.context, made.layouts), made.context, made.layouts)
    assert not [row for row in unfolded.opened.sheet_xml(sheet.name).iter(f"{MAIN}row") if row.get("hidden")]


# -- through a real office program ------------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_untouched_through_libreoffice_nothing_else_is_found() -> None:
    saved = resave(wrong().data)
    assert places(wrong().again(saved).verdict.findings) == wrong().told(*STILL)


@pytest.mark.libreoffice
def test_mended_in_libreoffice_and_sent_back_it_is_as_the_careful_units() -> None:
    made = base()
    right = {place: made.values[address(made, place)] for place in (SCORE, EXECUTED, "附件1!staff.actual")}
    typed = [(address(made, place).sheet, address(made, place).a1, value) for place, value in right.items()]
    saved = type_into(wrong().data, typed)
    again = wrong().again(saved)
    assert places(again.verdict.findings) == places(careful().received.verdict.findings)
    assert submission(again).inputs == submission(careful().received).inputs
    notes = {str(remark.cell) for remark in wrong().remarks}
    there = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in Opened(saved).book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert there == notes
    assert FINDINGS_SHEET in Opened(saved).book.sheetnames
