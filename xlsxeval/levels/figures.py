"""Figures as levels add them up: decimal numbers, never floats, so that a sum is the same in whatever order it is made.

Amounts are in 万元, scores in points. Every sum is kept in parts that can be added further: a weighted score as what was
weighed and by how much.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import reduce
from typing import ClassVar, Protocol

from pydantic import ConfigDict

from xlsxeval.levels.kinds import LARGEST, STRICT, Count, Sum, Sums

INITIAL, BUDGET, EXECUTED, SCORE = "initial", "budget", "executed", "score"
SUMMED = (INITIAL, BUDGET, EXECUTED)
"""The figures that are added up; a score is weighed by the budget."""
NONE = Decimal(0)
_PLACES = 12
"""Decimal places of a figure: far more than any form has."""
_EXACT = Context(prec=400)
"""Enough digits that nothing is ever rounded away."""

Amounts = Mapping[str, Decimal]
"""A figure by what it is: ``initial``, ``budget``, ``executed``, ``score``; what was left blank is not there."""


class ReturnStatus(StrEnum):
    """How far a unit is: nothing came; several files came and none was chosen yet; came with open errors; came without."""

    MISSING = "missing"
    CONFLICT = "conflict"
    ERRORS = "errors"
    CLEAN = "clean"


class CountedUnit(Protocol):
    """What a unit must have to be counted."""

    @property
    def status(self) -> ReturnStatus: ...
    @property
    def sent(self) -> bool: ...
    @property
    def amounts(self) -> Amounts: ...


@dataclass(frozen=True, slots=True)
class LevelTotals:
    """What units come to. ``returned`` counts those of which something came, ``scored`` those with a score.

    ``weight`` is the budget of the scored ones, ``weighted`` the sum of budget × score.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    units: Count = 0
    sent: Count = 0
    returned: Count = 0
    clean: Count = 0
    errors: Count = 0
    amounts: Sums = field(default_factory=dict)
    scored: Count = 0
    weight: Sum = NONE
    weighted: Sum = NONE

    @property
    def rate(self) -> Decimal | None:
        """Executed ÷ budget to four decimals, None where there is no budget."""
        budget = self.amounts.get(BUDGET, NONE)
        return None if budget == 0 else rounded(self.amounts.get(EXECUTED, NONE) / budget, 4)

    @property
    def score(self) -> Decimal | None:
        """The score weighed by the budget to two decimals, None where nothing can be weighed."""
        return None if self.weight == 0 else rounded(_EXACT.divide(self.weighted, self.weight), 2)

    @property
    def counts(self) -> Mapping[str, int]:
        """The numbers of units, by what they count."""
        return {name: getattr(self, name) for name in ("units", "sent", "returned", "clean", "errors", "scored")}

    @property
    def sums(self) -> Mapping[str, Decimal]:
        """The sums, by what they are sums of."""
        return {**self.amounts, "weight": self.weight, "weighted": self.weighted}

    def __add__(self, other: LevelTotals) -> LevelTotals:
        counts = {name: count + other.counts[name] for name, count in self.counts.items()}
        return LevelTotals(
            **counts,
            amounts=added([self.amounts, other.amounts]),
            weight=_EXACT.add(self.weight, other.weight),
            weighted=_EXACT.add(self.weighted, other.weighted),
        )


def totals_of(units: Iterable[CountedUnit]) -> LevelTotals:
    """The totals of these units."""
    return reduce(LevelTotals.__add__, map(_alone, units), LevelTotals())


def added(parts: Iterable[Amounts]) -> dict[str, Decimal]:
    """Figures added up, each with those of its kind, in one order whatever order they came in."""
    found: dict[str, Decimal] = {}
    for part in parts:
        for name, value in part.items():
            found[name] = _EXACT.add(found.get(name, NONE), value)
    return dict(sorted(found.items()))


def rounded(value: Decimal, digits: int) -> Decimal:
    """Half up, as Excel's ROUND."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _EXACT)


def figure(number: float) -> Decimal | None:
    """A number of a workbook with the fifteen digits that it has; None for what is no figure."""
    value = rounded(Decimal(f"{number:.15g}"), _PLACES) if math.isfinite(number) else None
    return None if value is None or abs(value) >= LARGEST else Decimal(figure_text(value))


def figure_text(value: Decimal) -> str:
    """``1085.6``: without an exponent and without zeros that say nothing."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _alone(unit: CountedUnit) -> LevelTotals:
    came = unit.status is not ReturnStatus.MISSING
    budget, score = unit.amounts.get(BUDGET, NONE), unit.amounts.get(SCORE)
    return LevelTotals(
        units=1,
        sent=int(unit.sent),
        returned=int(came),
        clean=int(unit.status is ReturnStatus.CLEAN),
        errors=int(unit.status is ReturnStatus.ERRORS),
        amounts={name: unit.amounts[name] for name in SUMMED if name in unit.amounts},
        scored=int(score is not None),
        weight=NONE if score is None else budget,
        weighted=NONE if score is None else _EXACT.multiply(budget, score),
    )
