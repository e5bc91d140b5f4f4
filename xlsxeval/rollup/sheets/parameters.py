"""参数: the bands of the grades, which formulas name, and how the workbook is to be read."""

from __future__ import annotations

from xlsxeval.layout.metrics import wrapped_lines
from xlsxeval.rollup.plan import COUNT, SCORE, PlannedCell, PlannedFormula, PlannedLook, PlannedSheet
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.table import height

NAME = "参数"
_WIDTHS = (16.0, 16.0, 16.0, 60.0)
_HEADING = 3
_NO_LOWER = "以下"
_NOTES = (
    "合计各行用 SUBTOTAL：筛选以后只合计看得见的行。执行率＝全年执行数÷全年预算数，保留四位小数；预算数为 0 的没有执行率，写“—”。",
    "有错误没有改的单位，数照收到的表计入合计，并写明“有错误”；没有报的单位各栏空着，不计入。收到几份不同的表、没有定以哪一份为准的，不取数。",
    "各单位的数是由填报的数重新算出的，不是表里显示的数；两者不同的，“问题”里有。",
    "名次按得分从高到低，同分同名次；等次照本页的下限，改了下限，各表的等次跟着变。",
    "达成情况只在指标值和实际完成值认得准的时候写达成、部分达成、未达成，其余写“不确定”，要人看。",
)


def grade_word(number: int) -> str:
    """The cell with the word of a grade, from 0."""
    return f"'{NAME}'!$A${_HEADING + 1 + number}"


def grade_lower(number: int) -> str:
    """The cell with the least score for a grade."""
    return f"'{NAME}'!$B${_HEADING + 1 + number}"


def grade_count(number: int) -> str:
    """The cell with the number of units that have a grade."""
    return f"'{NAME}'!$C${_HEADING + 1 + number}"


def parameters_sheet(summary: Summary, grades_of_units: str | None) -> PlannedSheet:
    """``grades_of_units`` are the cells with the units' grades, which are counted; None where there are none."""
    cells = {(1, 1): PlannedCell("参数与说明", PlannedLook("title", align="center"))}
    heights = {1: 30.0}
    merges = [(1, 1, 1, len(_WIDTHS))]
    row = 2
    if summary.grades and grades_of_units:
        for column, title in enumerate(("等次", "下限（含）", "单位数"), start=1):
            cells[_HEADING, column] = PlannedCell(title, PlannedLook("heading", align="center"))
        for row, grade in enumerate(summary.grades, start=_HEADING + 1):
            cells[row, 1] = PlannedCell(grade.word, PlannedLook(align="center"))
            cells[row, 2] = PlannedCell(
                _NO_LOWER if grade.lower is None else grade.lower, PlannedLook("data", SCORE, "right")
            )
            cells[row, 3] = PlannedCell(
                PlannedFormula(f"COUNTIF({grades_of_units},A{row})"), PlannedLook("data", COUNT, "right")
            )
    below = row + 2
    for row, note in enumerate(_NOTES, start=below):
        cells[row, 1] = PlannedCell(note, PlannedLook("note"))
        merges.append((row, 1, row, len(_WIDTHS)))
        heights[row] = height(wrapped_lines(note, sum(_WIDTHS)))
    return PlannedSheet(NAME, cells, _WIDTHS, heights, merges, header=(1, 1), frozen=(1, 0))
