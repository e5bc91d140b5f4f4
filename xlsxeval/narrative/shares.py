"""Shares and rates in percent, where the text or a field gives what they are worked out from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xlsxeval.forms.definition import Claim
from xlsxeval.narrative.amounts import alike, loosely, told, written
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.scope import scope_of
from xlsxeval.narrative.slips import Slip, any_rough
from xlsxeval.narrative.statements import Statement, phrases_of
from xlsxeval.narrative.subjects import TextBackground, has_other_subject
from xlsxeval.narrative.times import year_at
from xlsxeval.narrative.words import is_rough, named_by, only_leads, without_noise
from xlsxeval.quantities import Quantity, QuantityKind

Totals = Mapping[str, Sequence[Quantity]]
"""What the fields of a claim hold, by the claim's name."""

_SHARE_OF = re.compile(
    r"(?:占|完成)(?P<whole>[^，,。；;、（(：:]{1,24}?)的?(?:比例|比重|比率|百分比)?(?:为|达到|达|是)?[：:]?\s*$"
)
_OF_IT = re.compile(r"\s*的(?:比例|比重|比率)?(?:为|达到|达|是)?\s*")
_PART_OF = re.compile(r"[，,]?\s*(?:仅|只)?(?:占|完成)[^，,。；;\d]{0,12}")
_RATE = re.compile(
    r"(?:(?:预算)?(?:资金)?(?:执行率|支出率|支付率|使用率)|预算完成率|(?:完成|占)(?P<of>[^，,。；;\d]{0,6}预算)(?:总?数|总额|金额)?的?)(?:为|达到|达|是)?[：:]?\s*$"
)
_BUDGET = re.compile(r"预算(?!支出|执行)|下达|到位|收到|安排")
_INITIAL = re.compile("年初")
_YEARS_BUDGET = re.compile(r"全年|调整后|最终")
_SPENT = re.compile(r"支出|执行|使用|支付")


class Shares:
    """The percentages of a text, held against its own amounts and against the totals of the fields."""

    def __init__(
        self, stated: Sequence[Statement], claims: Sequence[Claim], totals: Totals, setting: TextBackground
    ) -> None:
        self.stated = stated
        self.totals = totals
        self.setting = setting
        self.named, self.longest = phrases_of(tuple(claim for claim in claims if not claim.previous))

    def wrong(self, passage: Passage) -> Iterator[Slip]:
        """Every percentage that does not follow from the amounts it is a share or a rate of."""
        for number, figure in enumerate(passage.figures):
            if figure.quantity.kind is not QuantityKind.SHARE or is_rough(passage.text, figure.start, figure.end):
                continue
            start, _ = passage.sentence_at(figure.start)
            near = tuple(one for one in passage.figures[max(0, number - 8) : number] if one.start >= start)
            yield from self._share(passage, figure, near)
            yield from _share_of_figure(passage, figure, near)
            yield from _rate(passage, figure, near)
            yield from _done(passage, figure, near)

    def _share(self, passage: Passage, figure: Figure, near: Sequence[Figure]) -> Iterator[Slip]:
        """基本支出608.81万元，占总支出的7.38%: of a whole with one value in the text, else of that in a field."""
        words = _SHARE_OF.search(passage.text, max(0, figure.start - 40), figure.start)
        if words is None:
            yield from _of_list(passage, figure, near)
            return
        part = self._named_part(passage, figure, words.start()) or (near[-1] if near else None)
        if part is None or passage.text.count("，", part.end, words.start()) > 1:
            return
        named = named_by(without_noise(words["whole"]), self.named, self.longest, ())
        if any_rough(passage, (part,)) or named is None or not only_leads(named[1], ()):
            return
        if year_at(passage, figure.start, self.setting.year) != self.setting.year:
            return
        wholes = self._wholes(passage, figure, part, named[0], words, near)
        if len(wholes) == 1:
            yield from _off(passage, figure, part.quantity, wholes[0], f"占{named[0]}的比例算得不对")

    def _named_part(self, passage: Passage, figure: Figure, end: int) -> Figure | None:
        """A part that is only named, with what its field holds: 公用经费占基本支出的26.67%."""
        start = passage.clause_start(end)
        named = named_by(without_noise(passage.text[start:end]), self.named, self.longest, self.setting.names)
        if named is None or not only_leads(named[1], self.setting.names) or scope_of(passage, figure):
            return None
        known = self.totals.get(self.named[named[0]][0].name, ())
        return Figure(end, end, known[0], "") if len({one.value for one in known}) == 1 else None

    def _wholes(
        self, passage: Passage, figure: Figure, part: Figure, name: str, words: re.Match[str], near: Sequence[Figure]
    ) -> list[Quantity]:
        """The values that the whole of that name has, all that the text states or else those of the fields."""
        stated = {
            one.figure.quantity.value: one.figure.quantity
            for one in self.stated
            if name in one.claim.phrases and not one.claim.previous and alike(one.figure.quantity, part.quantity)
        }
        if stated:
            return list(stated.values())
        named = [one for one in near if one.end <= part.start and one.label.endswith(name)]
        if named:
            return [one.quantity for one in named if alike(one.quantity, part.quantity)]
        if part.label and not any(one.figure is part for one in self.stated):
            return []
        begins = max(0, words.start())
        if scope_of(passage, part) or scope_of(passage, figure) or name in passage.text[:begins]:
            return []
        if has_other_subject(passage, part, name, passage.text[begins : figure.start], self.setting, None):
            return []
        known = [one for one in self.totals.get(self.named[name][0].name, ()) if alike(one, part.quantity)]
        return known[:1] if all(one.value == known[0].value for one in known) else []


_OF_A_LIST = re.compile(r"[，,]?\s*占(?:比|比例|比重)?(?:为|达到?)?[：:]?\s*")


_TAKES_APART = re.compile("其中|按[^，,。；;]{1,8}(?:划?分|分类)(?=[，,：:])")


def _of_list(passage: Passage, figure: Figure, near: Sequence[Figure]) -> Iterator[Slip]:
    """支出388万元，其中：基本支出300万元，占77.32%: the whole stands right before 其中."""
    if len(near) < 2 or not _OF_A_LIST.fullmatch(passage.text, near[-1].end, figure.start):
        return
    links = [*_TAKES_APART.finditer(passage.text, near[0].end, near[-1].start)]
    link = links[-1].start() if links else -1
    wholes = [one for one in near if one.end <= link]
    if not wholes or not alike(wholes[-1].quantity, near[-1].quantity) or any_rough(passage, (wholes[-1], near[-1])):
        return
    if passage.text[wholes[-1].end : link].strip(" ，,；;：:、"):
        return
    yield from _off(passage, figure, near[-1].quantity, wholes[-1].quantity, "占总数的比例算得不对")


def _share_of_figure(passage: Passage, figure: Figure, near: Sequence[Figure]) -> Iterator[Slip]:
    """基本支出300万元占总支出388万元的77.32%; 支出4.3万元，完成预算5万元的86%."""
    if len(near) < 2 or not alike(near[-1].quantity, near[-2].quantity) or any_rough(passage, near[-2:]):
        return
    if _OF_IT.fullmatch(passage.text, near[-1].end, figure.start) and _PART_OF.fullmatch(
        passage.text, near[-2].end, near[-1].start
    ):
        yield from _off(passage, figure, near[-2].quantity, near[-1].quantity, "比例算得不对")


def _rate(passage: Passage, figure: Figure, near: Sequence[Figure]) -> Iterator[Slip]:
    """预算100万元，支出90万元，执行率90%: exactly one budget, or one of the year's, and one spending in the sentence."""
    words = _RATE.search(passage.text, max(0, figure.start - 20), figure.start)
    if words is None:
        return
    money = [one for one in near if one.quantity.kind is QuantityKind.MONEY]
    budgets = [one for one in money if _BUDGET.search(one.label) and not _SPENT.search(one.label)]
    spent = [one for one in money if _SPENT.search(one.label) and not _BUDGET.search(one.label)]
    if len(budgets) + len(spent) < len(money) or len(spent) != 1 or any_rough(passage, money):
        return
    meant = _INITIAL if "年初" in (words["of"] or "") else _YEARS_BUDGET
    of_year = [one for one in budgets if meant.search(one.label)] if len(budgets) == 2 else budgets
    if len(of_year) == 1:
        yield from _off(passage, figure, spent[0].quantity, of_year[0].quantity, "执行率算得不对")


_RATE_OF_DOING = re.compile(
    r"(?P<verb>整改|合格|发放|办结|到位|完成|达标|通过|验收|支付|拨付|兑现|回收|使用)率(?:为|达到|达|是)?[：:]?"
)


def _done(passage: Passage, figure: Figure, near: Sequence[Figure]) -> Iterator[Slip]:
    """发现问题45个，已整改42个，整改率93.33%: of one of the figures of the same unit before, whichever is meant."""
    words = _RATE_OF_DOING.fullmatch(figure.label)
    if words is None or len(near) < 2 or any_rough(passage, near):
        return
    part = near[-1]
    if not re.search(rf"(?<![不未没应]){words['verb']}", part.label):
        return
    wholes = [
        one for one in near[:-1] if alike(one.quantity, part.quantity) and one.quantity.value >= part.quantity.value
    ]
    slips = [[*_off(passage, figure, part.quantity, one.quantity, f"{words['verb']}率算得不对")] for one in wholes]
    if slips and all(slips):
        yield slips[-1][0]


def _off(passage: Passage, figure: Figure, part: Quantity, whole: Quantity, what: str) -> Iterator[Slip]:
    if written(whole).low <= 0 or (written(part) / written(whole)).meets(loosely(figure.quantity)):
        return
    share = part.value / whole.value
    working = f"{part.text} ÷ {whole.text} = {told(share, '1')}"
    yield Slip("share", passage, figure.start, figure.end, what, figure.quantity.text, told(share, "1"), working)
