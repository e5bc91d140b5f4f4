"""The list of who is to be reminded (催报清单), for people and for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from xlsxeval.board.state import BoardLine, CampaignState, UnitStatus
from xlsxeval.board.text import table
from xlsxeval.board.words import WORDS, day_text, deadline_text, findings_text, lateness, remarks
from xlsxeval.model import Severity
from xlsxeval.output.characters import for_terminal

_HEAD = ("单位代码", "单位", "状态", "收到", "逾期天数", "缺的表", "错误", "请核对", "说明", "通知")
_STARTS_A_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")


def list_text(state: CampaignState, units: Sequence[BoardLine]) -> str:
    """The list for people, those with most left to do first."""
    head = f"{state.department}　{state.year}年度绩效自评催报清单\n{day_text(state.as_of)}，{deadline_text(state)}。"
    blocks = [head]
    for status in UnitStatus:
        own = [unit for unit in units if unit.status is status]
        if own:
            lines = table(("代码", "单位", "逾期", "要办的"), [_row(unit) for unit in own], widest=60)
            blocks.append("\n".join([f"{WORDS[status]}（{len(own)} 个）", *(f"  {line}" for line in lines)]))
    if not units:
        blocks.append("没有要催报的单位。")
    return for_terminal("\n\n".join(blocks) + "\n")


def list_csv(units: Sequence[BoardLine], notices: Mapping[str, str]) -> bytes:
    """The list of units to remind as CSV. ``notices`` has the path of each unit's notice. A text that would run as a formula does not."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_HEAD)
    for unit in units:
        writer.writerow(map(_harmless, _cells(unit, notices.get(unit.code, ""))))
    return stream.getvalue().encode("utf-8-sig", "replace")


def _row(unit: BoardLine) -> tuple[str, ...]:
    told = [*remarks(unit), findings_text(unit)] if unit.came else ["报送"]
    if unit.status is UnitStatus.UNSENT:
        told = ["先下发"]
    return (unit.code, unit.name, lateness(unit), "；".join(one for one in told if one))


def _cells(unit: BoardLine, notice: str) -> Iterator[str]:
    yield from (unit.code, unit.name, WORDS[unit.status])
    yield unit.received.isoformat() if unit.received else ""
    yield str(unit.days_late)
    yield "、".join(unit.missing)
    yield from (str(unit.count(severity)) for severity in (Severity.ERROR, Severity.WARNING))
    yield "；".join(remarks(unit))
    yield notice


def _harmless(cell: str) -> str:
    return f"'{cell}" if _STARTS_A_FORMULA.search(cell) else cell
