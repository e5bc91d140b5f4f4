"""Bills and papers that pay interest at maturity: discounts, yields, accrued interest.

Source: Microsoft Support, the functions' own pages. Days are counted as YEARFRAC counts them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from xlsxeval.calc.coercion import to_integer, to_number
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.date import yearfrac
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.places import Here
from xlsxeval.calc.values import ExcelError, Scalar

NUM = ExcelError.NUM


def _share(here: Here, start: Scalar, end: Scalar, basis: Scalar) -> float:
    first, last = math.floor(to_number(start)), math.floor(to_number(end))
    require(0 <= first < last, NUM)
    return yearfrac(here, float(first), float(last), basis)


def _paper(name: str, third: str, fourth: str, compute: Callable[[float, float, float], float], summary: str) -> None:
    """Registers a function of settlement, maturity, two figures that must be positive, and the way of counting days."""

    def body(here: Here, start: Scalar, end: Scalar, a: Scalar, b: Scalar, basis: Scalar = None) -> float:
        x, y = to_number(a), to_number(b)
        require(x > 0 and y > 0 and 0 <= to_integer(basis) <= 4, NUM)
        share = _share(here, start, end, basis)
        require(share > 0, NUM)
        return finite(compute(x, y, share))

    body.__doc__ = summary
    function(f"{name}(settlement:plain, maturity:plain, {third}:plain, {fourth}:plain, [basis:plain])", here=True)(body)


def _received(investment: float, discount: float, share: float) -> float:
    require(discount * share < 1, NUM)
    return investment / (1 - discount * share)


_paper("DISC", "pr", "redemption", lambda price, back, t: (back - price) / back / t, "The discount rate of a paper.")
_paper(
    "INTRATE",
    "investment",
    "redemption",
    lambda paid, back, t: (back - paid) / paid / t,
    "The interest rate of a fully invested paper.",
)
_paper("RECEIVED", "investment", "discount", _received, "What is paid back at the maturity of a fully invested paper.")
_paper(
    "PRICEDISC",
    "discount",
    "redemption",
    lambda rate, back, t: back - rate * back * t,
    "The price of a discounted paper.",
)
_paper(
    "YIELDDISC", "pr", "redemption", lambda price, back, t: (back / price - 1) / t, "The yield of a discounted paper."
)


def _bill(name: str, figure: str, compute: Callable[[float, float], float], summary: str) -> None:
    """Registers a function of Treasury bills: settlement, maturity within a year, and a figure."""

    def body(start: Scalar, end: Scalar, given: Scalar) -> float:
        first, last, value = math.floor(to_number(start)), math.floor(to_number(end)), to_number(given)
        require(0 <= first < last <= first + 365 and value > 0, NUM)
        return finite(compute(value, float(last - first)))

    body.__doc__ = summary
    function(f"{name}(settlement:plain, maturity:plain, {figure}:plain)")(body)


def _equivalent(discount: float, days: float) -> float:
    require(discount * days < 360, NUM)
    if days <= 182:
        return 365 * discount / (360 - discount * days)
    price = 1 - discount * days / 360
    year = 366.0 if days > 365 else 365.0
    part = days / year
    require(price > 0, NUM)
    return (-2 * part + 2 * math.sqrt(part * part - (2 * part - 1) * (1 - 1 / price))) / (2 * part - 1)


_bill(
    "TBILLPRICE", "discount", lambda discount, days: 100 * (1 - discount * days / 360), "The price of a Treasury bill."
)
_bill("TBILLYIELD", "pr", lambda price, days: (100 - price) / price * 360 / days, "The yield of a Treasury bill.")
_bill("TBILLEQ", "discount", _equivalent, "The yield of a Treasury bill as that of a bond.")


@function("ACCRINTM(issue:plain, settlement:plain, rate:plain, [par:plain], [basis:plain])", here=True)
def accrintm(
    here: Here, issue: Scalar, settlement: Scalar, rate: Scalar, par: Scalar = None, basis: Scalar = None
) -> float:
    """The accrued interest of a paper that pays it at maturity."""
    worth = 1000.0 if par is None else to_number(par)
    require(to_number(rate) > 0 and worth > 0 and 0 <= to_integer(basis) <= 4, NUM)
    return worth * to_number(rate) * _share(here, issue, settlement, basis)
