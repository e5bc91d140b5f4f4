"""How amounts of money are written: 元 beside 万元, and more decimals than needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.quantities import QuantityKind

_LIKE = Decimal(1)
"""万元; a smaller amount (a price, a fee a head) is told in 元 with good reason."""
_EACH = re.compile(r"单价|均价|每|人均|标准|均")
_CENT = Decimal("0.01")


def mixed_units(passage: Passage) -> Iterator[str]:
    """Amounts of a 万元 and more in 元, in a paragraph that tells others in 万元: as written."""
    money = [figure for figure in passage.figures if figure.quantity.kind is QuantityKind.MONEY]
    if any(_in_ten_thousands(figure) for figure in money):
        for figure in money:
            if figure.quantity.value >= _LIKE and not _scaled(figure) and not _EACH.search(figure.label):
                yield figure.quantity.text


def fine_amounts(passage: Passage) -> Iterator[str]:
    """Amounts in 万元 with more than two decimals: as written."""
    for figure in passage.figures:
        if _in_ten_thousands(figure) and figure.quantity.step < _CENT:
            yield figure.quantity.text


def _in_ten_thousands(figure: Figure) -> bool:
    quantity = figure.quantity
    return quantity.kind is QuantityKind.MONEY and quantity.text.endswith("万元") and not quantity.spelled


def _scaled(figure: Figure) -> bool:
    return figure.quantity.spelled or figure.quantity.text.endswith(("万元", "亿元", "千元", "亿", "万"))
