"""Units and measure words: which are one kind, and what one is in the unit that its kind is kept in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class QuantityKind(StrEnum):
    """What a figure measures."""

    BARE = "bare"
    MONEY = "money"
    SHARE = "share"
    POINT = "point"
    COUNT = "count"
    DURATION = "duration"
    MULTIPLE = "multiple"
    SCORE = "score"
    MEASURE = "measure"


class MeasureUnit(NamedTuple):
    """``name`` is the unit that values of its family are kept in (万元 for 元 and 亿元), ``factor`` what one is of that.

    Shares are kept as shares of 1, under the name ``"1"``; a bare number has the empty name.
    """

    name: str
    kind: QuantityKind
    factor: Decimal


BARE = MeasureUnit("", QuantityKind.BARE, Decimal(1))

_FAMILIES: dict[tuple[QuantityKind, str], dict[str, str]] = {
    (QuantityKind.MONEY, "万元"): {
        "元": "0.0001",
        "块": "0.0001",
        "千元": "0.1",
        "万元": "1",
        "百万元": "100",
        "千万元": "1000",
        "亿元": "10000",
    },
    (QuantityKind.SHARE, "1"): {"%": "0.01", "‰": "0.001", "成": "0.1"},
    (QuantityKind.POINT, "个百分点"): {"个百分点": "1", "百分点": "1"},
    (QuantityKind.MULTIPLE, "倍"): {"倍": "1"},
    (QuantityKind.SCORE, "分"): {"分": "1"},
    (QuantityKind.DURATION, "秒"): {"秒": "1", "分钟": "60", "小时": "3600", "个小时": "3600"},
    (QuantityKind.DURATION, "天"): {"天": "1", "日": "1", "自然日": "1", "个自然日": "1", "周": "7", "星期": "7", "个星期": "7"},
    (QuantityKind.DURATION, "工作日"): {"工作日": "1", "个工作日": "1", "天工作日": "1"},
    (QuantityKind.DURATION, "月"): {"个月": "1", "月": "1", "个季度": "3", "季度": "3", "年": "12", "周年": "12"},
    (QuantityKind.MEASURE, "平方米"): {"平方米": "1", "㎡": "1", "m²": "1", "m2": "1", "平米": "1", "公顷": "10000", "平方公里": "1000000"},
    (QuantityKind.MEASURE, "亩"): {"亩": "1"},
    (QuantityKind.MEASURE, "立方米"): {"立方米": "1", "m³": "1", "m3": "1", "方": "1"},
    (QuantityKind.MEASURE, "米"): {"米": "1", "m": "1", "公里": "1000", "千米": "1000", "km": "1000", "㎞": "1000", "里": "500"},
    (QuantityKind.MEASURE, "千克"): {"千克": "1", "公斤": "1", "kg": "1", "㎏": "1", "斤": "0.5", "克": "0.001", "吨": "1000", "t": "1000"},
    (QuantityKind.MEASURE, "千瓦时"): {"千瓦时": "1", "度": "1", "kWh": "1"},
    (QuantityKind.COUNT, "人"): {"人": "1", "名": "1"},
    (QuantityKind.COUNT, "人次"): {"人次": "1"},
}  # fmt: skip
_COUNTED = re.split(
    r"\s+",
    "家 个 次 场 项 户 套 位 件 份 条 篇 期 批 批次 台 辆 艘 座 栋 间 处 所 户次 例 起 宗 笔 张 本 册 部 门 种 类 支 只 头 "
    "株 棵 片 块 面 根 盏 组 队 班 届 轮 幅 桌 床 村 镇 县 乡 社区 家次 场次 人日 人天 口 孔 眼 盘 对 双 幢 列 "
    "架 枚 颗 尾 羽 车次 单 学时 课时 床位 人份 例次 剂 剂次 集 首 节 堂 名额",
)
_SCALES = {
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}

UNITS: dict[str, MeasureUnit] = {
    word: MeasureUnit(name, kind, Decimal(factor))
    for (kind, name), words in _FAMILIES.items()
    for word, factor in words.items()
}
UNITS |= {word: MeasureUnit(word, QuantityKind.COUNT, Decimal(1)) for word in _COUNTED if word not in UNITS}
_SCALED = [word for word, unit in UNITS.items() if unit.kind in (QuantityKind.COUNT, QuantityKind.MEASURE)]
_SINGLE = [*UNITS, *_SCALES]
UNITS |= {
    scale + word: MeasureUnit(UNITS[word].name, UNITS[word].kind, UNITS[word].factor * size)
    for scale, size in _SCALES.items()
    for word in _SCALED
    if scale + word not in UNITS
}
UNITS |= {scale: MeasureUnit("", QuantityKind.BARE, Decimal(size)) for scale, size in _SCALES.items()}

_PEOPLE, _VISITS, _HOUSEHOLDS, _TIMES = ({"人", "位", "名额"}, {"人次"}, {"户"}, {"次", "场次", "户次", "家次"})
_THINGS = set("家处座台套栋间辆所幢艘架株棵头只盏床")
_OTHERS = (
    (_PEOPLE, _VISITS | _HOUSEHOLDS | _TIMES | _THINGS),
    (_HOUSEHOLDS, _VISITS | _TIMES),
    (_THINGS | {"个"}, _TIMES | _VISITS),
)


def other_things(one: str, other: str) -> bool:
    """Whether two measure words count what cannot be the same: 户 and 人, 个 and 次. 个, 家 and 项 may well be."""
    return any((one in these and other in those) or (other in these and one in those) for these, those in _OTHERS)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


# A pattern for any unit, the longest first; a thousand words written out would be most of what importing this costs.
WORDS = f"(?:{_any_of(_SCALES)}{_any_of(_SCALED)}|{_any_of(_SINGLE)})"
_WORDS = re.compile(WORDS)
# A measure word that only begins another word is none: 成 of 5成本, 处 of 3处理.
_BEGINS = {
    "成": "为本品功立绩效果员长交年熟都",
    "分": "别类析开配布解级局公",
    "部": "分署",
    "方": "案面式法",
    "处": "理置罚方",
    "所": "有在以",
    "本": "级年市单部",
    "家": "庭属",
    "班": "子",
    "面": "积对向",
    "个": "人体税",
    "名": "称",
    "点": "击评",
    "单": "位",
    "里": "面",
    "对": "应比照",
    "日": "常",
    "级": "财预",
}


def unit_at(text: str, start: int) -> tuple[MeasureUnit, int]:
    """The longest unit at ``start`` of a folded text (one blank before it is allowed), and where it ends; else BARE, ``start``."""
    match = _WORDS.match(text, start + (text[start : start + 1] == " "))
    if match is None:
        return BARE, start
    word, end = match.group(), match.end()
    if end < len(text) and text[end] in _BEGINS.get(word[-1], ""):
        shorter = UNITS.get(word[:-1])
        return (shorter, end - 1) if shorter else (BARE, start)
    return UNITS[word], end
