"""How amounts of money are written: 元 beside 万元, and more decimals than needed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.quantities import Kind

_LIKE = Decimal(1)
"""万元; a smaller amount (a price, a fee a head) is told in 元 with good reason."""
_CENT = Decimal("0.01")


def mixed_units(passage: Passage) -> Iterator[str]:
    """Amounts of a 万元 and more in 元, in a paragraph that tells others in 万元: as written."""
    money = [figure for figure in passage.figures if figure.quantity.kind is Kind.MONEY]
    if any(_in_ten_thousands(figure) for figure in money):
        for figure in money:
            if figure.quantity.value >= _LIKE and not _scaled(figure):
                yield figure.quantity.text


def fine_amounts(passage: Passage) -> Iterator[str]:
    """Amounts in 万元 with more than two decimals: as written."""
    for figure in passage.figures:
        if figure.quantity.kind is Kind.MONEY and _in_ten_thousands(figure) and figure.quantity.step < _CENT:
            yield figure.quantity.text


def _in_ten_thousands(figure: Figure) -> bool:
    return figure.quantity.text.endswith("万元")


def _scaled(figure: Figure) -> bool:
    return figure.quantity.text.endswith(("万元", "亿元", "千元", "亿", "万"))
