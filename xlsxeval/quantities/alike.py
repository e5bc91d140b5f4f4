"""Whether two figures may be held against each other at all: one unit, one matter, a known direction."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from xlsxeval.quantities.quantity import Quantity
from xlsxeval.quantities.target import Comparator
from xlsxeval.quantities.units import Kind


class Why(StrEnum):
    """Why nothing can be said for sure."""

    BLANK = "没有填"
    UNREADABLE = "读不准"
    UNIT_MISSING = "一边有单位，另一边没有"
    UNITS_DIFFER = "单位不同"
    ACTUAL_COMPARES = "实际完成值带比较符号，不是一个实际的数"
    NO_DIRECTION = "指标值没有写不低于还是不超过"
    APPROXIMATE = "“约”“左右”不是准数"
    SEVERAL = "一行里有几个指标值"
    LABELS_DIFFER = "数字前面的文字不同，不知道是不是一件事"
    WORDS = "文字描述，要由人判断"
    DATES = "日期不能确定先后"
    ABOVE_EQUAL = "指标值要求等于，实际完成值超过了它"


_TEN_THOUSAND = Decimal(10_000)
# A bare whole number beside a target in 家, 项, 次 is that many; unless the sizes are so far apart that 万 may be missing.
_NEAR = Decimal(10)


def alike(target: Quantity, actual: Quantity) -> tuple[Decimal, Decimal] | Why:
    """Both values in one unit, or why that cannot be."""
    if target.unit == actual.unit:
        return target.value, actual.value
    if Kind.BARE in (target.kind, actual.kind):
        return _unit_missing(target, actual)
    return Why.UNITS_DIFFER


def _unit_missing(target: Quantity, actual: Quantity) -> tuple[Decimal, Decimal] | Why:
    bare, named = (target, actual) if target.kind is Kind.BARE else (actual, target)
    if named.kind is Kind.MONEY and bare.text[-1:] in ("万", "亿"):
        pair = {id(bare): bare.value / _TEN_THOUSAND, id(named): named.value}
    elif named.kind is Kind.SHARE and _is_share(bare, named):
        pair = {id(bare): bare.value, id(named): named.value}
    elif (
        named.kind is Kind.COUNT
        and named.step == bare.step == 1
        and 0 < bare.value < named.value * _NEAR < bare.value * _NEAR * _NEAR
    ):
        pair = {id(bare): bare.value, id(named): named.value}
    else:
        return Why.UNIT_MISSING
    return pair[id(target)], pair[id(actual)]


def _is_share(bare: Quantity, named: Quantity) -> bool:
    """Whether a bare number beside a percentage is a share of 1, as Excel keeps one: 0.95 beside 95%, 1 beside 100%.

    Below a tenth of the other it may as well be a figure in percent whose sign is missing (0.5 for 0.5%).
    """
    return Decimal("0.2") <= bare.value <= Decimal("1.2") and named.value >= Decimal("0.2")


_PLAIN_LABEL = re.compile(r"(?:实际|已|共|全部|全年|年度|本年|累计|共计|合计|总计|完成|达到|达|为|实现|值|数)*")


def same_matter(target: str, actual: str) -> bool:
    """Whether the words before both figures say the same thing; an actual without words is about what the target is."""
    return target == actual or _PLAIN_LABEL.fullmatch(actual) is not None


_MORE = re.compile(
    r"(?:完成|覆盖|达标|合格|到位|及时|满意|参保|征缴|办结|查处|准确|知晓|发放|激活|合规|检查|培训|结算|救助|优良|就业|入学|巩固|公开)(?:率|度)$"
)


def direction_of(name: str, target: Quantity) -> Comparator:
    """Which way a bare figure is meant, from the indicator's name: 覆盖率 is to be reached. NONE where the name does not tell."""
    usual = target.kind in (Kind.SHARE, Kind.BARE) and _MORE.search(name.strip()) is not None
    return Comparator.AT_LEAST if usual else Comparator.NONE
