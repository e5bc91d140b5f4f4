"""What several worksheets need: the columns of a unit, amounts as cells, the line below the title, rates and grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlsxeval.rollup.definition import Grade, Role
from xlsxeval.rollup.figures import Parts
from xlsxeval.rollup.frame import FrameColumn, TableFrame, number_column, word_column
from xlsxeval.rollup.plan import MONEY, SCORE, Content, PlannedFormula
from xlsxeval.rollup.sheets.parameters import grade_lower, grade_word
from xlsxeval.rollup.summary import Summary, Whose

NO_RATE = "—"
TITLES = {Role.INITIAL: "年初预算数", Role.BUDGET: "全年预算数", Role.EXECUTED: "全年执行数", Role.SCORE: "得分"}
CODE = word_column("code", "单位代码", 14)
NAME = FrameColumn("name", "单位名称", 28)


def whose(unit: Whose) -> dict[str, Content]:
    """The cells that name a unit."""
    return {"code": unit.code, "name": unit.name}


def amount_columns(roles: Sequence[Role], lines: Sequence[Mapping[Role, Parts]]) -> list[FrameColumn]:
    """The columns of these figures but the score, which stands apart; ``lines`` are the figures that they will hold."""
    return [
        number_column(role, TITLES[role], money_width(line.get(role, ()) for line in lines), MONEY)
        for role in roles
        if role is not Role.SCORE
    ]


def money_width(figures: Iterable[Parts]) -> float:
    """Characters that the sum of these figures takes: too narrow a column shows ### in place of a number."""
    return max(11.0, len(f"{sum(abs(part) for parts in figures for part in parts):,.2f}") + 3.0)


def score_column(roles: Sequence[Role]) -> list[FrameColumn]:
    """The column of the score, where there is one."""
    return [number_column(Role.SCORE, TITLES[Role.SCORE], 9, SCORE)] if Role.SCORE in roles else []


def amount(parts: Parts) -> Content:
    """A figure as its cell holds it: nothing, a number, or the sum of several as a formula."""
    if len(parts) < 2:
        return parts[0] if parts else None
    first, *rest = (f"{part:.15g}" for part in parts)
    return PlannedFormula(first + "".join(part if part.startswith("-") else f"+{part}" for part in rest))


def rate(frame: TableFrame, row: int) -> PlannedFormula:
    """Executed ÷ budget of a line, to four decimals; 0 ÷ 0 has no rate, and what was not reported shows nothing."""
    budget, executed = frame.at(Role.BUDGET, row), frame.at(Role.EXECUTED, row)
    return PlannedFormula(f'IF({budget}="","",IF(N({budget})=0,"{NO_RATE}",ROUND(N({executed})/{budget},4)))')


def has_rate(roles: Sequence[Role]) -> bool:
    """Whether a line has what a rate needs."""
    return Role.BUDGET in roles and Role.EXECUTED in roles


def total_of(frame: TableFrame, key: str) -> PlannedFormula:
    """The sum of the lines that the filter shows."""
    return PlannedFormula(f"SUBTOTAL(109,{frame.lines(key)})")


def mean_of(frame: TableFrame, key: str) -> PlannedFormula:
    """The mean of the lines that the filter shows."""
    lines = frame.lines(key)
    return PlannedFormula(f'IF(SUBTOTAL(102,{lines})=0,"{NO_RATE}",ROUND(SUBTOTAL(101,{lines}),2))')


def grade(grades: Sequence[Grade], score: str) -> PlannedFormula:
    """The grade of a score by the bands on 参数."""
    text = grade_word(len(grades) - 1)
    for number in reversed(range(len(grades) - 1)):
        text = f"IF({score}>={grade_lower(number)},{grade_word(number)},{text})"
    return PlannedFormula(f'IF(ISNUMBER({score}),{text},"")')


def info(summary: Summary) -> str:
    """The line below every title: which campaign, and of which day this is."""
    campaign = summary.campaign
    parts = [
        summary.title,
        f"任务 {campaign.id}",
        f"{campaign.year} 年度",
        f"组织部门：{campaign.department}",
        f"截止 {campaign.deadline:%Y-%m-%d}" if campaign.deadline else "",
        f"制表 {summary.made:%Y-%m-%d}",
        "金额单位：万元",
    ]
    return "；".join(part for part in parts if part)
