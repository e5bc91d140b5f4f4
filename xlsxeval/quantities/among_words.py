"""Actuals in which a figure stands among other words or other figures: 90%（其中一季度88%）, 线上60人次、线下70人次."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from xlsxeval.quantities.bounds import Bound, bound_in, range_in, reached
from xlsxeval.quantities.numerals import folded
from xlsxeval.quantities.prose import SpanKind, TextSpan, scan
from xlsxeval.quantities.target import Between, Comparator, Target
from xlsxeval.quantities.units import QuantityKind

_PIECE = re.compile(r"[^,;。、()\[\]\n]+")
# A piece of the text that tells of something else: a part, a comparison, another time, what was planned.
_OTHER = re.compile(
    r"其中|(?<!占)比(?![例率重])|较(?![好高大多])|上年|去年|目标[值为是:]*$|计划|预期|应[为达完当]|原[定计来]|每|低于|高于|[差少超]$"
    r"|超过|超额|季度|半年|\d月|[由从]\D{0,6}$"
)
_CHANGE = re.compile(r"(?:增长|提高|提升|上升|下降|降低|减少|增加)(?!了?[到至为])|增幅|降幅")
_ARRIVED = re.compile("(?:[升降高少加长短][低高]?)了?[到至为]")
# Words that leave open whether the one figure of a text is the one that counts.
_ANOTHER_BASIS = re.compile(r"剔除|扣除|不含|调整|折算|折合|若|如果|预计|不可抗力|口径|未|没")
_LONGEST = 480


def single_figure(target: Target | Between, text: str, name: str) -> Target | None:
    """The one figure of the target's own unit in a text, outside the pieces that tell of something else."""
    plain = folded(text)
    told = _told(target, plain, name)
    if len(told) != 1 or told[0].quantity is None or _ANOTHER_BASIS.search(plain):
        return None
    (span,) = told
    return Target(_comparator(span), span.quantities[0])


def among_words(target: Target | Between, text: str, name: str) -> bool | None:
    """Whether all figures of the target's own unit in a text, or what they add up to, say that it was reached."""
    plain = folded(text)
    bounds = [_within(target, span) for span in _told(target, plain, name)] or _without_unit(target, plain)
    known = [bound for bound in bounds if bound is not None]
    verdicts = {reached(target, bound, name) for bound in known}
    if len(known) > 1 and _adds_up(target):
        whole = reached(target, _sum(known), name)
        return whole if whole is not False or verdicts == {False} else None
    return verdicts.pop() if len(verdicts) == 1 else None


def _told(target: Target | Between, plain: str, name: str) -> list[TextSpan]:
    """The figures that may be the actual. A change (增长5%) is one only where the target or the indicator is about a change."""
    if len(plain) > _LONGEST:
        return []
    change = _CHANGE.search(target.label + name) is not None
    spans = [span for span in scan(plain) if _within(target, span) is not None]
    return [span for span in spans if not _elsewhere(plain, span, _OTHER, *([] if change else [_CHANGE]))]


def _without_unit(target: Target | Between, plain: str) -> list[Bound | None]:
    """The counts of a text for a target that names no unit: 104家 for ≥1."""
    bare = isinstance(target, Target) and target.quantity.kind is QuantityKind.BARE and len(plain) <= _LONGEST
    spans = [span for span in scan(plain) if not _elsewhere(plain, span, _OTHER, _CHANGE)] if bare else []
    told = [span.quantity for span in spans if span.quantity is not None and span.quantity.kind is QuantityKind.COUNT]
    return [Bound(quantity.value, quantity.value) for quantity in told]


def _within(target: Target | Between, span: TextSpan) -> Bound | None:
    if span.kind is SpanKind.RANGE:
        return range_in(target, *span.quantities)
    quantity = span.quantity
    wanted = target.low if isinstance(target, Between) else target.quantity
    if quantity is None or (quantity.unit != wanted.unit and QuantityKind.BARE in (quantity.kind, wanted.kind)):
        return None
    return bound_in(target, _comparator(span), quantity)


def _comparator(span: TextSpan) -> Comparator:
    return Comparator.NONE if span.exact else Comparator.ABOUT


def _elsewhere(plain: str, span: TextSpan, *words: re.Pattern[str]) -> bool:
    """Whether one of these words stands before a figure in its piece of the text."""
    piece = next((piece for piece in _PIECE.finditer(plain) if piece.start() <= span.start < piece.end()), None)
    if piece is None:
        return False
    begins = max([piece.start(), *(arrived.end() for arrived in _ARRIVED.finditer(plain, piece.start(), span.start))])
    return any(pattern.search(plain, begins, span.start) for pattern in words)


def _adds_up(target: Target | Between) -> bool:
    quantity = target.low if isinstance(target, Between) else target.quantity
    return quantity.kind in (QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE)


def _sum(bounds: Sequence[Bound]) -> Bound:
    lows, highs = [bound.low for bound in bounds], [bound.high for bound in bounds]
    return Bound(_total(lows), _total(highs))


def _total(ends: Sequence[Decimal | None]) -> Decimal | None:
    return None if None in ends else sum((end for end in ends if end is not None), Decimal(0))
