"""What is said more exactly at collection than the Excel formula of a check can say in the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCheck
from xlsxeval.model import Address, Finding
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number
from xlsxeval.rules.reasons import explained


def fails(submission: Submission, placed: PlacedCheck, index: int, failed: bool) -> bool:
    """Whether a check fails at a line; ``failed`` is what its formula says."""
    if placed.check.code != FaultCode.DEDUCTION_WITHOUT_REASON:
        return failed
    # The formula counts characters: four may still be no reason (无无无无, 详见附件), and two may be one (同上).
    line = _lines(submission).get(placed.targets[index])
    if line is None:
        return failed
    if failed:
        return not explained(submission, line)
    weight, score = line.number("weight"), line.number("score")
    lost = weight is not None and score is not None and round(weight - score, 6) > _tolerance(submission) and score >= 0
    return lost and not explained(submission, line)


def worded(submission: Submission, placed: PlacedCheck, index: int, finding: Finding) -> Finding:
    """The finding of a check, with what is known beyond the check's own text."""
    if finding.code not in (FaultCode.SCORE_ABOVE_WEIGHT, FaultCode.DEDUCTION_WITHOUT_REASON):
        return finding
    line = _lines(submission).get(placed.targets[index])
    if line is None:
        return finding
    if finding.code == FaultCode.DEDUCTION_WITHOUT_REASON:
        return replace(finding, message="扣了分，写的原因等于没有写") if line.text("reason") else finding
    score = line.number("score")
    return replace(finding, message="得分低于0", expected=None) if score is not None and score < 0 else finding


def _tolerance(submission: Submission) -> float:
    return number(submission, "tolerance.score", 0.005)


@lru_cache(maxsize=1)
def _lines(submission: Submission) -> Mapping[Address, IndicatorLine]:
    """The indicator lines by the cells of their reason and of their score."""
    return {
        line.cells[name].address: line
        for line in indicator_lines(submission)
        for name in ("reason", "score")
        if name in line.cells
    }
