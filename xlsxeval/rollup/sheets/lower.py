"""下级: a line a lower level, as it was proven; below them their sum, the campaign's own units, and both together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.rollup.definition import Role
from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column, word_column
from xlsxeval.rollup.plan import COUNT, MONEY, PERCENT, SCORE, Content, PlannedCell, PlannedFormula, PlannedSheet
from xlsxeval.rollup.sheets.shared import NO_RATE, TITLES, has_rate, info, money_width, rate, whose
from xlsxeval.rollup.summary import LowerLine, Summary, SummaryStatus
from xlsxeval.rollup.table import Line, Looks, height, look_of, table

SHEET = "下级"
_COUNTS = ("units", "returned", "errors", "absent")
_MONEY = (Role.INITIAL, Role.BUDGET, Role.EXECUTED)
_DIRECT = 1


def lower_frame(summary: Summary) -> TableFrame:
    """Where the levels stand. A score is weighed by the budget: what was weighed, and by how much, stands beside it."""
    shown = [line.totals.amounts for line in summary.lower if line.totals is not None]
    roles = [role for role in _MONEY if role in summary.definition.unit_roles or any(role in one for one in shown)]
    columns = [
        word_column("depth", "层", 5),
        word_column("code", "代码", 14),
        FrameColumn("name", "下级", 26),
        word_column("made", "上报日期", 12),
        number_column("units", "单位数", 8, COUNT),
        number_column("returned", "已报", 8, COUNT),
        number_column("errors", "其中有错误", 8, COUNT),
        number_column("absent", "未报", 8, COUNT),
        *(
            number_column(role, TITLES[role], money_width((float(one.get(role, 0)),) for one in shown) + 3, MONEY)
            for role in roles
        ),
    ]
    if has_rate(roles):
        columns.append(number_column("rate", "执行率", 10, PERCENT))
    columns += [
        number_column("score", "得分（加权）", 10, SCORE),
        number_column("weight", "计分的预算数", 14, MONEY),
        number_column("weighted", "预算数×得分", 17, MONEY),
        number_column("proven", "由原表重算的单位", 10, COUNT),
        number_column("findings", "上报的问题", 8, COUNT),
        FrameColumn("remark", "备注", 30),
    ]
    return TableFrame(SHEET, columns, len(summary.lower))


def lower_sheet(summary: Summary, frame: TableFrame, units: TableFrame) -> PlannedSheet:
    """The worksheet; ``units`` is where the campaign's own units stand."""
    title = f"{summary.campaign.year}年度下级上报汇总表"
    sums: dict[str, Content] = {key: _direct(frame, key) for key in _summed(frame)}
    sheet = table(frame, title, info(summary), _lines(summary, frame), _line("下级合计", sums, frame, frame.total))
    cells, heights = dict(sheet.cells), dict(sheet.heights)
    own, both = frame.total + 1, frame.total + 2
    together: dict[str, Content] = {
        key: PlannedFormula(f"{frame.at(key, frame.total)}+{frame.at(key, own)}") for key in _summed(frame)
    }
    for row, line in ((own, _line("本级单位", _own(units), frame, own)), (both, _line("总计", together, frame, both))):
        for number, column in enumerate(frame.columns, start=1):
            cells[row, number] = PlannedCell(line.get(column.key), replace(look_of(column), role="total"))
        heights[row] = height(1) + 4
    return replace(sheet, cells=cells, heights=heights)


def _summed(frame: TableFrame) -> list[str]:
    keys = (*_COUNTS, *_MONEY, "weight", "weighted")
    return [key for key in keys if frame.has(key)]


def _lines(summary: Summary, frame: TableFrame) -> Iterator[tuple[Line, Looks]]:
    for row, one in enumerate(summary.lower, start=frame.first):
        line: dict[str, Content] = {
            **whose(one.whose),
            "name": "　" * (one.depth - 1) + one.whose.name,
            "depth": float(one.depth),
            "made": None if one.made is None else one.made.isoformat(),
            "remark": one.remark,
        }
        yield line | _figures(one, frame, row), {}


def _figures(one: LowerLine, frame: TableFrame, row: int) -> dict[str, Content]:
    totals = one.totals
    if totals is None:
        return {}
    found: dict[str, Content] = {
        "units": float(totals.units),
        "returned": float(totals.returned),
        "errors": float(totals.errors),
        "absent": PlannedFormula(f"{frame.at('units', row)}-{frame.at('returned', row)}"),
        "weight": float(totals.weight),
        "weighted": float(totals.weighted),
        "proven": float(one.proven),
        "findings": float(one.findings),
    }
    return found | {role: float(value) for role, value in totals.amounts.items()} | _shares(frame, row)


def _line(name: str, figures: dict[str, Content], frame: TableFrame, row: int) -> Line:
    return {"name": name, **figures, **_shares(frame, row)}


def _shares(frame: TableFrame, row: int) -> dict[str, Content]:
    """What is no sum: the rate and the score of a line."""
    weight, weighted = frame.at("weight", row), frame.at("weighted", row)
    found: dict[str, Content] = {"score": PlannedFormula(f'IF(N({weight})=0,"{NO_RATE}",ROUND({weighted}/{weight},2))')}
    return found | {"rate": rate(frame, row)} if frame.has("rate") else found


def _direct(frame: TableFrame, key: str) -> PlannedFormula:
    """The sum of those that hand up to this campaign: the levels below them are in their figures already."""
    return PlannedFormula(f"SUMIFS({frame.lines(key)},{frame.lines('depth')},{_DIRECT})")


def _own(units: TableFrame) -> dict[str, Content]:
    """What the campaign's own units come to, out of 汇总; all of them, whatever its filter shows."""
    status, codes = units.outer_lines("status"), units.outer_lines("code")
    came, errors = (f'COUNTIF({status},"{word}")' for word in (SummaryStatus.CAME, SummaryStatus.ERRORS))
    found: dict[str, Content] = {
        "units": PlannedFormula(f"COUNTA({codes})"),
        "returned": PlannedFormula(f"{came}+{errors}"),
        "errors": PlannedFormula(errors),
        "absent": PlannedFormula(f'COUNTIF({status},"{SummaryStatus.ABSENT}")'),
        "weight": 0.0,
        "weighted": 0.0,
    }
    for role in _MONEY:
        if units.has(role):
            found[role] = PlannedFormula(f"SUM({units.outer_lines(role)})")
    if units.has(Role.SCORE) and units.has(Role.BUDGET):
        score, budget = units.outer_lines(Role.SCORE), units.outer_lines(Role.BUDGET)
        found["weight"] = PlannedFormula(f"SUMPRODUCT(--ISNUMBER({score}),{budget})")
        found["weighted"] = PlannedFormula(f"SUMPRODUCT({budget},{score})")
    return found
