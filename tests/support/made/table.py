"""The table of kinds as docs/guide/collection.md shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.support.made.kinds import (
    KINDS,
    Kind,
    Outcome,
    identity,
    mistakes,
    parcels,
    strangers,
    tampering,
    timing,
)
from tests.support.made.planning import times

_STATUS = {
    "unsent": "没有下发",
    "missing": "未报",
    "errors": "已报有错误",
    "check": "已报待核对",
    "done": "已报无误",
    "gone": "（不在名册）",
}
_STATES = {"superseded": "已被替代", "duplicate": "重复", "conflict": "待选择", "set_aside": "搁置"}


_ORDER = [one.__name__ for one in (mistakes, tampering, timing, parcels, identity, strangers)]
_MOST = 20
"""Of more files only the range of their codes is told: how many there are is not of the table."""


def kinds_table(units: int) -> str:
    """A line a kind: how often it is among so many units, and what must become of its units and files."""
    counts = times(units)
    lines = ["| 情形 | 次 | 单位 | 查出 | 没有算数的文件 |", "|---|---|---|---|---|"]
    ordered = sorted(KINDS, key=lambda one: _ORDER.index(one.make.__module__))
    lines += [
        f"| {one.title} | {counts[one.name]} | {_units(one)} | {_codes(one)} | {_files(one)} |" for one in ordered
    ]
    return "\n".join(lines) + "\n"


def _units(kind: Kind) -> str:
    words = Counter(_told(outcome) for outcome in kind.outcomes)
    return "；".join(f"{count} 个{word}" if count > 1 else word for word, count in words.items())


def _told(outcome: Outcome) -> str:
    late = f"，逾期 {outcome.first} 天" if outcome.first is not None and outcome.first > 0 else ""
    return f"{_STATUS[outcome.status]}{late}"


def _codes(kind: Kind) -> str:
    return _each(code for outcome in kind.outcomes for code in outcome.codes)


def _files(kind: Kind) -> str:
    states = "、".join(f"{word} {kind.states[name]}" for name, word in _STATES.items() if name in kind.states)
    if len(kind.aside) > _MOST:
        return f"搁置（{min(kind.aside)}—{max(kind.aside)}）"
    return f"{states}（{_each(kind.aside)}）" if kind.aside else states


def _each(codes: Iterator[str] | tuple[str, ...]) -> str:
    return "、".join(f"{code}×{count}" if count > 1 else code for code, count in sorted(Counter(codes).items()))
