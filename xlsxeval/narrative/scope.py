"""What a figure speaks of: all that narrows it, in its own clause, in those before it, and in a bracket behind it.

A narrowing word holds for its clause, and for the clauses behind it until a word widens it again: 上半年，项目支出110万元，
执行率48%；全年项目支出227.75万元. Where its clause tells an event and no figure (上半年完成招标，……) it is doubtful whether
it still holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from xlsxeval.narrative.front_clauses import aspect_of_front, is_fronted
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.scope_words import SCOPE, TELLS, THING, TITLE, WIDENS, Aspect
from xlsxeval.quantities import QuantityKind

_CLAUSE = re.compile(r"(?:[^，,；;：:。！？!?（(）)]|[，,](?=\d{3}(?!\d)))+|[，,；;：:。！？!?（(）)]")
_SENTENCE_END = frozenset("。！？!?")
_BEHIND = re.compile(
    r"\s*[（(](?P<bracket>[^（()）\n]{1,40})[)）]|[，,]?\s*(?:(?P<all>均|都|全部)?[为是系]|属|截[至止])(?P<said>[^，,。；;（(\n]{1,30})"
)
_ASKED = re.compile(
    r"[^，,。；;（(\n]{0,24}?的?(?:奋斗)?(?:目标|要求|标准|上限|任务)(?:值|数)?\s*(?:$|[，,。；;])"
    r"|\s*的?(?:得|给|记|计|加|扣)(?:满分|\d|[一二三四五六七八九十])"
)
_WITH_MORE = re.compile(
    "(?:其中)?(?:含|包括|包含|不含|未含|剔除|加上?)(?:了|有)?(?:上年|结转|结余|以前|往年|暂付|垫付|借款|预付|追加)"
)
_PARTS = re.compile(r"\s*(?:其中|包括|含)")
_CARRIED = frozenset((Aspect.PERIOD, Aspect.BASE, Aspect.BODY))
"""What a sentence of figures leaves open for the next one."""
_DROPPED = frozenset((Aspect.AREA, Aspect.FUND, Aspect.EACH))
"""What an event told without a figure leaves nothing of."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A word that narrows: where it stands; ``doubtful`` where it may no longer hold, ``carried`` from the sentence before."""

    start: int
    text: str
    doubtful: bool = False
    carried: bool = False


Scope = Mapping[Aspect, Narrowing]
"""All that narrows a figure, by aspect; empty where it speaks of the whole."""


def scope_of(passage: Passage, figure: Figure) -> Scope:
    """What narrows a figure of the passage."""
    return _scopes(passage).get(figure.start, {})


@dataclass(slots=True)
class _Reader:
    """Reads a paragraph clause by clause; ``open`` is all that narrows at the place that was reached.

    ``begun`` and ``ended`` are what the clause opened and closed, ``scoped`` what has narrowed a figure of the paragraph,
    ``told`` whether the sentence had figures, ``of_parts`` whether it came to the parts of a whole.
    """

    open: dict[Aspect, Narrowing] = field(default_factory=dict)
    begun: set[Aspect] = field(default_factory=set)
    ended: dict[Aspect, Narrowing] = field(default_factory=dict)
    scoped: set[Aspect] = field(default_factory=set)
    told: bool = False
    of_parts: bool = False

    def read(self, mark: re.Match[str]) -> None:
        kind = mark.lastgroup or ""
        if kind not in WIDENS:
            self.open[Aspect[kind]] = Narrowing(mark.start(), mark.group())
            self.begun.add(Aspect[kind])
            self.ended.pop(Aspect[kind], None)
            return
        for aspect in WIDENS[kind] & self.open.keys():
            self.ended[aspect] = self.open.pop(aspect)

    def begin_clause(self, clause: str) -> None:
        self.of_parts = self.of_parts or _PARTS.match(clause) is not None
        if not self.of_parts and Aspect.FUND in self.open:
            del self.open[Aspect.FUND]

    def front(self, clause: re.Match[str], *, known: bool) -> None:
        """Takes a clause without figures and narrowing words; what tells nothing is what the next clause is about.

        ``known`` where it has words that widen: 2024年度 is about nothing else, 结转到本年的资金 is.
        """
        said = clause.group().strip()
        if TITLE.search(said) and clause.string[clause.end() : clause.end() + 1] in ("：", ":"):
            return
        if known and not (THING.search(said) and "的" in said):
            return
        if aspect := aspect_of_front(said):
            event = aspect is Aspect.PERIOD and said.endswith("后") and TELLS.search(said) is not None
            self.open[aspect] = Narrowing(clause.start(), said, doubtful=event)

    def end_clause(self, *, figures: bool, fronted: bool) -> None:
        self.told = self.told or figures
        if not fronted and Aspect.EACH in self.begun:
            self.open.pop(Aspect.EACH, None)
        if fronted and Aspect.FUND in self.begun & self.open.keys():
            self.open[Aspect.BATCH] = self.open.pop(Aspect.FUND)
        if not figures and not fronted:
            for aspect in self.begun & self.open.keys():
                if aspect in _DROPPED:
                    del self.open[aspect]
                elif aspect is not Aspect.BASE and aspect not in self.scoped:
                    self.open[aspect] = replace(self.open[aspect], doubtful=True)
            self.open = {**self.ended, **self.open}
        self.begun, self.ended = set(), {}

    def end_sentence(self) -> None:
        kept = {
            aspect: replace(one, carried=True)
            for aspect, one in self.open.items()
            if self.told and aspect in _CARRIED and not one.doubtful and not one.carried
        }
        self.open, self.told, self.of_parts = kept, False, False


@lru_cache(maxsize=16)
def _scopes(passage: Passage) -> Mapping[int, Scope]:
    """The scope of every figure that has one, by where the figure begins."""
    found: dict[int, Scope] = {}
    reader = _Reader()
    before_bracket: dict[Aspect, Narrowing] | None = None
    marks = _marks(passage)
    figures = list(passage.figures)
    nth, in_bracket = 0, False
    for clause in _CLAUSE.finditer(passage.plain):
        in_bracket = clause.group() in "（(" or (in_bracket and clause.group() not in "）)")
        if clause.group() in "（(":
            behind_figure = nth > 0 and figures[nth - 1].end == clause.start()
            before_bracket = dict(reader.open) if behind_figure else None
        elif clause.group() in "）)" and before_bracket is not None:
            reader.open, before_bracket = before_bracket, None
        elif clause.group() in _SENTENCE_END:
            reader.end_sentence()
        elif len(clause.group()) == 1 and not clause.group().strip("，,；;：:）)"):
            continue
        else:
            here: list[Figure] = []
            while nth < len(figures) and figures[nth].start < clause.end():
                here.append(figures[nth])
                nth += 1
            inside: list[re.Match[str]] = []
            while marks and marks[-1].start() < clause.end():
                inside.append(marks.pop())
            reader.begin_clause(clause.group())
            unread = inside[::-1]
            for figure in here:
                while unread and unread[-1].start() < figure.start:
                    reader.read(unread.pop())
                if scope := {**reader.open, **_behind(passage, figure)}:
                    found[figure.start] = scope
                reader.scoped |= reader.open.keys()
            while unread:
                reader.read(unread.pop())
            amounts = any(_is_amount(figure) for figure in here)
            if not amounts and not in_bracket and all(mark.lastgroup in WIDENS for mark in inside):
                reader.front(clause, known=bool(inside))
            reader.end_clause(figures=amounts, fronted=is_fronted(clause.group(), inside))
    return found


def _is_amount(figure: Figure) -> bool:
    """Whether a figure tells something of its clause: not 第二季度, 6个月, 换一个口径."""
    quantity = figure.quantity
    if quantity.kind is QuantityKind.COUNT:
        return not quantity.spelled or quantity.unit == "人"
    return quantity.kind not in (QuantityKind.DURATION, QuantityKind.BARE)


def _marks(passage: Passage) -> list[re.Match[str]]:
    """All narrowing and widening words, the first of them last; those in titles of documents are none."""
    return [*_words(passage.text)][::-1]


def _words(text: str) -> Iterator[re.Match[str]]:
    return SCOPE.finditer(_TITLE.sub(lambda match: "《" + "\0" * (len(match.group()) - 2) + "》", text))


_TITLE = re.compile(r"《[^》\n]{0,80}》")


def _behind(passage: Passage, figure: Figure) -> Scope:
    """What is said right behind a figure: 110万元（上半年）, 110万元，为三季度末数据, 98%的目标."""
    if asked := _ASKED.match(passage.text, figure.end):
        return {Aspect.PLAN: Narrowing(figure.end, asked.group())}
    behind = _BEHIND.match(passage.text, figure.end)
    if behind is None:
        return {}
    start, end = behind.span("bracket" if behind["bracket"] else "said")
    if _WITH_MORE.match(passage.text, start):
        return {Aspect.BASE: Narrowing(start, passage.text[start:end])}
    if any(_is_amount(one) for one in passage.figures_in(start, end)):
        return {}
    return {
        Aspect[mark.lastgroup or ""]: Narrowing(mark.start(), mark.group())
        for mark in SCOPE.finditer(passage.text, start, end)
        if mark.lastgroup not in WIDENS and not (behind["all"] and mark.lastgroup == Aspect.FUND.name)
    }
