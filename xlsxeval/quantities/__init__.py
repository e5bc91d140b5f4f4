"""Figures as people type them in Chinese: targets (指标值), actuals (实际完成值) and figures in running prose.

Pure: texts in, values out; nothing here knows of workbooks. What cannot be read for sure is said to be unsure.
"""

from xlsxeval.quantities.achievement import Outcome, State, compare
from xlsxeval.quantities.alike import Why
from xlsxeval.quantities.grammar import read_actual, read_target
from xlsxeval.quantities.prose import Span, SpanKind, scan
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
from xlsxeval.quantities.units import Kind, Unit

__all__ = [
    "Between",
    "Comparator",
    "Deadline",
    "Kind",
    "Outcome",
    "Policy",
    "Qualitative",
    "Quantity",
    "Reading",
    "Several",
    "Span",
    "SpanKind",
    "State",
    "Suggestion",
    "Target",
    "Tier",
    "Unit",
    "Unsure",
    "Vague",
    "Why",
    "compare",
    "read_actual",
    "read_target",
    "scan",
    "suggest",
    "tier_of",
]
