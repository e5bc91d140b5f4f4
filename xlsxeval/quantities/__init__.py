"""Figures as people type them in Chinese: targets (指标值), actuals (实际完成值) and figures in running prose.

Pure: texts in, values out; nothing here knows of workbooks. What cannot be read for sure is said to be unsure.
"""

from xlsxeval.quantities.achievement import AchievementState, Outcome, compare
from xlsxeval.quantities.alike import Doubt
from xlsxeval.quantities.grammar import read_actual, read_target
from xlsxeval.quantities.in_words import has_figure
from xlsxeval.quantities.prose import SpanKind, TextSpan, scan
from xlsxeval.quantities.quantity import Quantity
from xlsxeval.quantities.score import Policy, Suggestion, suggest
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
from xlsxeval.quantities.tiers import Tier, tier_of
from xlsxeval.quantities.units import MeasureUnit, QuantityKind, other_things

__all__ = [
    "AchievementState",
    "Between",
    "Comparator",
    "Deadline",
    "Doubt",
    "MeasureUnit",
    "Outcome",
    "Policy",
    "Qualitative",
    "Quantity",
    "QuantityKind",
    "Reading",
    "Several",
    "SpanKind",
    "Suggestion",
    "Target",
    "TextSpan",
    "Tier",
    "Unsure",
    "Vague",
    "compare",
    "has_figure",
    "other_things",
    "read_actual",
    "read_target",
    "scan",
    "suggest",
    "tier_of",
]
