"""Differences between two workbooks of one unit: cell by cell, and in a short line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.intake.submission import Submission
from xlsxeval.judging.judge import JudgedFile
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address
from xlsxeval.rules.display import display, same_value

_TOLD = 3
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """An input that differs between two workbooks, with its values as Excel shows them."""

    old: Address
    new: Address
    label: str
    was: str
    now: str

    @property
    def text(self) -> str:
        """``附件2!E4 全年执行数：93.50→94.00``."""
        return f"{self.new.sheet}!{self.new.a1} {self.label}：{_short(self.was)}→{_short(self.now)}"


def differences(old: JudgedFile, new: JudgedFile) -> list[str]:
    """Values that differ, as ``附件2!E4 全年执行数：93.50→94.00``, and whether the findings differ."""
    assert old.submission is not None
    assert new.submission is not None
    found = [one.text for one in changed_cells(old.submission, new.submission)]
    gone = old.submission.layout.slots.keys() ^ new.submission.layout.slots.keys()
    if gone:
        found.append(f"有 {len(gone)} 格只在其中一份里（表样不同）")
    if _findings(old) != _findings(new):
        found.append("查出的问题不同")
    return found


def told(found: list[str]) -> str:
    """Joins the first few differences to one line."""
    more = f" 等 {len(found)} 处" if len(found) > _TOLD else ""
    return "不同之处：" + "；".join(found[:_TOLD]) + more


def changed_cells(old: Submission, new: Submission) -> Iterator[ChangedCell]:
    """The inputs of both workbooks whose values differ, in the order of the form."""
    known = old.layout.slots
    for slot, cell in new.layout.slots.items():
        before = known.get(slot)
        if before is None or cell.address not in new.inputs:
            continue
        was, now = old.value(before), new.value(cell)
        if not same_value(was, now):
            label = cell.slot.label if cell.slot else ""
            yield ChangedCell(before.address, cell.address, label, _shown(was, before), _shown(now, cell))


def _shown(value: object, cell: PlacedCell) -> str:
    return " ".join(display(value, cell.look.number_format).split())  # type: ignore[arg-type]


def _short(text: str) -> str:
    return (text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…") or "（空）"


def _findings(judged: JudgedFile) -> set[tuple[object, ...]]:
    return {(one.code, one.place, one.shown, one.message) for one in judged.verdict.findings}
