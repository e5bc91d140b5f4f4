"""Lower levels on the board: a line each, with those below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from xlsxeval.levels.figures import BUDGET, EXECUTED, figure_text
from xlsxeval.levels.json_form import totals_json

if TYPE_CHECKING:
    from xlsxeval.rollup import LowerLine

HEAD = (
    "代码",
    "下级",
    "上报",
    "单位数",
    "已报",
    "有错误",
    "全年预算数",
    "全年执行数",
    "执行率",
    "得分",
    "上报的问题",
    "说明",
)
"""What ``row`` tells of a level."""
_DIRECT = 1


def row(line: LowerLine) -> tuple[str, ...]:
    """A level as texts, one a column; the levels below another are indented."""
    name, totals = "└ " * (line.depth - _DIRECT) + line.whose.name, line.totals
    if totals is None:
        return (line.whose.code, name, *("",) * (len(HEAD) - 3), line.remark)
    money = [figure_text(totals.amounts[key]) if key in totals.amounts else "" for key in (BUDGET, EXECUTED)]
    return (
        line.whose.code,
        name,
        "" if line.made is None else line.made.isoformat(),
        *(str(count) for count in (totals.units, totals.returned, totals.errors)),
        *money,
        "" if totals.rate is None else f"{totals.rate:.2%}",
        "" if totals.score is None else figure_text(totals.score),
        str(line.findings or ""),
        line.remark,
    )


def lower_json(line: LowerLine) -> Mapping[str, Any]:
    """A level for other programs."""
    return {
        "code": line.whose.code,
        "name": line.whose.name,
        "depth": line.depth,
        "made": None if line.made is None else line.made.isoformat(),
        "totals": totals_json(line.totals),
        "proven": line.proven,
        "findings": line.findings,
        "message": line.remark or None,
    }
