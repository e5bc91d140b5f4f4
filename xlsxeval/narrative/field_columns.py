"""What a text says of a quantity whose last year's value and budget stand in the form beside it.

三公经费4.3万元，较上年减少0.9万元，下降17.3%，完成预算的86%: all of it follows from one row of the form. Nothing is said where the
text's own figure of this year is not that of the form: then that one is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xlsxeval.forms.definition import Claim
from xlsxeval.narrative.amounts import Range, loosely, told, written
from xlsxeval.narrative.changes import ALSO, LAST, VERB
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.scope import scope_of
from xlsxeval.narrative.slips import Slip
from xlsxeval.narrative.statements import Statement, last_years, phrases_of
from xlsxeval.narrative.subjects import TextBackground
from xlsxeval.narrative.times import year_at
from xlsxeval.narrative.words import is_rough, named_by, only_leads, without_noise
from xlsxeval.quantities import Quantity, QuantityKind

_OF = "(?:同期|决算数?|支出数?|实际|执行数?|的|数)*"
_MAYBE = re.compile(rf"{LAST}|同比|预算|执行率|控制率")
_YEAR = re.compile(r"20\d\d")
_LINK = "(?:为|达到?|是)?[:：]?"


class FieldColumns(NamedTuple):
    """A claimed field and those beside it in its row, in 万元, each with the step of its last digit shown."""

    this: Quantity
    last: Quantity | None
    budget: Quantity | None


_Check = Callable[[Figure, FieldColumns, re.Match[str] | None], tuple[str, str] | None]
"""What a figure should say and how that is worked out; None where it says it, or nothing follows from the row."""


def _change(figure: Figure, row: FieldColumns, words: re.Match[str] | None) -> tuple[str, str] | None:
    if row.last is None or row.last.value <= 0 or words is None:
        return None
    less = words["less"] is not None
    this, last = loosely(row.this), loosely(row.last)
    change, value = last - this if less else this - last, row.last.value - row.this.value
    unit, low = figure.quantity.unit, max(last.low, row.last.value / 2)
    if figure.quantity.kind is QuantityKind.SHARE:
        change, value = (
            Range(change.low / (last.high if change.low > 0 else low), change.high / low),
            value / row.last.value,
        )
    elif figure.quantity.kind is not QuantityKind.MONEY:
        return None
    if change.meets(loosely(figure.quantity)):
        return None
    return f"{'减少' if value > 0 else '增加'}{told(abs(value), unit)}", f"{row.last.text} → {row.this.text}"


def _last(figure: Figure, row: FieldColumns, _: re.Match[str] | None = None) -> tuple[str, str] | None:
    if row.last is None or figure.quantity.kind is not QuantityKind.MONEY or _agrees(figure, row.last):
        return None
    return row.last.text, f"表里的上年数是 {row.last.text}"


def _share(figure: Figure, row: FieldColumns, _: re.Match[str] | None) -> tuple[str, str] | None:
    if row.budget is None or figure.quantity.kind is not QuantityKind.SHARE or loosely(row.budget).low <= 0:
        return None
    if (loosely(row.this) / loosely(row.budget)).meets(loosely(figure.quantity)):
        return None
    share = told(row.this.value / row.budget.value, "1")
    return share, f"{row.this.text} ÷ {row.budget.text} = {share}"


_PATTERNS: Sequence[tuple[re.Pattern[str], _Check]] = (
    (re.compile(rf"(?:同比|(?:较|比|与)(?:{LAST}){_OF}(?:相比[，,]?)?)(?:同比|净|实际|共)?{VERB}$"), _change),
    (re.compile(rf"(?:较|比|由|从|与|和)(?:{LAST}){_OF}$"), _last),
    (re.compile(rf"(?:完成|占)(?:年初|本年)?预算(?:总?数|总额|金额)?的?(?:比例)?{_LINK}$"), _share),
    (re.compile(rf"(?:(?<=采购)(?:预算)?执行率|(?<=.)控制率){_LINK}$"), _share),
)


_JUST_CHANGED = re.compile(rf"(?<![上年比期度]){VERB}$")
_COMPARED = re.compile(rf"(?:与|较|比|同)(?:{LAST})(?:同期|决算数?)?(?:相比|比较|比)?[，,]\s*$")


class FormRows:
    """Holds a text against the rows of the form; ``rows`` has the columns of each claim by its name."""

    def __init__(
        self,
        passages: Sequence[Passage],
        stated: Sequence[Statement],
        claims: Sequence[Claim],
        rows: Mapping[str, FieldColumns],
        setting: TextBackground,
    ) -> None:
        self.stated = {(id(one.passage), one.figure.start): one for one in stated}
        earlier = last_years(passages, claims, setting) if rows else ()
        self.earlier = {(id(one.passage), one.figure.start): one for one in earlier}
        self.rows = rows
        self.setting = setting
        self.named, self.longest = phrases_of(tuple(claim for claim in claims if not claim.previous))

    def wrong(self, passage: Passage) -> Iterator[Slip]:
        """Every figure of last year, rise or fall, and share of the budget that no row it may be about gives."""
        about: list[FieldColumns] = []
        sentence, before = -1, None
        for figure in passage.figures if self.rows and _MAYBE.search(passage.text) else ():
            if (begins := passage.sentence_at(figure.start)[0]) != sentence:
                about, sentence, before = [], begins, None
            place = (id(passage), figure.start)
            if (statement := self.stated.get(place)) is not None:
                row = self.rows.get(statement.claim.name)
                right = statement.sure and (row is None or _agrees(figure, row.this))
                about = [*about, *([row] if row else [])] if right else []
            elif (statement := self.earlier.get(place)) is not None and statement.claim.name in self.rows:
                about = [self.rows[statement.claim.name]]
                yield from _slip(passage, figure, [_last(figure, about[0])])
            else:
                check, about, words = self._asked(passage, figure, about, before)
                if about and (is_rough(passage.text, figure.start, figure.end) or scope_of(passage, figure)):
                    about = []
                wrong = [check(figure, row, words) for row in about]
                yield from _slip(passage, figure, wrong)
                about = [row for row, one in zip(about, wrong, strict=True) if one is None]
            before = figure

    def _asked(
        self, passage: Passage, figure: Figure, about: list[FieldColumns], before: Figure | None
    ) -> tuple[_Check, list[FieldColumns], re.Match[str] | None]:
        """How a figure is to be checked, and the rows that it may be about: the named one, or those told before it."""
        if before is not None and (words := ALSO.fullmatch(passage.text, before.end, figure.start)):
            return _change, about if self._is_last_year(words) else [], words
        if (words := _JUST_CHANGED.search(figure.label)) and (
            year := _COMPARED.search(passage.text[: passage.clause_start(figure.start)])
        ):
            named = figure.label[: words.start()].strip()
            return _change, self._row(passage, figure, named) if named and self._is_last_year(year) else [], words
        for pattern, check in _PATTERNS:
            if (words := pattern.search(figure.label)) and self._is_last_year(words):
                named = figure.label[: words.start()].strip()
                if named:
                    return check, self._row(passage, figure, named), words
                joined = before and passage.text[before.end : passage.clause_start(figure.start)].strip(" ，,；;")
                return check, about if joined == "" else [], words
        return _last, [], None

    def _is_last_year(self, words: re.Match[str]) -> bool:
        """Whether words of comparison name no other year than the last one."""
        named = _YEAR.search(words.group())
        return named is None or int(named.group()) == self.setting.year - 1

    def _row(self, passage: Passage, figure: Figure, named: str) -> list[FieldColumns]:
        found = named_by(without_noise(named), self.named, self.longest, self.setting.names)
        if found is None or not only_leads(found[1], self.setting.names):
            return []
        begins = figure.start - len(figure.label) + len(named)
        row = self.rows.get(self.named[found[0]][0].name)
        return [row] if row and year_at(passage, begins, self.setting.year) == self.setting.year else []


def _agrees(figure: Figure, value: Quantity) -> bool:
    return loosely(value).meets(written(figure.quantity))


def _slip(passage: Passage, figure: Figure, wrong: Sequence[tuple[str, str] | None]) -> Iterator[Slip]:
    if wrong and (last := wrong[-1]) is not None and None not in wrong:
        expected, working = last
        what = "与表里的数算出来的不同"
        yield Slip("row", passage, figure.start, figure.end, what, figure.quantity.text, expected, working)
