"""Bonds with coupons: the coupon dates about a settlement, price, yield and duration.

Source: Microsoft Support, the functions' own pages, and the values that Excel stored in public workbooks. Rates are
shares of 1 a year; prices and redemptions are for a face value of 100; dates are serial numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from xlsxeval.calc.coercion import to_integer, to_number
from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.date import days360, eomonth, months_later, yearfrac
from xlsxeval.calc.functions.returns import newton
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.places import Here
from xlsxeval.calc.values import CellError, ExcelError, Scalar

NUM = ExcelError.NUM


@dataclass(frozen=True)
class _Coupons:
    """Where a settlement stands between two coupons."""

    before: float
    """The coupon date before the settlement, or on it."""
    after: float
    left: int
    """Coupons to come, the one at maturity included."""
    elapsed: float
    """Days from the coupon before to the settlement."""
    to_come: float
    """Days from the settlement to the coupon after."""
    length: float
    """Days in the coupon period."""
    a_year: int

    @property
    def share_to_come(self) -> float:
        """What is not elapsed: Excel's prices count so even where days to come and elapsed are not the length together."""
        return 1 - self.share_elapsed

    @property
    def share_elapsed(self) -> float:
        return self.elapsed / self.length


def _coupons(here: Here, settlement: Scalar, maturity: Scalar, frequency: Scalar, basis: Scalar) -> _Coupons:
    first, last = float(math.floor(to_number(settlement))), float(math.floor(to_number(maturity)))
    a_year, way = to_integer(frequency), to_integer(basis)
    require(a_year in (1, 2, 4) and 0 <= way <= 4 and 0 <= first < last, NUM)
    at_end = eomonth(here, last, 0.0) == last

    def coupon(number: int) -> float:
        """The coupon date so many periods before maturity; at the end of its month where maturity is at the end of its own."""
        return months_later(here, last, float(-number * 12 // a_year), end=at_end)

    left = max(math.floor((last - first) * a_year / 365.25) - 1, 0)
    while coupon(left) > first:
        left += 1
    before, after = coupon(left), coupon(left - 1)
    length = after - before if way == 1 else (365 if way == 3 else 360) / a_year
    if way in (1, 2, 3):
        return _Coupons(before, after, left, first - before, after - first, length, a_year)
    elapsed = days360(here, before, first, True) if way == 4 else yearfrac(here, before, first, 0.0) * 360
    return _Coupons(before, after, left, float(round(elapsed)), length - round(elapsed), length, a_year)


def _about_coupons(name: str, compute: Callable[[_Coupons], float], summary: str) -> None:
    """Registers a function of settlement, maturity, coupons a year and the way of counting days."""

    def body(here: Here, settlement: Scalar, maturity: Scalar, frequency: Scalar, basis: Scalar = None) -> float:
        return compute(_coupons(here, settlement, maturity, frequency, basis))

    body.__doc__ = summary
    function(f"{name}(settlement:plain, maturity:plain, frequency:plain, [basis:plain])", here=True)(body)


_about_coupons("COUPPCD", lambda found: found.before, "The coupon date before the settlement.")
_about_coupons("COUPNCD", lambda found: found.after, "The coupon date after the settlement.")
_about_coupons("COUPNUM", lambda found: float(found.left), "Coupons between settlement and maturity.")
_about_coupons("COUPDAYS", lambda found: found.length, "Days of the coupon period that the settlement is in.")
_about_coupons("COUPDAYBS", lambda found: found.elapsed, "Days from the coupon before to the settlement.")
_about_coupons("COUPDAYSNC", lambda found: found.to_come, "Days from the settlement to the coupon after.")


def _price(found: _Coupons, rate: float, yield_: float, redemption: float) -> float:
    """The price without accrued interest."""
    paid, growth = 100 * rate / found.a_year, yield_ / found.a_year
    if found.left == 1:
        return (redemption + paid) / (1 + growth * found.share_to_come) - paid * found.share_elapsed
    whole: float = sum(paid / (1 + growth) ** (number + found.share_to_come) for number in range(found.left))
    worth: float = redemption / (1 + growth) ** (found.left - 1 + found.share_to_come)
    return worth + whole - paid * found.share_elapsed


def _yield(found: _Coupons, rate: float, price: float, redemption: float) -> float:
    """The yield at which a bond has its price. Raises CellError where there is none."""
    require(price > 0, NUM)
    if found.left == 1:
        cost = price / 100 + found.share_elapsed * rate / found.a_year
        return (redemption / 100 + rate / found.a_year - cost) / cost * found.a_year / found.share_to_come

    def too_dear(yield_: float) -> tuple[float, float]:
        step = 1e-6
        above, below = (_price(found, rate, yield_ + way, redemption) for way in (step, -step))
        return _price(found, rate, yield_, redemption) - price, (above - below) / 2 / step

    solved = newton(too_dear, rate or 0.1)
    if solved is None:
        raise CellError(NUM)
    return solved


def _bond(name: str, figure: str, compute: Callable[[_Coupons, float, float, float], float], summary: str) -> None:
    """Registers a function of settlement, maturity, rate, a figure, redemption and coupons a year."""

    def body(
        here: Here,
        settlement: Scalar,
        maturity: Scalar,
        rate: Scalar,
        given: Scalar,
        redemption: Scalar,
        frequency: Scalar,
        basis: Scalar = None,
    ) -> float:
        paid, value, back = to_number(rate), to_number(given), to_number(redemption)
        require(paid >= 0 and value >= 0 and back > 0, NUM)
        return finite(compute(_coupons(here, settlement, maturity, frequency, basis), paid, value, back))

    body.__doc__ = summary
    arguments = f"settlement:plain, maturity:plain, rate:plain, {figure}:plain, redemption:plain, frequency:plain"
    function(f"{name}({arguments}, [basis:plain])", here=True)(body)


_bond("PRICE", "yld", _price, "The price of a bond, for a face value of 100.")
_bond("YIELD", "pr", _yield, "The yield at which a bond has its price.")


def _duration(name: str, *, modified: bool, summary: str) -> None:
    """Registers the mean time to a bond's payments, weighted by what they are worth."""

    def body(
        here: Here,
        settlement: Scalar,
        maturity: Scalar,
        coupon: Scalar,
        yield_: Scalar,
        frequency: Scalar,
        basis: Scalar = None,
    ) -> float:
        rate, wanted = to_number(coupon), to_number(yield_)
        require(rate >= 0 and wanted >= 0, NUM)
        found = _coupons(here, settlement, maturity, frequency, basis)
        growth, paid = 1 + wanted / found.a_year, 100 * rate / found.a_year
        weighted = worth = 0.0
        for number in range(found.left):
            time = number + found.share_to_come
            value = (paid + (100 if number == found.left - 1 else 0)) / growth**time
            weighted, worth = weighted + time * value, worth + value
        years = weighted / worth / found.a_year
        return finite(years / growth if modified else years)

    body.__doc__ = summary
    arguments = "settlement:plain, maturity:plain, coupon:plain, yld:plain, frequency:plain, [basis:plain]"
    function(f"{name}({arguments})", here=True)(body)


_duration("DURATION", modified=False, summary="The duration of a bond in years, after Macaulay.")
_duration("MDURATION", modified=True, summary="The modified duration of a bond in years.")


def _at_maturity(
    name: str, figure: str, compute: Callable[[float, float, float, float, float], float], summary: str
) -> None:
    """Registers a function of a paper that pays its interest at maturity: settlement, maturity, issue, rate, a figure."""

    def body(
        here: Here,
        settlement: Scalar,
        maturity: Scalar,
        issue: Scalar,
        rate: Scalar,
        given: Scalar,
        basis: Scalar = None,
    ) -> float:
        now, end, start = (float(math.floor(to_number(day))) for day in (settlement, maturity, issue))
        paid, value = to_number(rate), to_number(given)
        require(0 <= start <= now < end and paid >= 0 and value >= 0 and 0 <= to_integer(basis) <= 4, NUM)
        whole, passed, left = (yearfrac(here, *span, basis) for span in ((start, end), (start, now), (now, end)))
        return finite(compute(paid, value, whole, passed, left))

    body.__doc__ = summary
    arguments = f"settlement:plain, maturity:plain, issue:plain, rate:plain, {figure}:plain, [basis:plain]"
    function(f"{name}({arguments})", here=True)(body)


_at_maturity(
    "PRICEMAT",
    "yld",
    lambda rate, wanted, whole, passed, left: 100 * ((1 + rate * whole) / (1 + wanted * left) - rate * passed),
    "The price of a paper that pays its interest at maturity, for a face value of 100.",
)
_at_maturity(
    "YIELDMAT",
    "pr",
    lambda rate, asked, whole, passed, left: ((1 + rate * whole) / (asked / 100 + rate * passed) - 1) / left,
    "The yield of a paper that pays its interest at maturity.",
)
