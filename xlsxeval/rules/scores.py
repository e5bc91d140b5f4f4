"""Indicator lines compared with their targets; worked out once for all scoring rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place
from xlsxeval.quantities import AchievementState, Outcome, Policy, Suggestion, suggest
from xlsxeval.quantities.score import LINEAR, RATIO, SHARE
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.outcomes import outcomes
from xlsxeval.rules.parameters import number, switch, word

# How editions write the formulas; spaces, brackets and the kind of minus do not matter.
_WRITTEN = {"目标÷实际": RATIO, "实际-目标": LINEAR}
_PLAIN = str.maketrans(
    {"−": "-", "－": "-", "–": "-", "/": "÷", " ": None, "（": None, "）": None, "(": None, ")": None}
)


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """A line with a weight and a score from 0 to the weight. ``tolerance`` is the allowed error of a score, in points."""

    line: IndicatorLine
    outcome: Outcome
    suggestion: Suggestion
    weight: Decimal
    score: Decimal
    tolerance: Decimal

    @property
    def full(self) -> bool:
        """Whether the line got all its points."""
        return self.weight - self.score <= self.tolerance

    @property
    def criterion(self) -> str:
        """The text of the line's own 评扣分标准."""
        return self.line.text("criterion")

    @property
    def own_method(self) -> bool:
        """Whether the line's own criterion states the deduction; it then has precedence over the general formulas."""
        return states_deduction(self.criterion)

    def hit(self, submission: Submission, message: str, *, expected: str | None = None, at: str = "score") -> Hit:
        """A hit at the cell ``at`` of the line, with target and actual as related places."""
        place = self.line.place(submission, at)
        slot = self.line.cells[at].slot
        others = ("target", "actual", "weight") if at == "score" else ("target", "actual")
        return Hit(
            message,
            self.line.address(submission, at),
            field=place.field,
            label=slot.label if slot else None,
            shown=points(self.score) if at == "score" else self.line.text(at),
            expected=expected,
            related=_places(submission, self.line, others),
            working=self.suggestion.working or None,
        )


_AMOUNT = re.compile(r"[\d一二两三四五六七八九十每]|不得分|不给分|不计分|零分|扣完|全扣|酌情|比例|扣除|按")
# 按比例扣分 and 按完成比例得分 are the general formula in words. 扣完为止 adds nothing to it: no score is below 0.
_GENERAL = re.compile(
    r"(?:达到|完成)?(?:目标值?|指标值?)?的?(?:得|记|计)满分|扣完为止"
    r"|(?:按照?|依据?)?(?:照|其|实际|未?完成|未?达成|未?达到|达标|相应|同等|等|同|目标|指标|任务|偏差|差额|低于|率|值|量|数|的|程度|情况|进度|部分){0,9}"
    r"(?:比例|完成率|完成程度)(?:相应|同等)?(?:扣减|扣除|扣|减|计算|计|得|给|赋|折算|核算|评)?(?:得|计)?(?:分值|分数|分)?"
)


def states_deduction(criterion: str) -> bool:
    """Whether a criterion states a deduction of its own: 每低1个百分点扣1分 and 超过不得分 do, 低于目标值扣分 does not.

    Nor does 按比例扣分, which is the general rule.
    """
    return _AMOUNT.search(_GENERAL.sub("", criterion)) is not None


def _places(submission: Submission, line: IndicatorLine, names: Sequence[str]) -> tuple[Place, ...]:
    return tuple(line.place(submission, name) for name in names if name in line.cells)


def points(value: Decimal) -> str:
    """Points as forms print them: ``4.74``."""
    return f"{value:.2f}"


@lru_cache(maxsize=1)
def judged_lines(submission: Submission) -> tuple[ScoredLine, ...]:
    """The lines with weight and score whose outcome is certain."""
    rules = policy(submission)
    tolerance = Decimal(str(number(submission, "tolerance.score", 0.005)))
    found = []
    for judged in outcomes(submission):
        line, outcome = judged.line, judged.outcome
        weight, score = line.number("weight"), line.number("score")
        if weight is None or score is None or not 0 <= score <= weight + float(tolerance):
            continue
        if outcome.state is not AchievementState.UNSURE:
            full, given = _decimal(weight), _decimal(score)
            found.append(ScoredLine(line, outcome, suggest(outcome, full, rules), full, given, tolerance))
    return tuple(found)


def must_explain(submission: Submission, outcome: Outcome) -> bool:
    """Whether an actual exceeds a larger-is-better target so far that the edition requires a reason."""
    threshold = number(submission, "overachievement", 1.3)
    if threshold <= 0 or not switch(submission, "overachievement", True):
        return False
    return (
        outcome.comparator.larger_is_better and outcome.ratio is not None and outcome.ratio >= Decimal(str(threshold))
    )


def policy(submission: Submission) -> Policy:
    """The scoring formulas of the edition. Where it names none for smaller-is-better targets, both usual ones are allowed."""
    larger = word(submission, "scoring.larger", SHARE)
    smaller = word(submission, "scoring.smaller").translate(_PLAIN)
    places = sorted((smaller.find(mark), formula) for mark, formula in _WRITTEN.items() if mark in smaller)
    return Policy(
        larger=SHARE if "实际÷目标" in larger.translate(_PLAIN) else larger,
        smaller=tuple(formula for _, formula in places) if smaller else (RATIO, LINEAR),
        achieved_from=_decimal(number(submission, "scoring.achieved_from", 0.8)),
        partly_from=_decimal(number(submission, "scoring.partly_from", 0.6)),
    )


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))
