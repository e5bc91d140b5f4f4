"""Differences between two workbooks of one unit, in a short line."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.judging.judge import JudgedFile
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.rules.display import display, same_value

_TOLD = 3
_LONGEST = 20


def differences(old: JudgedFile, new: JudgedFile) -> list[str]:
    """Values that differ, as ``附件2!E4 全年执行数：93.50→94.00``, and whether the findings differ."""
    assert old.submission is not None
    assert new.submission is not None
    found = list(_inputs(old.submission, new.submission))
    if _findings(old) != _findings(new):
        found.append("查出的问题不同")
    return found


def told(found: list[str]) -> str:
    """Joins the first few differences to one line."""
    more = f" 等 {len(found)} 处" if len(found) > _TOLD else ""
    return "不同之处：" + "；".join(found[:_TOLD]) + more


def _inputs(old: Submission, new: Submission) -> Iterator[str]:
    known = old.layout.slots
    for slot, cell in new.layout.slots.items():
        before = known.get(slot)
        if before is None or cell.address not in new.inputs:
            continue
        was, now = old.value(before), new.value(cell)
        if not same_value(was, now):
            label = cell.slot.label if cell.slot else ""
            yield f"{cell.address.sheet}!{cell.address.a1} {label}：{_short(was, before)}→{_short(now, cell)}"
    gone = known.keys() ^ new.layout.slots.keys()
    if gone:
        yield f"有 {len(gone)} 格只在其中一份里（表样不同）"


def _short(value: object, cell: PlacedCell) -> str:
    text = " ".join(display(value, cell.look.number_format).split())  # type: ignore[arg-type]
    return (text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…") or "（空）"


def _findings(judged: JudgedFile) -> set[tuple[object, ...]]:
    return {(one.code, one.place, one.shown, one.message) for one in judged.verdict.findings}
