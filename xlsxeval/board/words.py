"""The words that all forms of the board share."""

from __future__ import annotations

import datetime as dt

from xlsxeval.board.state import BoardLine, CampaignState, UnitStatus
from xlsxeval.model import Severity

WORDS = {
    UnitStatus.UNSENT: "没有下发",
    UnitStatus.MISSING: "未报",
    UnitStatus.ERRORS: "已报有错误",
    UnitStatus.CHECK: "已报待核对",
    UnitStatus.DONE: "已报无误",
}
SIGNS = {
    UnitStatus.UNSENT: "○",
    UnitStatus.MISSING: "—",
    UnitStatus.ERRORS: "✗",
    UnitStatus.CHECK: "△",
    UnitStatus.DONE: "✓",
}
SOURCES = {
    "ledger": "来自台账",
    "folder": "没有台账，由“收回”文件夹里的文件得出；收到的日期是文件自己的日期，未必是真正收到的那天",
}


def day_text(day: dt.date) -> str:
    """``2025年5月31日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def deadline_text(state: CampaignState) -> str:
    """``截止 2025年5月31日，已过 5 天``."""
    if state.deadline is None:
        return "没有定截止日期"
    left = (state.deadline - state.as_of).days
    when = "，就是今天" if left == 0 else f"，还有 {left} 天" if left > 0 else f"，已过 {-left} 天"
    return f"截止 {day_text(state.deadline)}{when}"


def lateness(unit: BoardLine) -> str:
    """``逾期 5 天``; empty where it is not late."""
    return f"逾期 {unit.days_late} 天" if unit.days_late else ""


def remarks(unit: BoardLine) -> list[str]:
    """What else must be known of a unit: what is missing of it, and what must be chosen."""
    told = []
    if unit.came and unit.missing:
        told.append(f"缺 {'、'.join(unit.missing)}")
    for slot in unit.conflicts:
        what = f"「{slot.part}」" if slot.part else ""
        told.append(f"{what}有 {len(slot.conflict)} 份不同的表，要定以哪份为准")
    if unit.form_changes:
        told.append(f"发的表要换（{'；'.join(unit.form_changes)}）")
    return told


def complete_text(state: CampaignState) -> str:
    """``报齐 6 个，没有报齐 2 个``: the words and the counts of ``collect``."""
    complete = sum(unit.came and not unit.missing for unit in state.units)
    return f"报齐 {complete} 个，没有报齐 {len(state.units) - complete} 个"


def aside_count(state: CampaignState) -> str:
    """``2 份，另有 3 份已了结``."""
    settled = len(state.set_aside) - len(state.unsettled)
    return f"{len(state.unsettled)} 份{f'，另有 {settled} 份已了结' if settled else ''}"


def findings_text(unit: BoardLine) -> str:
    """``错误 3 处，请核对 1 处``; empty where nothing is to do."""
    told = [
        f"{word} {unit.count(severity)} 处"
        for severity, word in ((Severity.ERROR, "错误"), (Severity.WARNING, "请核对"))
        if unit.count(severity)
    ]
    return "，".join(told)
