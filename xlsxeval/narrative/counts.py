"""Counts that a text gives of its own lists: 内设股室6个：…、…, 以下三项措施：一是……二是……"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.slips import Slip
from xlsxeval.narrative.words import is_rough
from xlsxeval.quantities import QuantityKind

_LIST = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6})?[，,]?\s*(?:分别(?:是|为)|即|具体(?:是|为))?[：:]\s*|[，,]?\s*分别(?:是|为)\s*"
)
_ENDS = re.compile(r"[。；;！？!?：:]|$")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]|《[^《》]*》|“[^“”]*”")
_OPEN_LIST = re.compile(r"等|[…]|其他|其中|\d|共|为主")
_AND = re.compile(r"和|及|与")
_FIRST = re.compile(r"(?:[\u4e00-\u9fff]{0,8})?[：:，,。]?\s*一是")
_IS = re.compile(r"(?:^|[。；;，,：:！？!?\s])(?P<number>[一二三四五六七八九]|十[一二三四五六七八九]?)是")
_NUMERALS = "一二三四五六七八九"


def ordinal(text: str) -> int:
    """``一`` → 1, ``十二`` → 12; for numerals up to 十九."""
    if text.startswith("十"):
        return 10 + (_NUMERALS.index(text[1]) + 1 if len(text) > 1 else 0)
    return _NUMERALS.index(text) + 1


def wrong_counts(passage: Passage) -> Iterator[Slip]:
    """Every number of things that is not the number of those listed right behind it."""
    for figure in passage.figures:
        if figure.quantity.kind is not QuantityKind.COUNT or is_rough(passage.text, figure.start, figure.end):
            continue
        yield from _named(passage, figure)
        yield from _ordered(passage, figure)


def _named(passage: Passage, figure: Figure) -> Iterator[Slip]:
    """内设股室6个，分别为：甲、乙、丙: names between 、 and nothing else."""
    opening = _LIST.match(passage.text, figure.end)
    if opening is None:
        return
    closing = _ENDS.search(passage.text, opening.end(), opening.end() + 600)
    if closing is None:
        return
    listed = _BRACKETS.sub("", passage.text[opening.end() : closing.start()])
    names = [name for name in listed.split("、") if name.strip()]
    if len(names) < 2 or _OPEN_LIST.search(listed) or "，" in listed or "," in listed:
        return
    least, most = len(names), len(names) + sum(1 for name in names if _AND.search(name))
    yield from _unless(least <= figure.quantity.value <= most, passage, figure, len(names), "、".join(names))


def _ordered(passage: Passage, figure: Figure) -> Iterator[Slip]:
    """三项措施：一是……二是……三是……: an unbroken count from 一是 on, which begins right behind the figure."""
    first = _FIRST.match(passage.text, figure.end)
    if first is None:
        return
    points = _points(passage.text)
    number = 0
    for _, point in points[bisect_left(points, (first.end() - 2, 0)) :]:
        if point != number + 1:
            return
        number += 1
    if number > 1:
        yield from _unless(figure.quantity.value == number, passage, figure, number, "一是、二是……")


@lru_cache(maxsize=16)
def _points(text: str) -> list[tuple[int, int]]:
    """Where 一是, 二是, … stand, and which."""
    return [(match.start("number"), ordinal(match["number"])) for match in _IS.finditer(text)]


def _unless(right: bool, passage: Passage, figure: Figure, number: int, listed: str) -> Iterator[Slip]:
    if right:
        return
    unit = figure.quantity.unit
    shown = figure.quantity.text
    working = f"后面列出的有 {number} {unit}：{listed[:60]}"
    yield Slip("count", passage, figure.start, figure.end, "与后面列出的个数不等", shown, f"{number}{unit}", working)
