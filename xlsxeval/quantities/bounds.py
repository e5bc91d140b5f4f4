"""What a figure that is not exact may stand for: hedged (约90%), kept open (不足90%) or a range, held against a target."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from xlsxeval.quantities.alike import Doubt, alike, direction_of
from xlsxeval.quantities.quantity import Quantity
from xlsxeval.quantities.target import Between, Comparator, Target
from xlsxeval.quantities.units import QuantityKind, other_things


class Bound(NamedTuple):
    """What a figure may be at least and at most, in the target's unit; None: nobody says. ``below``, ``above``: without the end."""

    low: Decimal | None
    high: Decimal | None
    below: bool = False
    above: bool = False


_MOST_OFF = Decimal("0.05")
_FIVE = Decimal(5)
_DIGITS = re.compile(r"[\d.,]+")


def bound_of(comparator: Comparator, quantity: Quantity, value: Decimal) -> Bound:
    """The bound of a figure with its word of comparison; ``value`` is the figure in the unit in which it is compared."""
    if comparator.hedged:
        off = margin(quantity) * (value / quantity.value if quantity.value else 1)
        return Bound(value if comparator is Comparator.SOME_MORE else value - off, value + off)
    if comparator.larger_is_better:
        return Bound(value, None, above=comparator is Comparator.MORE)
    if comparator.smaller_is_better:
        return Bound(None, value, below=comparator is Comparator.LESS)
    return Bound(value, value)


def margin(quantity: Quantity) -> Decimal:
    """By how much a figure that is called approximate may be off: it was rounded at its last digit, or to fives; 5% at most."""
    match = _DIGITS.search(quantity.text)
    digits = match.group().replace(",", "").replace(".", "") if match and not quantity.spelled else ""
    zeros = len(digits) - len(digits.rstrip("0"))
    step = quantity.step * (Decimal(10) ** zeros)
    step *= _FIVE if digits.rstrip("0").endswith("5") else 1
    return min(step / 2, abs(quantity.value) * _MOST_OFF)


def bounded(target: Target | Between, actual: Target | Between, name: str) -> bool | None:
    """Whether a target was reached whatever a hedged figure or a range stands for; ``name`` is the indicator's."""
    if isinstance(actual, Target):
        bound = bound_in(target, actual.comparator, actual.quantity)
    else:
        bound = range_in(target, actual.low, actual.high)
    return None if bound is None else reached(target, bound, name)


def same_count(target: Target, actual: Target, name: str) -> bool | None:
    """Whether a count meets a target count with another measure word of what may be one thing (12个 for ≥10家), or None."""
    wanted, got = target.quantity, actual.quantity
    if not wanted.kind is got.kind is QuantityKind.COUNT or other_things(wanted.unit, got.unit):
        return None
    return reached(target, bound_of(actual.comparator, got, got.value), name)


def range_in(target: Target | Between, low: Quantity, high: Quantity) -> Bound | None:
    first, last = bound_in(target, Comparator.NONE, low), bound_in(target, Comparator.NONE, high)
    return None if first is None or last is None else Bound(first.low, last.high)


def bound_in(target: Target | Between, comparator: Comparator, actual: Quantity) -> Bound | None:
    wanted = target.low if isinstance(target, Between) else target.quantity
    pair = alike(wanted, actual)
    return None if isinstance(pair, Doubt) else bound_of(comparator, actual, pair[1])


def reached(target: Target | Between, bound: Bound, name: str) -> bool | None:
    """Whether a target is reached whatever the figure is within its bound; None where it depends."""
    if isinstance(target, Between):
        above, below = _at_least(target.low.value, bound), _at_most(target.high.value, bound)
        return False if above is False or below is False else (above and below) or None
    wanted, comparator = target.quantity.value, target.comparator
    if comparator is Comparator.NONE:
        comparator = direction_of(name, target.quantity, target.label)
    if (wanted == 0 and not comparator.larger_is_better) or comparator.smaller_is_better:
        return _at_most(wanted, bound)
    if comparator.larger_is_better:
        return _at_least(wanted, bound)
    return False if comparator is Comparator.EQUAL and _at_least(wanted, bound) is False else None


def _at_least(wanted: Decimal, bound: Bound) -> bool | None:
    if bound.low is not None and bound.low >= wanted:
        return True
    missed = bound.high is not None and (bound.high < wanted or (bound.below and bound.high <= wanted))
    return False if missed else None


def _at_most(wanted: Decimal, bound: Bound) -> bool | None:
    if bound.high is not None and bound.high <= wanted:
        return True
    missed = bound.low is not None and (bound.low > wanted or (bound.above and bound.low >= wanted))
    return False if missed else None
