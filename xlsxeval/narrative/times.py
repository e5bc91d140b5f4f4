"""Which year a place in a text speaks of, and whether of a whole one."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from xlsxeval.narrative.passage import Passage

_LAST = "上年度|上年|去年|上一年度|上一年"
_YEAR = re.compile(
    r"(?P<span>20\d\d年?\s?[-—–~～至到]\s?20\d\d年|十[一二三四五]五|[近前上][两二三四五十几]年|近年来|[两二三四五]年(?:来|间))"
    rf"|(?P<compared>较|比|与|和|同|对比|相比)?(?:(?P<number>20\d\d)\s*年|(?P<last>{_LAST})"
    r"|(?P<this>本年|今年|当年)|(?P<whole>全年|年末)|(?P<next>明年|下一年|下年|来年|次年|下一步|下阶段)|(?P<other>往年|历年|以前年度|同期))"
)
_TITLE = re.compile(r"《[^》]{0,80}》|[〔\[]20\d\d[〕\]]")
_PART = re.compile(
    r"(?:截至|截止到?)(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:底|末|份|(?P<day>\d{1,2})日)?"
    r"|(?:(?P<year2>20\d\d)年)?(?<!\d)1月?\s?[-—–~～至到]\s?(?P<last>\d{1,2})月份?|前[一两二三]个?季度"
    r"|(?:截至|截止到?)(?:(?P<year3>20\d\d)年)?(?:第?[一二三]季度|上半年|年中)末?|前(?:[2-9]|1[01]|[二三四五六七八九十]|十一)个月"
)

_WHOLE = re.compile(r"全年|年底|年末|12月")


def year_at(passage: Passage, offset: int, year: int) -> int | None:
    """The year that a place speaks of: ``year`` where the text says nothing else, None where that cannot be told.

    The last year that was named counts. One that is only compared with (较上年) holds no farther than its clause.
    """
    clause = passage.clause_start(offset)
    sentence, _ = passage.sentence_at(offset)
    mentions = _mentions(passage.text)
    of_some_year = False
    for number in range(bisect_left(mentions, offset, key=lambda one: one.start()) - 1, -1, -1):
        match = mentions[number]
        if of_some_year and (match.start() < sentence or match["last"]):
            return year
        if match["compared"] and match.start() < clause:
            continue
        if match["whole"]:  # 2022年年初预算350万元，全年预算360万元
            of_some_year = True
            continue
        if match["compared"] or match["next"] or match["other"] or match["span"]:
            return None
        if match["last"]:
            return year - 1
        return int(match["number"]) if match["number"] else year
    return year


def names_year(passage: Passage, offset: int) -> bool:
    """Whether the sentence names some year before that place."""
    start, _ = passage.sentence_at(offset)
    mentions = _mentions(passage.text)
    first = bisect_left(mentions, start, key=lambda one: one.start())
    return first < len(mentions) and mentions[first].start() < offset


@lru_cache(maxsize=16)
def _mentions(text: str) -> tuple[re.Match[str], ...]:
    """The years that a text names, those in titles and numbers of documents aside."""
    return tuple(_YEAR.finditer(_TITLE.sub(lambda match: " " * len(match.group()), text)))


def parts_of_year(passage: Passage, year: int) -> list[tuple[int, int]]:
    """Where the text counts only a part of the year: 截至11月底, 1-10月, 前三季度."""
    return [match.span() for match in _parts(passage.text) if _is_part(match, year)]


def figures_of_part(passage: Passage, year: int) -> list[tuple[int, int]]:
    """The spans of parts of a year that are followed by an amount in a sentence that does not state the whole year."""
    found = []
    for start, end in parts_of_year(passage, year):
        _, last = passage.sentence_at(start)
        if passage.figures_in(end, last) and not _WHOLE.search(passage.text, end, last):
            found.append((start, end))
    return found


@lru_cache(maxsize=16)
def _parts(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_PART.finditer(text))


def _is_part(match: re.Match[str], year: int) -> bool:
    named = match["year"] or match["year2"] or match["year3"]
    if named and int(named) != year:
        return False
    month = int(match["month"] or match["last"] or 9)
    if not 1 <= month <= 12:
        return False
    return month < 12 or (match["day"] is not None and int(match["day"]) < 31)
