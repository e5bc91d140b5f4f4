"""考核: the rubric of every unit, as far as a program can draft it."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column
from xlsxeval.rollup.plan import GENERAL, SCORE, Content, PlannedFormula, PlannedSheet
from xlsxeval.rollup.sheets.shared import CODE, NAME, info, whose
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.table import Line, Looks, table

SHEET = "考核"


def appraisals_frame(summary: Summary) -> TableFrame:
    """Where the scores stand."""
    scores = [
        number_column(column.field, f"{column.label}（{column.most:g}分）", 12, SCORE) for column in summary.rubric
    ]
    columns = [
        CODE,
        NAME,
        *scores,
        number_column("total", "已评合计", 10, SCORE),
        number_column("left", "要人评（满分）", 10, GENERAL),
        FrameColumn("reasons", "依据", 64),
    ]
    return TableFrame(SHEET, columns, len(summary.appraisals))


def appraisals_sheet(summary: Summary, frame: TableFrame) -> PlannedSheet:
    """The worksheet. What a person must judge is empty; the sum takes it in once it is typed."""
    title = "绩效自评工作考核（程序起草，空格要人评）"
    return table(frame, title, info(summary), _lines(summary, frame))


def _lines(summary: Summary, frame: TableFrame) -> Iterator[tuple[Line, Looks]]:
    first, last = summary.rubric[0].field, summary.rubric[-1].field
    labels = {column.field: column.label for column in summary.rubric}
    most = {column.field: column.most for column in summary.rubric}
    for row, line in enumerate(summary.appraisals, start=frame.first):
        cells: dict[str, Content] = {**whose(line.whose)}
        cells |= {item.field: item.points for item in line.items}
        cells["total"] = PlannedFormula(f"SUM({frame.at(first, row)}:{frame.at(last, row)})")
        blank = [f"IF(ISNUMBER({frame.at(item.field, row)}),0,{most[item.field]:g})" for item in line.items]
        cells["left"] = PlannedFormula("+".join(blank))
        cells["reasons"] = "\n".join(f"{labels[item.field]}：{item.reason}" for item in line.items)
        yield cells, {}
