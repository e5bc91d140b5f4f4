"""Shares, rates, rises and falls in percent, where the text gives what they are worked out from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxeval.narrative.amounts import Range, alike, loosely, plain, told, written
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.slips import Slip, any_rough
from xlsxeval.narrative.statements import Statement
from xlsxeval.narrative.times import names_year, year_at
from xlsxeval.narrative.words import ends_naming, is_rough, only_leads, without_noise
from xlsxeval.quantities import Quantity, QuantityKind

_SHARE_OF = re.compile(
    r"占(?P<whole>[^，,。；;、（(：:]{1,24}?)的?(?:比例|比重|比率|百分比)?(?:为|达到|达|是)?[：:]?\s*$"
)
_RATE = re.compile(r"(?:预算)?(?:资金)?(?:执行率|支出率|支付率|使用率)(?:为|达到|达|是)?[：:]?\s*$")
_BUDGET = re.compile(r"预算(?!支出)|下达|到位|收到|安排")
_SPENT = re.compile(r"支出|执行|使用|支付")
_ALSO = re.compile(
    r"[，,、\s]*(?:支出|比例|同比|(?:较|比)(?:上年度?|去年|上一年度?))*"
    r"(?:增长|增加|上升|提高|增幅|(?P<less>下降|减少|降低|压减|压缩|降幅))(?:了|为|幅度|率)*[：:]?\s*"
)
_THAN_LAST = re.compile(
    r"[，,、\s]*(?:比|较|同比)(?:20\d\d年度?|上年度?|去年|上一年度?)?(?:同期|决算数?)?"
    r"(?:增加|增长|多|(?P<less>减少|下降|压缩|压减|节约|少))(?:支出)?了?\s*"
)
_FROM = re.compile(r"(?:从|由)[^，,。；;]{0,12}")
_TO = re.compile(r"[^，,。；;\d]{0,8}?(?:增加|增长|上升|提高|减少|下降|降低|压减|压缩)(?:到|至|为)\s*")


def wrong_shares(passages: Sequence[Passage], stated: Sequence[Statement], year: int) -> Iterator[Slip]:
    """Every percentage that does not follow from the amounts it is a share, a rate or a change of."""
    for passage in passages:
        for number, figure in enumerate(passage.figures):
            if figure.quantity.kind is not QuantityKind.SHARE or is_rough(passage.text, figure.start, figure.end):
                continue
            before = passage.figures[max(0, number - 8) : number]
            start, _ = passage.sentence_at(figure.start)
            near = tuple(one for one in before if one.start >= start)
            yield from _share(passage, figure, near, stated, year)
            yield from _rate(passage, figure, near)
            yield from _change(passage, figure, near, year)


def _share(
    passage: Passage, figure: Figure, near: Sequence[Figure], stated: Sequence[Statement], year: int
) -> Iterator[Slip]:
    """基本支出608.81万元，占总支出的7.38%: of a whole that the text states, of the same year, and only with one value."""
    words = _SHARE_OF.search(passage.text, max(0, figure.start - 40), figure.start)
    if words is None or not near or passage.text.count("，", near[-1].end, words.start()) > 1:
        return
    part = near[-1]
    if any_rough(passage, (part,)):
        return
    phrases = {phrase for one in stated for phrase in one.claim.phrases}
    named = ends_naming(without_noise(words["whole"]), phrases, max(map(len, phrases), default=0))
    if named is None or not only_leads(named[1], ()) or year_at(passage, figure.start, year) != year:
        return
    wholes = {
        one.figure.quantity.value: one.figure.quantity
        for one in stated
        if named[0] in one.claim.phrases and not one.claim.previous and alike(one.figure.quantity, part.quantity)
    }
    if len(wholes) == 1:
        (whole,) = wholes.values()
        yield from _off(passage, figure, part.quantity, whole, f"占{named[0]}的比例算得不对")


def _rate(passage: Passage, figure: Figure, near: Sequence[Figure]) -> Iterator[Slip]:
    """预算100万元，支出90万元，执行率90%: exactly one budget and one spending in the sentence."""
    if not _RATE.search(passage.text, max(0, figure.start - 20), figure.start):
        return
    money = [one for one in near if one.quantity.kind is QuantityKind.MONEY]
    budgets = [one for one in money if _BUDGET.search(one.label) and not _SPENT.search(one.label)]
    spent = [one for one in money if _SPENT.search(one.label) and not _BUDGET.search(one.label)]
    if len(money) == 2 and len(budgets) == len(spent) == 1 and not any_rough(passage, money):
        yield from _off(passage, figure, spent[0].quantity, budgets[0].quantity, "执行率算得不对")


def _change(passage: Passage, figure: Figure, near: Sequence[Figure], year: int) -> Iterator[Slip]:
    """120万元，比上年增加20万元，增长20%; 从100万元增加到120万元，增长20%; 2023年100万元，2024年120万元，增长20%."""
    if len(near) < 2 or not alike(near[-1].quantity, near[-2].quantity):
        return
    first, second = near[-2], near[-1]
    also = _ALSO.fullmatch(passage.text, second.end, figure.start)
    if also is None or any_rough(passage, (first, second)):
        return
    less = also["less"] is not None
    delta = _THAN_LAST.fullmatch(passage.text, first.end, second.start)
    if delta is not None:
        if less == (delta["less"] is not None):
            now, change = written(first.quantity), written(second.quantity)
            earlier = now + change if less else now - change
            value = first.quantity.value + (second.quantity.value if less else -second.quantity.value)
            if earlier.low > 0:
                yield from _changed(passage, figure, change / earlier, second.quantity.value, value)
        return
    between = passage.text[first.end : second.start]
    from_to = _FROM.search(first.label) is not None and _TO.fullmatch(between) is not None
    years = year_at(passage, first.start, year), year_at(passage, second.start, year)
    if from_to or (years == (year - 1, year) and names_year(passage, second.start) and "，" in between):
        old, new = written(first.quantity), written(second.quantity)
        value = second.quantity.value - first.quantity.value
        if old.low > 0:
            found = (old - new if less else new - old) / old
            yield from _changed(passage, figure, found, -value if less else value, first.quantity.value)


def _changed(passage: Passage, figure: Figure, found: Range, change: Decimal, earlier: Decimal) -> Iterator[Slip]:
    if figure.quantity.value <= 0 or found.meets(loosely(figure.quantity)):
        return
    share = change / earlier
    working = f"{plain(change)} ÷ {plain(earlier)} = {told(share, '1')}"
    what = "增减的幅度算得不对"
    yield Slip("change", passage, figure.start, figure.end, what, figure.quantity.text, told(share, "1"), working)


def _off(passage: Passage, figure: Figure, part: Quantity, whole: Quantity, what: str) -> Iterator[Slip]:
    if written(whole).low <= 0 or (written(part) / written(whole)).meets(loosely(figure.quantity)):
        return
    share = part.value / whole.value
    working = f"{part.text} ÷ {whole.text} = {told(share, '1')}"
    yield Slip("share", passage, figure.start, figure.end, what, figure.quantity.text, told(share, "1"), working)
