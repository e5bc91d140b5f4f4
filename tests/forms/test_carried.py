"""A class that was written once counts for the lines below it: in formulas, in 自查, at collection, in the report."""

from __future__ import annotations

import pytest

from tests.forms.inline import Desk, cell
from xlsxeval.calc import Scalar, to_formula
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Returned, read_returned
from xlsxeval.layout.layout import SELF_CHECK_SHEET, Layout
from xlsxeval.model import Address
from xlsxeval.report.table import draw
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import workbook_bytes

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10, 10, 10]
    grid:
      - [一级, 二级, 名称, 分值]
      - repeat: lines
        lines: 5
        line: [$level1, $level2, $name, $weight]
      - [产出, $output, 数量, $counted]
    fields:
      lines.level1: {label: 一级, required: true, merge: true}
      lines.level2: {label: 二级, required: true, merge: true}
      lines.name: {label: 名称}
      lines.weight: {label: 分值, type: weight}
      output: {label: 产出, formula: 'SUMIF(lines.level1,"产出",lines.weight)'}
      counted: {label: 数量, formula: 'SUMIFS(lines.weight,lines.level1,"产出",lines.level2,"数量")'}
    """
GIVEN = """
    campaign: c
    edition: e
    year: 2024
    department: 某某市财政局
    units:
      - code: '001'
        name: 某某局
        given:
          f:
            lines:
              - {level1: 产出, level2: 数量, name: 甲, weight: 10}
              - {level1: 产出, level2: 数量, name: 乙, weight: 20}
              - {level1: 产出, level2: 质量, name: 丙, weight: 30}
              - {level1: 效益, level2: 数量, name: 丁, weight: 40}
    """
Lines = list[tuple[str | None, str | None]]
WRITTEN = {
    "in every line": [("产出", "数量"), ("产出", "数量"), ("产出", "质量"), ("效益", "数量")],
    "once": [("产出", "数量"), (None, None), (None, "质量"), ("效益", "数量")],
    "once, and blanks": [("产出 ", "数量"), ("　", " "), (None, "质量"), ("效益", "数量")],
}
WEIGHTS = (10.0, 20.0, 30.0, 40.0)


def typed(lines: Lines) -> dict[Address, Scalar]:
    values: dict[Address, Scalar] = {}
    for row, ((level1, level2), weight) in enumerate(zip(lines, WEIGHTS, strict=False), start=2):
        for column, value in enumerate((level1, level2, f"第{row}行", weight), start=1):
            if value is not None:
                values[Address("附件1", row, column)] = value
    return values


def returned(desk: Desk, values: dict[Address, Scalar]) -> tuple[Layout, Returned]:
    layout = desk.layout()
    seal = make_seal(layout.campaign, layout.unit, layout.edition, b"k" * 32)
    data = workbook_bytes(layout, seal, "password", values)
    return layout, read_returned("x.xlsx", data, Context(desk.library), Layouts())


@pytest.mark.parametrize("lines", WRITTEN.values(), ids=WRITTEN)
def test_formulas_sum_by_class_however_it_was_written(desk: Desk, lines: Lines) -> None:
    desk.form(FORM)
    layout = desk.layout()
    values = layout.compute(typed(lines))
    assert (values[cell(layout, "B7").address], values[cell(layout, "D7").address]) == (60, 30)


def test_given_classes_are_merged_cells_and_are_summed_all_the_same(desk: Desk) -> None:
    desk.form(FORM)
    desk.campaign(GIVEN)
    layout = desk.layout()
    assert (cell(layout, "A2").rows, cell(layout, "B2").rows) == (3, 2)
    values = layout.compute({})
    assert (values[cell(layout, "B6").address], values[cell(layout, "D6").address]) == (60, 30)


def test_the_class_of_every_line_stands_outside_the_print_area(desk: Desk) -> None:
    desk.form(FORM)
    sheet = (layout := desk.layout()).sheets[0]
    carried = {one.address.a1: one.carried.a1 for one in sheet.cells if one.carried is not None}
    assert (carried["A2"], carried["A3"], carried["B6"]) == ("F2", "F3", "G6")
    assert sheet.print_columns == 4
    assert cell(layout, "F1").value == "一级（逐行）"
    assert "SUMIF(F2:F6" in to_formula(layout.cells[cell(layout, "B7").address].formula)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (WRITTEN["in every line"], []),
        (WRITTEN["once"], []),
        (WRITTEN["once, and blanks"], []),
        ([(None, "数量"), ("产出", None), ("产出", "质量")], ["附件1!A2", "附件1!B3"]),
        ([("产出", "数量"), ("效益", None)], ["附件1!B3"]),
    ],
    ids=[*WRITTEN, "the first line has none", "a new class begins"],
)
def test_collection_and_the_workbook_agree_on_what_is_missing(desk: Desk, lines: Lines, missing: list[str]) -> None:
    desk.form(FORM)
    layout, back = returned(desk, typed(lines))
    found = [f"{one.place.sheet}!{one.place.cell}" for one in judge(back).findings if one.code == "V040"]
    assert found == missing
    status = str(layout.compute(typed(lines))[Address(SELF_CHECK_SHEET, 5, 4)])
    assert status == ("✓ 通过" if not missing else f"✗ 未填 {len(missing)} 处")


@pytest.mark.parametrize("lines", WRITTEN.values(), ids=WRITTEN)
def test_the_report_merges_what_the_workbook_shows_as_one(desk: Desk, lines: Lines) -> None:
    desk.form(FORM)
    layout, back = returned(desk, typed(lines))
    assert back.submission is not None
    table = draw(layout.sheets[0], back.submission)
    levels = [(one.column, one.row, one.rows) for one in table.cells if one.column < 2 and 0 < one.row < 5]
    assert sorted(levels) == [(0, 1, 3), (0, 4, 1), (1, 1, 2), (1, 3, 1), (1, 4, 1)]
