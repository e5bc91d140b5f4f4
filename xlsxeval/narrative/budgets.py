"""A budget, what was added to it or taken from it, and what it came to: 年初预算390万元，追加10万元，全年预算400万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from xlsxeval.narrative.amounts import told, written
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.slips import Slip, any_rough
from xlsxeval.quantities import QuantityKind

_INITIAL = re.compile(r"年初(?:\S{0,4})?预算|年初批复|年初安排|年初下达|预算[^，,]{0,3}由年初|由年初的?$")
_MORE = re.compile(r"追加|调增|增加|新增")
_LESS = re.compile(r"追减|调减|核减|压减|减少|收回|划出|划转")
_EITHER = re.compile(r"调整(?!后)")
_MAYBE = re.compile(r"上年结转|结转|结余|其他")
_FINAL = re.compile(
    r"全年(?:\S{0,4})?预算|调整后|最终预算|年末预算|调整为|调整到|增至|增加到|减至|减少到|达到|^[至到为]$"
)
_WHOLE_BEFORE = re.compile(r"全年(?:\S{0,4})?预算|调整后|预算(?:总)?收入$|收入预算|预算总额")
_MOST = 6


def wrong_budgets(passage: Passage) -> Iterator[Slip]:
    """Every final budget that no way of counting the changes in its sentence leads to."""
    for start, end in passage.sentences:
        money = [one for one in passage.figures_in(start, end) if one.quantity.kind is QuantityKind.MONEY]
        first = next((number for number, one in enumerate(money) if _INITIAL.search(one.label)), None)
        if first is None:
            continue
        changes: list[tuple[Figure, tuple[int, ...]]] = []
        finals = [one for one in money[max(0, first - 1) : first] if _WHOLE_BEFORE.search(one.label)]
        for one in [*money[first + 1 : first + 2 + _MOST], *finals]:
            if one in finals or _FINAL.search(one.label):
                if any(signs != (0, 1) for _, signs in changes) and not any_rough(passage, (money[first], one)):
                    yield from _unless_it_adds_up(passage, money[first], changes, one)
                break
            signs = _signs(one.label)
            if signs is None or any_rough(passage, (one,)) or "其中" in one.label:
                if not finals or not changes:
                    break
                continue
            changes.append((one, signs))


def _signs(label: str) -> tuple[int, ...] | None:
    """How a change may count: added, taken off, either, or not at all; None for a figure that is no change."""
    if _INITIAL.search(label) or re.search(r"比|较|占|同比", label):
        return None
    if _LESS.search(label):
        return (-1,)
    if _MORE.search(label):
        return (1,)
    if _EITHER.search(label):
        return (1, -1)
    return (0, 1) if _MAYBE.search(label) else None


def _unless_it_adds_up(
    passage: Passage, initial: Figure, changes: list[tuple[Figure, tuple[int, ...]]], final: Figure
) -> Iterator[Slip]:
    sums = []
    for signs in product(*(signs for _, signs in changes)):
        total, value = written(initial.quantity), initial.quantity.value
        steps = [initial.quantity.text]
        for sign, (change, _) in zip(signs, changes, strict=True):
            if sign:
                amount = written(change.quantity)
                total = total + amount if sign > 0 else total - amount
                value += sign * change.quantity.value
                steps.append(f"{'+' if sign > 0 else '-'} {change.quantity.text}")
        if total.meets(written(final.quantity)):
            return
        sums.append((value, " ".join(steps)))
    value, steps_told = sums[-1]
    expected = told(value, final.quantity.unit)
    what = "不等于年初预算加减调整数"
    yield Slip(
        "budget", passage, final.start, final.end, what, final.quantity.text, expected, f"{steps_told} = {expected}"
    )
