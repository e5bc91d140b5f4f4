"""An actual held against its target: met, missed, or not to be said for sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from xlsxeval.quantities.alike import Doubt, alike, direction_of
from xlsxeval.quantities.among_words import among_words, single_figure
from xlsxeval.quantities.bounds import bounded, same_count
from xlsxeval.quantities.deadline import read_period
from xlsxeval.quantities.grammar import read_actual, read_target, trimmed
from xlsxeval.quantities.in_words import told_in_words
from xlsxeval.quantities.numerals import folded
from xlsxeval.quantities.target import (
    Between,
    Comparator,
    Deadline,
    Qualitative,
    Reading,
    Several,
    Target,
    Unsure,
    Vague,
)
from xlsxeval.quantities.tiers import Tier, judged
from xlsxeval.quantities.words import same_matter


class AchievementState(StrEnum):
    """Whether the target was reached. PARTLY is said of qualitative targets only."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``ratio`` is actual ÷ target for two figures of one unit with a positive target. ``quantitative``: the state follows
    from figures, or from words that leave no doubt of one (未完成). ``tier`` is what an actual in words says of itself.
    ``why`` and ``reason`` (a short Chinese clause) tell what keeps it from being sure; ``likely`` is then what a reader
    would take it for, None where nobody can tell."""

    state: AchievementState
    target: Reading
    actual: Reading
    comparator: Comparator = Comparator.NONE
    ratio: Decimal | None = None
    quantitative: bool = False
    tier: Tier | None = None
    why: Doubt | None = None
    reason: str = ""
    likely: bool | None = None


def compare(target_text: str, actual_text: str, name: str = "", year: int | None = None) -> Outcome:
    """Holds an actual against a target, both as typed. ``name`` is the indicator's: it may tell the direction of a bare figure.
    ``year`` is the one that both are about: 12月底前 is a day of it.

    Never raises. Identical texts are met, whatever they say, unless nothing is said.
    """
    target, actual = read_target(target_text), read_actual(actual_text)
    base = Outcome(AchievementState.UNSURE, target, actual)
    for reading, whose in ((target, "指标值"), (actual, "实际完成值")):
        if isinstance(reading, Unsure) and reading.reason == "没有填" and not told_in_words(target, actual_text):
            return replace(base, why=Doubt.BLANK, reason=f"{whose}没有填")
    if isinstance(target, Target):
        base = replace(base, comparator=target.comparator)
    if _key(target_text) == _key(actual_text):
        return _same(base)
    return _judged(base, actual_text, name, year)


# Marks and blanks that change nothing, unless they part digits; and 了.
_IDLE = re.compile(r"了|(?<!\d)[\s。.;,!]|[\s。.;,!](?!\d)")


def _key(text: str) -> str:
    return _IDLE.sub("", folded(text))


def _same(base: Outcome) -> Outcome:
    """Identical texts. One bare figure or one day is reached for sure; ≥95% beside ≥95% only says that it was."""
    if isinstance(base.target, Deadline):
        return replace(base, state=AchievementState.MET, quantitative=True)
    if isinstance(base.target, Target) and base.target.comparator is not Comparator.NONE:
        return replace(base, state=AchievementState.MET, why=Doubt.ACTUAL_COMPARES, reason=Doubt.ACTUAL_COMPARES.value)
    figure = isinstance(base.target, Target)
    ratio = Decimal(1) if isinstance(base.target, Target) and base.target.quantity.value > 0 else None
    return replace(base, state=AchievementState.MET, ratio=ratio, quantitative=figure)


def _unsure(base: Outcome, why: Doubt, reason: str = "") -> Outcome:
    return replace(base, state=AchievementState.UNSURE, why=why, reason=reason or why.value)


def _judged(base: Outcome, actual_text: str, name: str, year: int | None) -> Outcome:
    target, actual = base.target, base.actual
    if not isinstance(target, Qualitative | Vague):
        said = told_in_words(target, actual_text)
        if said is not None:
            state = AchievementState.MET if said else AchievementState.MISSED
            return replace(base, state=state, quantitative=not said)
    if isinstance(target, Deadline):
        return _on_time(base, target, actual_text, year)
    if isinstance(target, Qualitative | Vague):
        return _in_words(base, target)
    if isinstance(target, Several):
        return _unsure(base, Doubt.SEVERAL)
    if isinstance(target, Unsure):
        return _unsure(base, Doubt.UNREADABLE, target.reason)
    if isinstance(actual, Target):
        return _figures(base, target, actual, name)
    if isinstance(actual, Between):
        return _hedged(base, target, actual, name, Doubt.SEVERAL)
    if isinstance(actual, Several | Unsure):
        return _among_words(base, target, actual_text, name)
    return _unsure(base, Doubt.UNITS_DIFFER if isinstance(actual, Deadline) else Doubt.WORDS)


def _among_words(base: Outcome, target: Target | Between, text: str, name: str) -> Outcome:
    """A figure that stands among words is the actual where it is the only one that can be."""
    found = single_figure(target, text, name)
    if found is not None:
        return _figures(replace(base, actual=found), target, found, name)
    why = Doubt.SEVERAL if isinstance(base.actual, Several) else Doubt.UNREADABLE
    reason = base.actual.reason if isinstance(base.actual, Unsure) else ""
    return replace(_unsure(base, why, reason), likely=among_words(target, text, name))


def _hedged(base: Outcome, target: Target | Between, actual: Target | Between, name: str, why: Doubt) -> Outcome:
    """A figure that is kept open: judged where it cannot be so far off that it would matter."""
    met = bounded(target, actual, name)
    if met is False:
        return replace(base, state=AchievementState.MISSED, quantitative=True)
    if met and why is not Doubt.ACTUAL_COMPARES:
        return replace(base, state=AchievementState.MET)
    return replace(_unsure(base, why), likely=met)


def _in_words(base: Outcome, target: Qualitative | Vague) -> Outcome:
    if not isinstance(base.actual, Qualitative | Vague):
        return _unsure(base, Doubt.WORDS)
    tier = judged(target.words, base.actual.words)
    states = {
        Tier.ACHIEVED: AchievementState.MET,
        Tier.PARTLY: AchievementState.PARTLY,
        Tier.MISSED: AchievementState.MISSED,
    }
    return _unsure(base, Doubt.WORDS) if tier is None else replace(base, state=states[tier], tier=tier)


def _on_time(base: Outcome, target: Deadline, actual_text: str, year: int | None) -> Outcome:
    period = read_period(trimmed(actual_text) or "")
    if year is not None and period is not None and period.dated != target.dated:
        period, target = period.within(year), target.within(year)
    if period is None or period.dated != target.dated:
        return _unsure(base, Doubt.DATES if period else Doubt.WORDS)
    first = date.min if period.before else period.first
    if (period.before or target.first <= first) and period.last <= target.safe:
        return replace(base, state=AchievementState.MET, quantitative=True)
    if first > target.last:
        return replace(base, state=AchievementState.MISSED, quantitative=True)
    return _unsure(base, Doubt.DATES)


def _figures(base: Outcome, target: Target | Between, actual: Target, name: str) -> Outcome:
    if base.comparator.hedged:
        return _unsure(base, Doubt.APPROXIMATE)
    if not same_matter(target.label, actual.label, name):
        return replace(_unsure(base, Doubt.LABELS_DIFFER), likely=bounded(target, actual, name))
    if actual.comparator is not Comparator.NONE:
        about = actual.comparator.hedged
        return _hedged(base, target, actual, name, Doubt.APPROXIMATE if about else Doubt.ACTUAL_COMPARES)
    if isinstance(target, Between):
        return _within(base, target, actual)
    pair = alike(target.quantity, actual.quantity)
    if isinstance(pair, Doubt):
        return replace(_unsure(base, pair), likely=same_count(target, actual, name))
    wanted, reached = pair
    comparator = target.comparator
    if comparator is Comparator.NONE and wanted != reached:
        comparator = direction_of(name, target.quantity, target.label)
    ratio = reached / wanted if wanted > 0 <= reached else None
    base = replace(base, comparator=comparator, ratio=ratio)
    met = _met(comparator, wanted, reached)
    if isinstance(met, Doubt):
        return _unsure(base, met)
    return replace(base, state=AchievementState.MET if met else AchievementState.MISSED, quantitative=True)


def _within(base: Outcome, target: Between, actual: Target) -> Outcome:
    low, high = alike(target.low, actual.quantity), alike(target.high, actual.quantity)
    if isinstance(low, Doubt) or isinstance(high, Doubt):
        return _unsure(base, low if isinstance(low, Doubt) else Doubt.UNITS_DIFFER)
    met = low[0] <= low[1] and high[1] <= high[0]
    return replace(base, state=AchievementState.MET if met else AchievementState.MISSED, quantitative=True)


def _met(comparator: Comparator, wanted: Decimal, reached: Decimal) -> bool | Doubt:
    """A target of exactly 0 (事故 0 起) cannot be meant to be exceeded; any other that asks to be equalled may be."""
    if comparator in (Comparator.EQUAL, Comparator.NONE):
        if wanted == reached or wanted == 0:
            return reached <= wanted
        if comparator is Comparator.NONE:
            return Doubt.NO_DIRECTION
        return False if reached < wanted else Doubt.ABOVE_EQUAL
    if comparator in (Comparator.MORE, Comparator.LESS) and wanted == reached:
        return Doubt.BOUNDARY
    return reached >= wanted if comparator.larger_is_better else reached <= wanted
