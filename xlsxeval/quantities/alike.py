"""Whether two figures may be held against each other at all: one unit, and a known direction."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from xlsxeval.quantities.quantity import Quantity
from xlsxeval.quantities.target import Comparator
from xlsxeval.quantities.units import QuantityKind


class Doubt(StrEnum):
    """Why nothing can be said for sure, as a short Chinese clause."""

    BLANK = "没有填"
    UNREADABLE = "读不准"
    UNIT_MISSING = "一边有单位，另一边没有"
    UNITS_DIFFER = "单位不同，不能换算"
    ACTUAL_COMPARES = "实际完成值带比较符号，不是一个实际的数"
    NO_DIRECTION = "指标值没有写不低于还是不超过"
    BOUNDARY = "正好等于界限，指标值要求大于或小于它"
    ABOVE_EQUAL = "指标值要求等于，实际完成值超过了它"
    APPROXIMATE = "“约”“左右”不是准数"
    SEVERAL = "一行里有几个数"
    LABELS_DIFFER = "数字旁边的文字不同，不知道是不是一件事"
    WORDS = "文字描述，要由人判断"
    DATES = "日期不能确定先后"


_TEN_THOUSAND = Decimal(10_000)
# Two figures of which one has no unit are trusted to be in one unit only if they are of one size: 万 or % may be missing.
_NEAR = Decimal(10)


def alike(target: Quantity, actual: Quantity) -> tuple[Decimal, Decimal] | Doubt:
    """Both values in one unit, or why that cannot be."""
    pair = target.value, actual.value
    if not any(pair):
        return pair
    if target.unit == actual.unit:
        return pair if target.kind is not QuantityKind.BARE or _of_one_size(*pair) else Doubt.UNIT_MISSING
    if QuantityKind.BARE not in (target.kind, actual.kind):
        return Doubt.UNITS_DIFFER
    return _without_unit(target, actual)


def _of_one_size(one: Decimal, other: Decimal) -> bool:
    """0 beside anything; else neither more than ten times the other."""
    low, high = sorted((abs(one), abs(other)))
    return low == 0 or high <= low * _NEAR


def _without_unit(target: Quantity, actual: Quantity) -> tuple[Decimal, Decimal] | Doubt:
    pair = target.value, actual.value
    bare, named = (target, actual) if target.kind is QuantityKind.BARE else (actual, target)
    if named.kind is QuantityKind.MONEY and bare.text[-1:] in ("万", "亿"):
        return (pair[0] / _TEN_THOUSAND, pair[1]) if bare is target else (pair[0], pair[1] / _TEN_THOUSAND)
    if named.kind is QuantityKind.SHARE:
        known = _is_share(bare, named) and (bare is actual or bare.step < 1)
    else:
        known = (
            named.kind is QuantityKind.COUNT and named.step == bare.step == 1 and 0 not in pair and _of_one_size(*pair)
        )
    return pair if known else Doubt.UNIT_MISSING


def _is_share(bare: Quantity, named: Quantity) -> bool:
    """Whether a bare number beside a percentage is a share of 1, as Excel keeps one: 0.95 beside 95%, 1 beside 100%.

    Small ones may as well be figures in percent whose sign is missing: 0.5 beside 0.6%.
    """
    return Decimal("0.2") <= bare.value <= Decimal("1.2") and named.value >= Decimal("0.2")


_WELCOME = re.compile(
    r"(?:完成|覆盖|达标|合格|到位|及时|参保|征缴|办结|查处|准确|知晓|发放|激活|检查|培训|结算|救助|优良|就业|入学|巩固|公开)率$"
    r"|满意[率度]$|满意度指标$"
)
_UNWELCOME = re.compile(r"[不未差错误违超逾欠]|控制")


_CHANGE = re.compile(r"(?:提高|提升|增长|增加|上升|下降|降低|减少|压减|缩短|节约|节省)(?:率|幅度|了)?$")
_COSTS = re.compile("成本|费用|支出|投诉|事故|时间|时限|差错")


def direction_of(name: str, target: Quantity, label: str = "") -> Comparator:
    """Which way a bare figure is meant, by the indicator's name or the word before the figure: a 覆盖率 is to be reached, and
    so is a rise (提高3个百分点), unless it is one of costs. NONE where neither tells."""
    if _CHANGE.search(label) and not _COSTS.search(name + label):
        return Comparator.AT_LEAST
    welcome = _WELCOME.search(name.strip()) and not _UNWELCOME.search(name)
    return (
        Comparator.AT_LEAST if welcome and target.kind in (QuantityKind.SHARE, QuantityKind.BARE) else Comparator.NONE
    )
