"""Rises and falls: in percent, in points, in times, and as an amount, where both amounts are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxeval.narrative.amounts import Range, alike, loosely, plain, told, written
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.slips import Slip, any_rough
from xlsxeval.narrative.times import names_year, year_at
from xlsxeval.narrative.words import is_rough
from xlsxeval.quantities import QuantityKind

LAST = r"(?:20\d\d年度?|上年度?|去年|上一年度?)"
_RISE = "增长|增加|上升|提高|提升|增幅|多|扩大"
_FALL = "下降|减少|降低|压减|压缩|降幅|节约|少|缩减|下调|缩短"
VERB = rf"(?:{_RISE}|(?P<less>{_FALL}))(?:支出|幅度|率)?(?:了|为|达)?[：:]?\s*"
ALSO = re.compile(
    rf"[，,、\s]*(?:支出|比例|同比|相比[，,]?|(?:(?:较|比){LAST}|较之|净|共)(?:同期)?[，,]?)*(?:实现|有所)?{VERB}"
)
_THAN_LAST = re.compile(rf"[，,、\s]*(?:比|较|同比|与)(?:{LAST})?(?:同期|决算数?|支出数?)?(?:相比[，,]?)?(?:净)?{VERB}")
_THAN = re.compile(rf"[，,、\s]*(?:比|较|与|同|而){LAST}(?:同期|决算|支出|实际|执行|完成|数|的|为)*\s*")
_FROM = re.compile(r"(?:从|由)[^，,。；;]{0,14}$")
_TO = re.compile(
    rf"[^，,。；;\d]{{0,8}}?(?:{_RISE}|{_FALL})(?:到|至|为)\s{{0,9}}(?:了)?(?:{LAST}|本年度?|今年)?的?\s{{0,9}}"
)
_OF = re.compile(r"[，,、\s]*(?:是|为|相当于|达到?)" + LAST + r"(?:同期|决算|支出|数|的)*\s*")
_DOUBLED = re.compile(r"[，,、\s]*(?:增长|实现|总量|支出)*(?:了)?(?:翻了?一?番|翻了?一倍)(?!以上|多|有余)")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amounts of two years, the later one perhaps told by the difference; ``last`` is the last figure that belongs to them."""

    old: Figure | None
    new: Figure
    last: Figure
    difference: Figure | None = None
    falls: bool = False

    def amounts(self, *, less: bool) -> tuple[Range, Range, Decimal, Decimal]:
        """The earlier amount and the change in the direction told, each as a range, then each as a value."""
        new, new_value = written(self.new.quantity), self.new.quantity.value
        if self.old is not None:
            old, old_value = written(self.old.quantity), self.old.quantity.value
            return (
                old,
                old - new if less else new - old,
                old_value,
                old_value - new_value if less else new_value - old_value,
            )
        assert self.difference is not None
        change, value = written(self.difference.quantity), self.difference.quantity.value
        return new + change if less else new - change, change, new_value + value if less else new_value - value, value


def wrong_changes(passage: Passage, year: int) -> Iterator[Slip]:
    """Every rise and fall that does not follow from the two amounts beside it."""
    figures = passage.figures
    for number in range(2, len(figures) + 1):
        figure = figures[number] if number < len(figures) else None
        start, _ = passage.sentence_at(figures[number - 1].start)
        near = tuple(one for one in figures[max(0, number - 3) : number] if one.start >= start)
        pair = _pair_before(passage, near, year)
        if pair is None or any_rough(passage, [one for one in (pair.old, pair.new, pair.difference) if one]):
            continue
        yield from _doubled(passage, pair, figure)
        if figure is not None:
            yield from _told(passage, pair, figure)


def _pair_before(passage: Passage, near: Sequence[Figure], year: int) -> Pair | None:
    """The two amounts that the last figures before a place give, in whatever order they are told."""
    if len(near) >= 3 and alike(near[-2].quantity, near[-1].quantity):
        pair = _pair(passage, near[-3], near[-2], year)
        if pair and pair.old and ALSO.fullmatch(passage.text, near[-2].end, near[-1].start):
            return replace(pair, last=near[-1])
    return _pair(passage, near[-2], near[-1], year) if len(near) >= 2 else None


def _pair(passage: Passage, first: Figure, second: Figure, year: int) -> Pair | None:
    if not alike(first.quantity, second.quantity):
        return None
    between = passage.text[first.end : second.start]
    if _FROM.search(first.label) and _TO.fullmatch(between):
        return Pair(first, second, second)
    if _THAN.fullmatch(between) or _OF.fullmatch(between):
        return Pair(second, first, second)
    if difference := _THAN_LAST.fullmatch(between):
        return Pair(None, first, second, second, difference["less"] is not None)
    years = year_at(passage, first.start, year), year_at(passage, second.start, year)
    if years == (year - 1, year) and names_year(passage, second.start) and "，" in between:
        return Pair(first, second, second)
    return None


def _told(passage: Passage, pair: Pair, figure: Figure) -> Iterator[Slip]:
    """What stands right behind the pair: the change in percent, in points, in times, or as an amount."""
    also = ALSO.fullmatch(passage.text, pair.last.end, figure.start)
    kind, shares = figure.quantity.kind, pair.new.quantity.kind is QuantityKind.SHARE
    if kind is QuantityKind.MULTIPLE and passage.text[pair.last.end : figure.start].strip() == "的":
        ratio = None if pair.old is None else written(pair.old.quantity)
        if (
            ratio is not None
            and ratio.low > 0
            and not (written(pair.new.quantity) / ratio).meets(loosely(figure.quantity))
        ):
            assert pair.old is not None
            yield _slip(passage, figure, _times(pair.new.quantity.value / pair.old.quantity.value), pair)
        return
    if also is None or figure.quantity.value <= 0 or _is_open(passage, figure):
        return
    less = also["less"] is not None
    old, change, old_value, value = pair.amounts(less=less)
    if pair.old is None and (less != pair.falls or shares):
        return
    if kind is QuantityKind.POINT and shares:
        if not Range(change.low * 100, change.high * 100).meets(loosely(figure.quantity)):
            yield _slip(passage, figure, f"{plain(value * 100)}个百分点", pair)
    elif kind is QuantityKind.SHARE and old.low > 0:
        ways = [_over(change, old), change] if shares else [_over(change, old)]
        if not any(way.meets(loosely(figure.quantity)) for way in ways):
            yield _slip(passage, figure, told(value / old_value, "1"), pair, f"{plain(value)} ÷ {plain(old_value)} = ")
    elif kind is QuantityKind.MULTIPLE and old.low > 0 and pair.old is not None:
        ways = [_over(change, old), written(pair.new.quantity) / old]  # 增长2倍 is said of both
        if not any(way.meets(loosely(figure.quantity)) for way in ways):
            yield _slip(passage, figure, _times(value / old_value), pair)
    elif not shares and pair.old and pair.last in (pair.old, pair.new) and _differs(figure, pair, change):
        yield _slip(passage, figure, told(value, figure.quantity.unit), pair)


def _differs(figure: Figure, pair: Pair, change: Range) -> bool:
    """Whether a figure in the pair's own unit is not the difference of the two."""
    return alike(figure.quantity, pair.new.quantity) and not change.meets(written(figure.quantity))


def _is_open(passage: Passage, figure: Figure) -> bool:
    """Whether a figure is told as roughly so; 3个百分点 is not."""
    return figure.quantity.kind is not QuantityKind.POINT and is_rough(passage.text, figure.start, figure.end)


def _over(change: Range, old: Range) -> Range:
    return change / old if change.low >= 0 else Range(change.low / old.low, change.high / old.low)


def _times(value: Decimal) -> str:
    return f"{plain(value.quantize(Decimal('0.01')))}倍"


def _doubled(passage: Passage, pair: Pair, behind: Figure | None) -> Iterator[Slip]:
    """由100万元增加到150万元，翻了一番: less than nine tenths of that is no doubling."""
    match = _DOUBLED.match(passage.text, pair.last.end)
    if match is None or pair.old is None or (behind is not None and match.end() > behind.start):
        return
    old, new = pair.old.quantity.value, pair.new.quantity.value
    if old > 0 and new / old < Decimal("1.9"):
        working = f"{pair.new.quantity.text} ÷ {pair.old.quantity.text} = {_times(new / old)}"
        said = match.group().strip("，,、 ")
        yield Slip("change", passage, match.start(), match.end(), "不到一倍", said, _times(new / old), working)


def _slip(passage: Passage, figure: Figure, expected: str, pair: Pair, how: str = "") -> Slip:
    working = (
        f"{how}{expected}"
        if how or pair.old is None
        else f"{pair.old.quantity.text} → {pair.new.quantity.text}：{expected}"
    )
    what = "增减的幅度算得不对"
    return Slip("change", passage, figure.start, figure.end, what, figure.quantity.text, expected, working)
