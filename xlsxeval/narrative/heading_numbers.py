"""The numbers of headings and points: whether each follows from the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.narrative.counts import ordinal

_HAN = "[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?"
_MARK = re.compile(
    rf"(?:^|(?<=[\r\n]))[ \u3000\t]*(?:(?P<chapter>{_HAN})[、．.](?!\d)"
    rf"|[（(](?P<section>{_HAN})[)）]|(?P<item>\d{{1,2}})[.．、](?!\d)|[（(](?P<point>\d{{1,2}})[)）])"
    rf"|(?:^|(?<=[。；;！？：:\r\n\s]))(?P<inline>{_HAN})是"
)
_NUMERAL = re.compile("[一二三四五六七八九十]")
_DEEPEST = 12
"""Levels that are kept in mind; no text has more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One number of a heading or a point: where it stands, its style, its value.

    A doubtful one may be part of the words: 一、二级窗口 is no heading, 二、一般公共预算 is one.
    """

    start: int
    text: str
    style: str
    number: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Misnumbered:
    """A mark that does not follow from the last one of its style; ``twice`` where it is the same number again."""

    mark: Mark
    before: Mark

    @property
    def twice(self) -> bool:
        return self.mark.number == self.before.number


def marks(text: str) -> Iterator[Mark]:
    """一、 （一） 1. （1） at the beginning of lines, and 一是 anywhere."""
    for match in _MARK.finditer(text):
        style = match.lastgroup or ""
        number = int(match[style]) if match[style].isdigit() else _number(match[style])
        doubtful = style == "chapter" and _NUMERAL.match(text, match.end()) is not None
        yield Mark(match.start(), match.group().strip(), style, number, doubtful)


def _number(text: str) -> int:
    """``十二`` → 12, ``二十`` → 20, ``一十一`` → 11."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return ordinal(text)
    return 10 * (ordinal(tens) if tens else 1) + (ordinal(ones) if ones else 0)


def misnumbered(text: str) -> Iterator[Misnumbered]:
    """Every mark that is out of its turn. A list may begin again with 1 wherever it likes, and may lie in another.

    A doubtful mark counts where it is in its turn, and nowhere else.
    """
    open_lists: list[Mark] = []
    for mark in marks(text):
        same = [index for index, other in enumerate(open_lists) if other.style == mark.style]
        follows = [index for index in same if open_lists[index].number == mark.number - 1]
        if follows:
            del open_lists[follows[-1] :]
        elif mark.doubtful:
            continue
        elif same and mark.number != 1:
            before = open_lists[same[-1]]
            if not (before.doubtful and before.number == mark.number):
                yield Misnumbered(mark, before)
            del open_lists[same[-1] :]
        open_lists = [*open_lists[-_DEEPEST:], mark]
