"""汇总: a line a unit, with how the campaign stands above it."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rollup.definition import Role
from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column, word_column
from xlsxeval.rollup.plan import COUNT, PERCENT, SCORE, Content, PlannedCell, PlannedFormula, PlannedLook, PlannedSheet
from xlsxeval.rollup.plan import Role as LookRole
from xlsxeval.rollup.sheets.shared import (
    CODE,
    NAME,
    NO_RATE,
    amount,
    amount_columns,
    grade,
    has_rate,
    info,
    mean_of,
    rate,
    score_column,
    total_of,
    whose,
)
from xlsxeval.rollup.summary import Summary, SummaryLine, SummaryStatus
from xlsxeval.rollup.table import Line, Looks, height, table

SHEET = "汇总"
_HEAD = 4
_LABELS, _VALUES = 3, 4
_ROLES: dict[SummaryStatus, LookRole] = {SummaryStatus.ERRORS: "error", SummaryStatus.ABSENT: "absent"}


def units_frame(summary: Summary) -> TableFrame:
    """Where the units stand. The columns follow from what the edition's summary takes."""
    roles = summary.definition.unit_roles
    columns = [word_column("number", "序号", 5), CODE, NAME, word_column("status", "状态", 9), *_amounts(summary)]
    if has_rate(roles):
        columns.append(number_column("rate", "执行率", 10, PERCENT))
    columns += score_column(roles)
    if Role.SCORE in roles:
        columns += [word_column("grade", "等次", 9)] if summary.grades else []
        columns.append(word_column("rank", "名次", 6))
    columns += [
        number_column("errors", "错误", 7, COUNT),
        number_column("warnings", "请核对", 7, COUNT),
        FrameColumn("remark", "备注", 22),
    ]
    return TableFrame(SHEET, columns, len(summary.units), _HEAD)


def _amounts(summary: Summary) -> list[FrameColumn]:
    """What follows from projects is as wide as theirs."""
    lines = [unit.amounts for unit in summary.units] + [line.project.amounts for line in summary.projects]
    return amount_columns(summary.definition.unit_roles, lines)


def units_sheet(summary: Summary, frame: TableFrame, projects: TableFrame | None) -> PlannedSheet:
    """The worksheet; ``projects`` is where the units' figures come from that follow from their projects."""
    sheet = table(
        frame,
        f"{summary.campaign.year}年度绩效自评汇总表",
        info(summary),
        _lines(summary, frame, projects),
        _totals(frame),
        frozen_columns=3,
    )
    cells = dict(sheet.cells)
    for number, (label, content, number_format) in enumerate(_standing(summary, frame), start=3):
        cells[_LABELS, number] = PlannedCell(label, PlannedLook("heading", align="center"))
        cells[_VALUES, number] = PlannedCell(content, PlannedLook("figure", number_format, "center"))
    heights = {**sheet.heights, _LABELS: height(2), _VALUES: 24.0}
    return PlannedSheet(
        sheet.name, cells, sheet.widths, heights, sheet.merges, sheet.header, sheet.frozen, sheet.filter, sheet.charts
    )


def came(frame: TableFrame) -> str:
    """How many units sent something, as other worksheets name it."""
    return f"{frame.outer_at('status', _VALUES)}"


def _lines(summary: Summary, frame: TableFrame, projects: TableFrame | None) -> Iterator[tuple[Line, Looks]]:
    for number, unit in enumerate(summary.units):
        row = frame.first + number
        line: dict[str, Content] = {
            "number": float(number + 1),
            **whose(unit.whose),
            "status": unit.status.value,
            "errors": float(unit.errors) if unit.status is not SummaryStatus.ABSENT else None,
            "warnings": float(unit.warnings) if unit.status is not SummaryStatus.ABSENT else None,
            "remark": unit.remark,
        }
        for role in summary.definition.unit_roles:
            line[role] = _figure(summary, unit, role, frame, row, projects)
        line |= _judged(summary, frame, row)
        role_look = _ROLES.get(unit.status)
        yield line, {"status": PlannedLook(role_look, align="center")} if role_look else {}


def _figure(
    summary: Summary, unit: SummaryLine, role: Role, frame: TableFrame, row: int, projects: TableFrame | None
) -> Content:
    if role not in summary.definition.from_projects or projects is None:
        return amount(unit.amounts.get(role, ()))
    own = f"--({projects.outer_lines('code')}={frame.at('code', row)})"
    values = projects.outer_lines(role)
    known = f"SUMPRODUCT({own},--ISNUMBER({values}))"
    if role is not Role.SCORE:
        return PlannedFormula(f'IF({known}=0,"",SUMPRODUCT({own},{values}))')
    mean = f"ROUND(SUMPRODUCT({own},{values})/{known},2)"
    if not projects.has(Role.BUDGET):
        return PlannedFormula(f'IF({known}=0,"",{mean})')
    budget = projects.outer_lines(Role.BUDGET)
    weight = f"SUMPRODUCT({own},--ISNUMBER({values}),{budget})"
    weighted = f"ROUND(SUMPRODUCT({own},{budget},{values})/{weight},2)"
    return PlannedFormula(f'IF({known}=0,"",IF({weight}=0,{mean},{weighted}))')


def _judged(summary: Summary, frame: TableFrame, row: int) -> dict[str, Content]:
    """What follows from the figures of a line."""
    found: dict[str, Content] = {}
    if frame.has("rate"):
        found["rate"] = rate(frame, row)
    if frame.has("grade"):
        found["grade"] = grade(summary.grades, frame.at(Role.SCORE, row))
    if frame.has("rank"):
        score = frame.at(Role.SCORE, row)
        found["rank"] = PlannedFormula(f'IF(ISNUMBER({score}),RANK({score},{frame.lines(Role.SCORE)}),"")')
    return found


def _totals(frame: TableFrame) -> Line:
    found: dict[str, Content] = {"name": "合计（得分为平均）" if frame.has(Role.SCORE) else "合计"}
    for key in (Role.INITIAL, Role.BUDGET, Role.EXECUTED, "errors", "warnings"):
        if frame.has(key):
            found[key] = total_of(frame, key)
    if frame.has("rate"):
        found["rate"] = rate(frame, frame.total)
    if frame.has(Role.SCORE):
        found[Role.SCORE] = mean_of(frame, Role.SCORE)
    return found


def _standing(summary: Summary, frame: TableFrame) -> Iterator[tuple[str, Content, str]]:
    """How the campaign stands: label, content and number format of each figure."""
    status = frame.lines("status")
    with_errors = f'COUNTIF({status},"{SummaryStatus.ERRORS}")'
    yield "单位数", PlannedFormula(f"COUNTA({frame.lines('code')})"), COUNT
    yield "已报", PlannedFormula(f'COUNTIF({status},"{SummaryStatus.CAME}")+{with_errors}'), COUNT
    yield "其中有错误", PlannedFormula(with_errors), COUNT
    yield "未报", PlannedFormula(f'COUNTIF({status},"{SummaryStatus.ABSENT}")'), COUNT
    if frame.has(Role.SCORE) and frame.has(Role.BUDGET):
        score, budget = frame.lines(Role.SCORE), frame.lines(Role.BUDGET)
        weight = f"SUMPRODUCT(--ISNUMBER({score}),{budget})"
        weighted = f'IF({weight}=0,"{NO_RATE}",ROUND(SUMPRODUCT({budget},{score})/{weight},2))'
        yield "得分（按全年预算数加权）", PlannedFormula(weighted), SCORE
    if frame.has(Role.SCORE):
        score = frame.lines(Role.SCORE)
        yield "得分（平均）", PlannedFormula(f'IF(COUNT({score})=0,"{NO_RATE}",ROUND(AVERAGE({score}),2))'), SCORE
    yield "读不了的文件", float(summary.unread), COUNT
    if summary.strange:
        yield "不在名册的文件", float(summary.strange), COUNT
