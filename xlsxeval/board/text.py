"""The board for a terminal: units in a table by where they stand, and at the end what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxeval.board import lower
from xlsxeval.board.state import BoardLine, CampaignState, UnitStatus
from xlsxeval.board.steps import StepWording, next_steps
from xlsxeval.board.words import SOURCES, WORDS, aside_count, complete_text, day_text, deadline_text, remarks
from xlsxeval.layout.metrics import text_width
from xlsxeval.model import Severity
from xlsxeval.output.characters import for_terminal

_HEAD = ("代码", "单位", "收到", "逾期", "错误", "请核对", "说明")
_NUMBERS = frozenset({"逾期", "错误", "请核对", *lower.HEAD[3:-1]})
_WIDEST = 40


def text(state: CampaignState, wording: StepWording) -> str:
    """The state for people; ``wording`` says in the shell's own words what to do next."""
    blocks = [_head(state)]
    shown = [(status, [unit for unit in state.units if unit.status is status]) for status in UnitStatus]
    for status, units in shown:
        if units:
            lines = table(_HEAD, [_row(unit) for unit in units])
            blocks.append("\n".join([f"■ {WORDS[status]}（{len(units)} 个）", *(f"  {line}" for line in lines)]))
    blocks += _forms(state) + _levels(state) + _aside(state)
    steps = [f"  {number}. {step}" for number, step in enumerate(map(wording, next_steps(state)), start=1)]
    if steps:
        blocks.append("\n".join(["下一步：", *steps]))
    return for_terminal("\n\n".join(blocks) + "\n")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], widest: int = _WIDEST) -> list[str]:
    """Lines with columns under each other, a Chinese character being two wide; columns in which nothing stands go."""
    cells = [tuple(_flat(cell, widest) for cell in row) for row in rows]
    kept = [index for index in range(len(head)) if any(row[index] for row in cells)]
    lines = [[line[index] for index in kept] for line in (tuple(head), *cells)]
    names = [head[index] for index in kept]
    widths = [max(int(text_width(line[index])) for line in lines) for index in range(len(kept))]
    return ["  ".join(map(_padded, line, widths, names)).rstrip() for line in lines]


def _padded(cell: str, width: int, name: str) -> str:
    space = " " * (width - int(text_width(cell)))
    return space + cell if name in _NUMBERS else cell + space


def _flat(cell: str, widest: int) -> str:
    flat = " ".join(cell.split())
    if text_width(flat) <= widest:
        return flat
    while text_width(flat) > widest - 2:
        flat = flat[:-1]
    return flat + "…"


def _head(state: CampaignState) -> str:
    counts = "，".join(
        f"{WORDS[status]} {state.statuses[status]} 个" for status in reversed(UnitStatus) if state.statuses[status]
    )
    return "\n".join(
        [
            f"{state.department}　{state.year}年度绩效自评（任务 {state.id}，版本 {state.edition}）",
            f"{day_text(state.as_of)}，{deadline_text(state)}。",
            f"共 {len(state.units)} 个单位，{complete_text(state)}：{counts}。" if state.units else "任务里没有单位。",
            f"（{SOURCES[state.source]}）",
        ]
    )


def _row(unit: BoardLine) -> tuple[str, ...]:
    return (
        unit.code,
        unit.name,
        unit.received.isoformat() if unit.received else "",
        f"{unit.days_late}天" if unit.days_late else "",
        _number(unit, Severity.ERROR),
        _number(unit, Severity.WARNING),
        "；".join(remarks(unit)),
    )


def _number(unit: BoardLine, severity: Severity) -> str:
    return str(unit.count(severity) or "")


def _forms(state: CampaignState) -> list[str]:
    forms = state.forms()
    if not forms:
        return []
    shown = [status for status in reversed(UnitStatus) if any(counts[status] for counts in forms.values())]
    rows = [(form, *(str(counts[status]) for status in shown)) for form, counts in forms.items()]
    return ["\n".join(["■ 各表", *(f"  {line}" for line in table(("表", *(WORDS[status] for status in shown)), rows))])]


def _levels(state: CampaignState) -> list[str]:
    if not state.levels:
        return []
    lines = table(lower.HEAD, [lower.row(line) for line in state.levels])
    return ["\n".join(["■ 下级", *(f"  {line}" for line in lines)])]


def _aside(state: CampaignState) -> list[str]:
    if not state.set_aside:
        return []
    rows = [(one.code, one.source or one.name, one.unit or "", one.reason) for one in state.unsettled]
    lines = table(("编号", "文件", "单位", "原因"), rows, widest=60) if rows else []
    return ["\n".join([f"■ 没有算数的文件（{aside_count(state)}）", *(f"  {line}" for line in lines)])]
