"""资金: a line a unit, a column a kind of money."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rollup.frame import TableFrame, number_column
from xlsxeval.rollup.plan import Content, PlannedSheet
from xlsxeval.rollup.sheets.shared import CODE, NAME, amount, info, money_width, total_of, whose
from xlsxeval.rollup.summary import Summary
from xlsxeval.rollup.table import Line, Looks, table

SHEET = "资金"


def money_frame(summary: Summary) -> TableFrame:
    """Where the kinds of money stand."""
    columns = [CODE, NAME]
    for number, column in enumerate(summary.definition.money):
        unit = "" if column.unit in ("万元", "") else f"（{column.unit}）"
        width = money_width(line.money[number] for line in summary.units)
        columns.append(
            number_column(f"money{number}", f"{column.label}{unit}", width, column.number_format, column.group)
        )
    return TableFrame(SHEET, columns, len(summary.units))


def money_sheet(summary: Summary, frame: TableFrame) -> PlannedSheet:
    """The worksheet."""
    totals: dict[str, Content] = {"name": "合计"}
    totals |= {column.key: total_of(frame, column.key) for column in frame.columns[2:]}
    title = f"{summary.campaign.year}年度资金汇总表"
    return table(frame, title, info(summary), _lines(summary), totals)


def _lines(summary: Summary) -> Iterator[tuple[Line, Looks]]:
    for unit in summary.units:
        yield whose(unit.whose) | {f"money{n}": amount(parts) for n, parts in enumerate(unit.money)}, {}
