"""Lists of parts behind 其中 and 分别: 全年培训3200人次，其中线下2100人次、线上1200人次."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.narrative.amounts import alike
from xlsxeval.narrative.kinds_of_parts import are_all, exclude_one_another
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.quantities import QuantityKind

_OF_IT = re.compile(r"[，,：:；;、]?\s*(?:其中|分为|分别(?:为|是))[：:，,]?\s*")
_JOIN = re.compile(r"\s{0,9}[、，,；;和及]\s{0,9}")
_NO_PART = re.compile(
    r"比|较|占|增|减|降|升|均|每|率|共计|合计|总计|另|此外|同时|还|预算|结余|结转|剩余|完成|达|支付|使用|发放"
)
_SAME_AS_WHOLE = re.compile(r"^(?:新增|其中|有|用于|安排|分别(?:为|是))")
_MOST = 20
"""Longer lists are tables, and no sentence."""
_EVENTS = frozenset(("人次", "户", "户次", "家次", "次", "场", "场次", "期", "批", "批次", "项"))
"""Units of what can be of several kinds at once, as people can: a visit, a course, a household."""
_LINK = re.compile(r"(?:为|共|是|有|计|[：:]){1,6}$")


def part_lists(passage: Passage) -> Iterator[tuple[Figure, list[Figure], bool]]:
    """A whole, its parts where they surely exclude one another, and whether they are all of them.

    People are parted by what they are said to be (男, 女), things by their names; 在职38人，其中党员18人、女职工15人 is no
    such list.
    """
    figures = passage.figures
    for number, last in enumerate(figures[:-1]):
        link = _OF_IT.match(passage.text, last.end)
        whole = last if link is None else _whole(passage, number)
        if link is None or whole.quantity.kind not in (QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.MEASURE):
            continue
        parts = _parts(passage, number, link.end(), whole)
        names = [
            _name(passage, part, link.end() if index == 0 else parts[index - 1].end) for index, part in enumerate(parts)
        ]
        if len(parts) < 2 or not all(names) or any(_NO_PART.search(name) for name in names):
            continue
        people = whole.quantity.unit == "人" or (whole.quantity.unit in _EVENTS and not are_all(names))
        money = whole.quantity.kind is QuantityKind.MONEY
        if exclude_one_another(names, people=people, money=money):
            yield whole, parts, are_all(names) or "分" in link.group()


def _whole(passage: Passage, number: int) -> Figure:
    """What is taken apart: the figure before 其中, or the one before that where the parts are of its unit (6期，220人次，其中4期)."""
    last, part = passage.figures[number : number + 2]
    before = passage.figures[number - 1] if number else last
    same = before.start >= passage.sentence_at(last.start)[0] and alike(before.quantity, part.quantity)
    return before if same and not alike(last.quantity, part.quantity) else last


def _parts(passage: Passage, number: int, start: int, whole: Figure) -> list[Figure]:
    """The figures right behind one another, each with a name of its own, all in the whole's unit."""
    found: list[Figure] = []
    _, last = passage.sentence_at(whole.start)
    for part in passage.figures[number + 1 : number + 1 + _MOST]:
        if part.start >= last or not alike(whole.quantity, part.quantity):
            break
        between = passage.text[start : part.start]
        if found and "其中" in between:
            return []  # a part that is itself taken apart
        if re.search(r"[，,；;。（(）)]", _JOIN.sub("", between, count=1) if found else between):
            break
        found.append(part)
        start = part.end
    return found


def _name(passage: Passage, part: Figure, start: int) -> str:
    """What a part is called, without the words that join it on."""
    name = (
        _JOIN.sub("", passage.text[start : part.start], count=1)
        if _JOIN.match(passage.text, start)
        else passage.text[start : part.start]
    )
    return _LINK.sub("", _SAME_AS_WHOLE.sub("", name.strip()).strip())
