"""Data validations: the same bounds that the reader checks, with prompts as long as Excel takes."""

from __future__ import annotations

import pytest
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.datavalidation import DataValidation

from tests.forms.inline import Desk
from tests.workbook.opened import SHEETS, Opened, blank, layout
from xlsxeval.forms.seal import make_seal
from xlsxeval.model import Address
from xlsxeval.workbook import workbook_bytes


def validations(book: Opened, sheet: str) -> dict[str, DataValidation]:
    """Every cell with its validation; no cell may have two."""
    found: dict[str, DataValidation] = {}
    for entry in book.sheet(sheet).data_validations.dataValidation:
        for area in entry.sqref.ranges:
            for row, column in area.cells:
                a1 = Address(sheet, row, column).a1
                assert a1 not in found
                found[a1] = entry
    return found


@pytest.fixture
def desk(tmp_path) -> Desk:  # type: ignore[no-untyped-def]
    made = Desk(tmp_path)
    made.edition()
    made.campaign()
    return made


def one(desk: Desk, field: str) -> DataValidation:
    """The validation of a form's only field."""
    desk.form(f"form: f\nattachment: 附件1\ncolumns: [10]\ngrid: [[$x]]\nfields:\n  x: {{{field}}}\n")
    plan = desk.layout()
    seal = make_seal(plan.campaign, plan.unit, plan.edition, b"k" * 32)
    return validations(Opened(workbook_bytes(plan, seal, "password")), "附件1")["A1"]


@pytest.mark.parametrize("name", SHEETS)
def test_every_input_has_one_validation_with_a_prompt_and_no_other_cell_has_any(name: str) -> None:
    found = validations(blank(), name)
    inputs = {cell.address.a1: cell for cell in layout().inputs() if cell.address.sheet == name}
    assert set(found) == set(inputs)
    for a1, entry in found.items():
        slot = inputs[a1].slot
        assert slot is not None
        assert entry.promptTitle == slot.field.label[:32]
        assert entry.prompt
        assert entry.showInputMessage
        assert entry.allowBlank


@pytest.mark.parametrize("name", SHEETS)
def test_titles_and_texts_are_within_excels_limits(name: str) -> None:
    for entry in validations(blank(), name).values():
        assert len(entry.promptTitle or "") <= 32
        assert len(entry.errorTitle or "") <= 32
        assert len(entry.prompt or "") <= 255
        assert len(entry.error or "") <= 255
        assert len(entry.formula1 or "") <= 257


@pytest.mark.parametrize(
    ("field", "kind", "low", "high"),
    [
        ("label: 甲, type: money", "decimal", 0, 1e10),
        ("label: 甲, type: signed_money", "decimal", -1e10, 1e10),
        ("label: 甲, type: money, min: 5, max: 7.5", "decimal", 5, 7.5),
        ("label: 甲, type: count", "whole", 0, 1e8),
        ("label: 甲, type: percent", "decimal", 0, 100),
        ("label: 甲, length: [5, 200]", "textLength", 5, 200),
        ("label: 甲, length: [0, 200]", "textLength", 0, 200),
        ("label: 甲, type: date", "date", 36526, 73415),
    ],
)
def test_bounds_are_those_of_the_field(desk: Desk, field: str, kind: str, low: float, high: float) -> None:
    entry = one(desk, field)
    assert (entry.type, entry.operator) == (kind, None) or (entry.type, entry.operator) == (kind, "between")
    assert (float(entry.formula1), float(entry.formula2)) == (low, high)
    assert entry.errorStyle in (None, "stop")
    assert entry.showErrorMessage
    assert entry.error


def test_choices_are_a_list(desk: Desk) -> None:
    entry = one(desk, "label: 甲, type: choice, choices: [优, 良, 差]")
    assert (entry.type, entry.formula1) == ("list", '"优,良,差"')


def test_a_text_without_a_length_has_a_prompt_and_takes_anything(desk: Desk) -> None:
    entry = one(desk, "label: 甲, hint: 写全称")
    assert entry.type in (None, "none")
    assert entry.prompt == "写全称"


def test_a_field_that_is_not_strict_warns_and_lets_it_pass(desk: Desk) -> None:
    assert one(desk, "label: 甲, type: money, strict: false").errorStyle == "warning"


def bound_at(entry: DataValidation, a1: str) -> str:
    """The upper bound of a cell: the formula speaks of the first cell of the area and moves with the row."""
    (area,) = [area for area in entry.sqref.ranges if a1 in entry.sqref]
    first = Address("", area.min_row, area.min_col).a1
    moved: str = Translator(f"={entry.formula2}", origin=first).translate_formula(a1)
    return moved.removeprefix("=").replace("$", "")


def test_a_score_is_bounded_by_the_weight_in_its_line() -> None:
    found = validations(blank(), "附件2")
    for line in range(1, 7):
        score = layout().slots["overall", None, f"indicators[{line}].score"].address
        weight = layout().slots["overall", None, f"indicators[{line}].weight"].address
        assert bound_at(found[score.a1], score.a1) == weight.a1


def test_long_labels_hints_and_choices_are_cut_to_what_excel_takes(desk: Desk) -> None:
    choices = ", ".join(f"第{n:02}个选择" for n in range(36))
    entry = one(desk, f"label: {'长' * 40}, hint: {'话' * 400}, type: choice, choices: [{choices}]")
    assert entry.promptTitle == "长" * 32
    assert len(entry.prompt) == 255
    assert len(entry.error) <= 255
    assert entry.formula1.count(",") == 35
