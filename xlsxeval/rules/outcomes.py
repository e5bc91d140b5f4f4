"""Indicator lines held against their targets, whether or not a form prints weights and scores for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import AchievementState, Between, Outcome, Target, compare, has_figure
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import sheets
from xlsxeval.rules.targets import points_as_targets


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line with its outcome. The outcome may be unsure."""

    line: IndicatorLine
    outcome: Outcome

    @property
    def missed(self) -> bool:
        """Whether figures, or words that leave no doubt, say that the target was not reached."""
        return self.outcome.state is AchievementState.MISSED and self.outcome.quantitative

    @property
    def met(self) -> bool:
        """Whether the target was reached."""
        return self.outcome.state is AchievementState.MET

    @property
    def asks_for_a_figure(self) -> bool:
        """Whether the target is one figure or a range, told exactly."""
        target = self.outcome.target
        return isinstance(target, Between) or (isinstance(target, Target) and not target.comparator.hedged)

    @property
    def in_words(self) -> bool:
        """Whether the actual has no figure where the target asks for one and its words say nothing as sure as one."""
        if not self.asks_for_a_figure or not self.line.text("actual") or has_figure(self.line.text("actual")):
            return False
        if self.missed:
            return bool(self.line.number("score"))
        return self.outcome.state is AchievementState.UNSURE


@lru_cache(maxsize=1)
def outcomes(submission: Submission) -> tuple[JudgedLine, ...]:
    """All lines with their outcomes. Lines whose targets are points (V105) are left out."""
    found = []
    for lines in sheets(submission):
        spoilt = points_as_targets(lines)
        for line in lines:
            if line not in spoilt:
                target, actual, name = (line.text(name) for name in ("target", "actual", "level3"))
                found.append(JudgedLine(line, compare(target, actual, name, submission.layout.campaign.year)))
    return tuple(found)
