"""The points that an edition's scoring rule gives for an outcome, and how they are worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xlsxeval.quantities.achievement import AchievementState, Outcome
from xlsxeval.quantities.target import Comparator, Target
from xlsxeval.quantities.tiers import Tier

_CENT = Decimal("0.01")
_MOST = Decimal(100_000)
# The formulas that are known, as editions write them.
SHARE = "实际÷目标×分值"
RATIO, LINEAR = "目标÷实际×分值", "（1−（实际−目标）÷目标）×分值"


@dataclass(frozen=True, slots=True)
class Policy:
    """How an edition scores (财预〔2020〕10号 [号]; provincial systems [系统]).

    ``larger`` is the formula for a missed target of the larger-is-better sort; any other than SHARE gives no suggestion.
    ``smaller`` are the formulas that it allows for a missed target of the smaller-is-better sort,
    the preferred one first.
    ``achieved_from`` and ``partly_from`` are the lower bounds of the tiers 达成 and 部分达成, as shares of the weight.
    """

    larger: str = SHARE
    smaller: tuple[str, ...] = (RATIO, LINEAR)
    achieved_from: Decimal = Decimal("0.8")
    partly_from: Decimal = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``score`` in points to two decimals, or None where no single score follows; ``alternatives`` are what other allowed
    formulas give. ``span`` is the range (low, high) of a qualitative tier. ``working`` shows the sum."""

    score: Decimal | None
    alternatives: tuple[Decimal, ...] = ()
    span: tuple[Decimal, Decimal] | None = None
    working: str = ""


NOTHING = Suggestion(None)


def suggest(outcome: Outcome, weight: Decimal, policy: Policy | None = None) -> Suggestion:
    """The points out of ``weight`` that an outcome earns. An unsure one earns no suggestion."""
    policy = policy or Policy()
    if outcome.state is AchievementState.UNSURE or not 0 <= weight <= _MOST:
        return NOTHING
    if outcome.tier is not None:
        return _tier(outcome.tier, weight, policy)
    if not outcome.quantitative:
        return NOTHING
    if outcome.state is AchievementState.MET:
        return Suggestion(_round(weight), working=f"{_met(outcome)}，得满分 {_plain(weight)} 分")
    return _missed(outcome, weight, policy)


def _tier(tier: Tier, weight: Decimal, policy: Policy) -> Suggestion:
    bounds = {
        Tier.ACHIEVED: (policy.achieved_from, Decimal(1)),
        Tier.PARTLY: (policy.partly_from, policy.achieved_from),
        Tier.MISSED: (Decimal(0), policy.partly_from),
    }[tier]
    low, high = (_round(bound * weight) for bound in bounds)
    shares = f"{_plain(bounds[0] * 100)}%–{_plain(bounds[1] * 100)}%"
    return Suggestion(
        None, span=(low, high), working=f"{tier.value}，分值的 {shares}，即 {_plain(low)}–{_plain(high)} 分"
    )


def _met(outcome: Outcome) -> str:
    target, actual = outcome.target, outcome.actual
    if isinstance(target, Target) and isinstance(actual, Target):
        sign = target.comparator.value or outcome.comparator.value or "="
        return f"{actual.quantity.text}{sign}{target.quantity.text}，达到目标"
    return "达到目标"


def _missed(outcome: Outcome, weight: Decimal, policy: Policy) -> Suggestion:
    target, actual, ratio = outcome.target, outcome.actual, outcome.ratio
    if not isinstance(target, Target) or not isinstance(actual, Target):
        return NOTHING
    wanted, reached = target.quantity.text, actual.quantity.text
    if target.quantity.value == 0 and not outcome.comparator.larger_is_better:
        return Suggestion(Decimal("0.00"), working=f"目标为 0，实际 {reached}，得 0 分")
    if outcome.comparator.larger_is_better or outcome.comparator is Comparator.EQUAL:
        if ratio is None or policy.larger != SHARE:
            return NOTHING
        score = _round(min(ratio, Decimal(1)) * weight)
        return Suggestion(score, working=f"{reached}÷{wanted}×{_plain(weight)}＝{_plain(score)} 分")
    if not ratio or not policy.smaller:
        return NOTHING
    scores = {RATIO: _round(weight / ratio), LINEAR: _round(max(2 - ratio, Decimal(0)) * weight)}
    workings = {
        RATIO: f"{wanted}÷{reached}×{_plain(weight)}＝{_plain(scores[RATIO])} 分",
        LINEAR: f"（1−（{reached}−{wanted}）÷{wanted}）×{_plain(weight)}＝{_plain(scores[LINEAR])} 分",
    }
    first, *others = policy.smaller
    working = "；或 ".join(workings[formula] for formula in policy.smaller)
    return Suggestion(scores[first], tuple(scores[formula] for formula in others), working=working)


def _round(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
