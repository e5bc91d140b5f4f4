"""A finding as the annotated workbook tells it, and how its words are kept to the room that there is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from xlsxeval.model import Address, Finding, Severity

SEVERITIES = {Severity.ERROR: "✗ 错误", Severity.WARNING: "△ 请核对", Severity.INFO: "○ 提示"}
SETTLED = "settled"
"""The mark of a cell where nothing is left to do."""
_BLANKS = re.compile(r"[^\S\n]+")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


class RemarkState(StrEnum):
    """What became of a finding when the form was made afresh."""

    OPEN = "open"
    RESTORED = "restored"
    """Gone: the form is made afresh, with its own formulas, texts and formats, and numbers are numbers."""
    ARISEN = "arisen"
    """Not told of the received file: it shows only now that the form computes again."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its place in the annotated workbook: ``sheet`` and ``cell`` are the layout's, None where it has none.

    ``received`` is the place in the file as it came, where that was another.
    """

    finding: Finding
    sheet: str | None
    cell: Address | None
    standing: RemarkState = RemarkState.OPEN
    received: str | None = None

    @property
    def settled(self) -> bool:
        """Whether the unit has nothing to do about it."""
        return self.standing is RemarkState.RESTORED or self.finding.waived is not None

    @property
    def mark(self) -> str:
        """How its cell is marked: by its severity while it is open."""
        return SETTLED if self.settled else self.finding.severity.value

    @property
    def advice(self) -> str:
        """What the unit is to do about it."""
        return "不用再改。" if self.settled else self.finding.fix

    @property
    def status(self) -> str:
        """A few words for the last column of the list."""
        waived = self.finding.waived
        if waived is not None:
            return f"已豁免：{waived.by}，{waived.reason}（{waived.date}）"
        if self.standing is RemarkState.RESTORED:
            return "本表已改正"
        state = {"new": "新发现，", "open": "上次已指出，"}.get(self.finding.state or "", "")
        if self.standing is RemarkState.ARISEN:
            state = "公式恢复以后才看出，"
        return state + {"error": "待改", "warning": "请核对", "info": "供参考"}[self.finding.severity]


def shortened(text: str | None, limit: int) -> str:
    """A text that shows in a spreadsheet, with an ellipsis where it is longer than ``limit`` characters."""
    plain = _UNSHOWN.sub("�", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
    plain = _BLANKS.sub(" ", plain).strip()
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
