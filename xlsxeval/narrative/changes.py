"""Rises and falls: in percent, in points, in times, and as an amount, where both amounts are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxeval.narrative.amounts import Range, alike, loosely, plain, told, written
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.slips import Slip, any_rough
from xlsxeval.narrative.times import names_year, year_at
from xlsxeval.narrative.words import is_rough
from xlsxeval.quantities import QuantityKind

_LAST = r"(?:20\d\d年度?|上年度?|去年|上一年度?)"
_RISE = "增长|增加|上升|提高|提升|增幅|多|扩大"
_FALL = "下降|减少|降低|压减|压缩|降幅|节约|少|缩减|下调|缩短"
_VERB = rf"(?:{_RISE}|(?P<less>{_FALL}))(?:支出|幅度|率)?(?:了|为|达)?[：:]?\s*"
_ALSO = re.compile(
    rf"[，,、\s]*(?:支出|比例|同比|相比[，,]?|(?:(?:较|比){_LAST}|较之|净|共)(?:同期)?[，,]?)*(?:实现|有所)?{_VERB}"
)
_THAN_LAST = re.compile(
    rf"[，,、\s]*(?:比|较|同比|与)(?:{_LAST})?(?:同期|决算数?|支出数?)?(?:相比[，,]?)?(?:净)?{_VERB}"
)
_THAN = re.compile(rf"[，,、\s]*(?:比|较|与|同|而){_LAST}(?:同期|决算|支出|实际|执行|完成|数|的|为)*\s*")
_FROM = re.compile(r"(?:从|由)[^，,。；;]{0,14}$")
_TO = re.compile(rf"[^，,。；;\d]{{0,8}}?(?:{_RISE}|{_FALL})(?:到|至|为)\s*(?:了)?(?:{_LAST}|本年度?|今年)?的?\s*")
_OF = re.compile(r"[，,、\s]*(?:是|为|相当于|达到?)" + _LAST + r"(?:同期|决算|支出|数|的)*\s*")
_DOUBLED = re.compile(r"[，,、\s]*(?:增长|实现|总量|支出)*(?:了)?(?:翻了?一?番|翻了?一倍)(?!以上|多|有余)")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amounts of two years; ``delta`` the difference where it is told as well, and whether as a fall."""

    old: Figure
    new: Figure
    last: Figure
    delta: Figure | None = None
    falls: bool = False


def wrong_changes(passage: Passage, year: int) -> Iterator[Slip]:
    """Every rise and fall that does not follow from the two amounts beside it."""
    figures = passage.figures
    for number, figure in enumerate(figures):
        if number == 0:
            continue
        start, _ = passage.sentence_at(figure.start)
        near = tuple(one for one in figures[max(0, number - 3) : number] if one.start >= start)
        yield from _difference(passage, near, figure)
        for pair in _pairs(passage, near, year):
            yield from _doubled(passage, pair, figure)
            yield from _told(passage, pair, figure)
            break
    if len(figures) > 1:
        for pair in _pairs(passage, figures[-3:], year):
            yield from _doubled(passage, pair, None)
            break


def _pairs(passage: Passage, near: Sequence[Figure], year: int) -> Iterator[Pair]:
    """The two amounts that the figures right before a place give, in whatever order they are told; the surest first."""
    text = passage.text
    if len(near) >= 3 and alike(near[-3].quantity, near[-2].quantity) and alike(near[-2].quantity, near[-1].quantity):
        if _ALSO.fullmatch(text, near[-2].end, near[-1].start) and _THAN.fullmatch(text, near[-3].end, near[-2].start):
            yield Pair(near[-2], near[-3], near[-1])
    if len(near) < 2 or not alike(near[-2].quantity, near[-1].quantity):
        return
    first, second = near[-2], near[-1]
    between = text[first.end : second.start]
    if _FROM.search(first.label) and _TO.fullmatch(between):
        yield Pair(first, second, second)
    elif _THAN.fullmatch(between) or _OF.fullmatch(between):
        yield Pair(second, first, second)
    elif delta := _THAN_LAST.fullmatch(between):
        yield Pair(second, first, second, second, delta["less"] is not None)
    elif names_year(passage, second.start) and "，" in between:
        years = year_at(passage, first.start, year), year_at(passage, second.start, year)
        if years == (year - 1, year):
            yield Pair(first, second, second)


def _difference(passage: Passage, near: Sequence[Figure], figure: Figure) -> Iterator[Slip]:
    """227.75万元，比上年200万元增加37.75万元: the difference is told as an amount of the same unit."""
    if len(near) < 2 or not (alike(near[-1].quantity, near[-2].quantity) and alike(near[-1].quantity, figure.quantity)):
        return
    new, old = near[-2], near[-1]
    verb = _ALSO.fullmatch(passage.text, old.end, figure.start)
    if verb is None or not _THAN.fullmatch(passage.text, new.end, old.start) or any_rough(passage, (new, old, figure)):
        return
    if old.quantity.kind is QuantityKind.SHARE:
        return
    sign = -1 if verb["less"] else 1
    right = written(new.quantity) - written(old.quantity) if sign > 0 else written(old.quantity) - written(new.quantity)
    if not right.meets(written(figure.quantity)):
        value = sign * (new.quantity.value - old.quantity.value)
        yield _slip(passage, figure, told(value, figure.quantity.unit), f"{new.quantity.text} 与 {old.quantity.text}")


def _told(passage: Passage, pair: Pair, figure: Figure) -> Iterator[Slip]:
    """A share, points or times right behind the pair."""
    quantity = figure.quantity
    rough = any_rough(passage, (pair.old, pair.new)) or is_rough(passage.text, figure.start, figure.end)
    points = quantity.kind is QuantityKind.POINT
    if (rough and not points) or quantity.kind not in (QuantityKind.SHARE, QuantityKind.POINT, QuantityKind.MULTIPLE):
        return
    also = _ALSO.fullmatch(passage.text, pair.last.end, figure.start)
    times = quantity.kind is QuantityKind.MULTIPLE and passage.text[pair.last.end : figure.start].strip() == "的"
    if (also is None and not times) or quantity.value <= 0:
        return
    less = also is not None and also["less"] is not None
    if pair.delta is not None and (less != pair.falls or pair.old.quantity.kind is QuantityKind.SHARE):
        return
    old, change, old_value, change_value = _amounts(pair, less=less)
    shares = pair.old.quantity.kind is QuantityKind.SHARE
    if points != shares and points:
        return
    if points:
        if not Range(change.low * 100, change.high * 100).meets(loosely(quantity)):
            right = f"{plain(change_value * 100)}个百分点"
            yield _slip(passage, figure, right, f"{pair.new.quantity.text} 与 {pair.old.quantity.text}")
        return
    if old.low <= 0:
        return
    accepted = [change / old] if change.low >= 0 else [Range(change.low / old.low, change.high / old.low)]
    if quantity.kind is QuantityKind.MULTIPLE:
        accepted = [written(pair.new.quantity) / old] if times else [*accepted, written(pair.new.quantity) / old]
    if shares:
        accepted.append(change)
    if any(one.meets(loosely(quantity)) for one in accepted):
        return
    value = change_value / old_value
    if quantity.kind is QuantityKind.MULTIPLE:
        ratio = pair.new.quantity.value / old_value if times else value
        yield _slip(passage, figure, f"{plain(ratio.quantize(Decimal('0.01')))}倍", "")
        return
    yield _slip(passage, figure, told(value, "1"), f"{plain(change_value)} ÷ {plain(old_value)}")


def _amounts(pair: Pair, *, less: bool) -> tuple[Range, Range, Decimal, Decimal]:
    """The earlier amount and the change in the direction that is told, as ranges and as values."""
    new, new_value = written(pair.new.quantity), pair.new.quantity.value
    if pair.delta is not None:
        change, change_value = written(pair.delta.quantity), pair.delta.quantity.value
        old = new + change if less else new - change
        return old, change, new_value + change_value if less else new_value - change_value, change_value
    old, old_value = written(pair.old.quantity), pair.old.quantity.value
    sign = -1 if less else 1
    return old, old - new if less else new - old, old_value, sign * (new_value - old_value)


def _doubled(passage: Passage, pair: Pair, behind: Figure | None) -> Iterator[Slip]:
    """由100万元增加到150万元，翻了一番: less than nine tenths of that is no doubling."""
    match = _DOUBLED.match(passage.text, pair.last.end)
    if match is None or pair.delta is not None or (behind is not None and match.end() > behind.start):
        return
    old, new = pair.old.quantity.value, pair.new.quantity.value
    if old > 0 and new / old < Decimal("1.9"):
        ratio = f"{plain((new / old).quantize(Decimal('0.01')))}倍"
        what, working = "不到一倍", f"{pair.new.quantity.text} ÷ {pair.old.quantity.text} = {ratio}"
        yield Slip("change", passage, match.start(), match.end(), what, match.group().strip("，,、 "), ratio, working)


def _slip(passage: Passage, figure: Figure, expected: str, working: str) -> Slip:
    shown = figure.quantity.text
    line = f"{working} = {expected}" if "÷" in working else f"{working}相差 {expected}" if working else expected
    return Slip("change", passage, figure.start, figure.end, "增减的幅度算得不对", shown, expected, line)
