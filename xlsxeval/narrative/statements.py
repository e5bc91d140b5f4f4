"""Which figures of a text state a quantity that a claim names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.forms.definition import Claim
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.times import is_meant_only, is_part_of_year, names_year, year_at
from xlsxeval.narrative.words import ends_naming, is_rough, only_leads, without_noise
from xlsxeval.quantities import Kind

_OF_MONEY = re.compile(
    r"(?P<part>基本支出|项目支出)|(?P<spent>预算支出|支出|执行|决算|使用|完成)|(?P<budget>预算|收入|下达|批复|安排|拨款|指标|计划|申请)"
)

_SAYS_WHICH = re.compile(r"预算|实际|全年|总支出|支出总额|整体支出|执行|决算")
"""Words of a phrase that leave no doubt whether it is money planned or money spent."""
_ABOUT_SOME_PROJECT = re.compile(r"专项|项目(?!支出)")
_NEAR = 1000
"""How far back a text is searched for what a figure is about."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is about: the year, the unit's own names, its projects by number.

    ``project`` is set where the whole text is about that one; ``each`` are the forms that every project has.
    """

    year: int
    names: tuple[str, ...] = ()
    projects: tuple[tuple[int, str], ...] = ()
    project: int | None = None
    each: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that states what a claim names; of a project where ``project`` is its number."""

    claim: Claim
    passage: Passage
    figure: Figure
    project: int | None

    @property
    def quote(self) -> str:
        """The words around the figure."""
        return self.passage.quote(self.figure.start, self.figure.end)


def statements(passages: Iterable[Passage], claims: Sequence[Claim], setting: Setting) -> Iterator[Statement]:
    """Every figure that surely states a claimed quantity: named right before it, of the whole year and of no other one."""
    by_phrase = _by_phrase(claims)
    phrases = tuple(sorted(by_phrase, key=len, reverse=True))
    names = tuple(without_noise(name) for name in (*setting.names, *(name for _, name in setting.projects)))
    for passage in passages:
        for figure in passage.figures:
            clause = _own_clause(figure.label)
            found = ends_naming(without_noise(clause), phrases)
            if found is None or figure.quantity.kind is Kind.BARE or is_rough(passage.text, figure.start, figure.end):
                continue
            phrase, head = found
            if not only_leads(head, names) or _is_aside(passage, figure, phrase, clause, setting):
                continue
            claim, project = _claim(by_phrase[phrase], passage, figure, setting)
            if claim is not None and passage.section not in claim.not_in:
                yield Statement(claim, passage, figure, project)


def _by_phrase(claims: Sequence[Claim]) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        for phrase in claim.phrases:
            found.setdefault(without_noise(phrase), []).append(claim)
    return found


def _own_clause(label: str) -> str:
    """What stands behind a colon, unless that joins the figure on (预算总额：4万元)."""
    for colon in ("：", ":"):
        head, found, tail = label.rpartition(colon)
        if found and tail.strip():
            return tail
        label = head if found else label
    return label


def _is_aside(passage: Passage, figure: Figure, phrase: str, clause: str, setting: Setting) -> bool:
    """Whether the sentence is about a plan, a part of the year, or the parts of a budget rather than of what was spent."""
    if is_meant_only(passage, figure.start) or is_part_of_year(passage, figure.start, setting.year):
        return True
    if figure.quantity.kind is not Kind.MONEY or _SAYS_WHICH.search(phrase):
        return False
    start = max(passage.sentence_at(figure.start)[0], figure.start - _NEAR)
    return _is_of_budget(passage.text[start : max(start, figure.start - len(clause))])


def _is_of_budget(text: str) -> bool:
    """Whether the last word of the kind speaks of money that was planned or received, not of money spent."""
    found = [match for match in _OF_MONEY.finditer(text) if not match["part"]]
    return bool(found) and found[-1]["budget"] is not None


def _claim(
    claims: Sequence[Claim], passage: Passage, figure: Figure, setting: Setting
) -> tuple[Claim | None, int | None]:
    """The claim that is meant where the figure stands, and the project that it is about."""
    year = year_at(passage, figure.start, setting.year)
    project = setting.project or _project_before(passage, figure.start, setting)
    meant = [
        claim
        for claim in claims
        if year == setting.year - claim.previous and (not claim.previous or names_year(passage, figure.start))
    ]
    if setting.project is not None:
        return (meant[0] if meant else None), project
    of_project = [claim for claim in meant if _is_of_project(claim, setting)]
    if project is None and of_project and _some_project(passage, figure.start):
        return None, None
    chosen = [claim for claim in meant if claim.count or (claim in of_project) == (project is not None)]
    return (chosen[0] if chosen else None), project


def _is_of_project(claim: Claim, setting: Setting) -> bool:
    return any(field.partition("!")[0] in setting.each for field in claim.fields)


def _some_project(passage: Passage, offset: int) -> bool:
    """Whether the paragraph speaks of a project that the campaign does not know by that name."""
    head = passage.text[max(0, offset - _NEAR) : offset]
    return any(_ABOUT_SOME_PROJECT.search(text) for text in (head, passage.heading))


def _project_before(passage: Passage, offset: int, setting: Setting) -> int | None:
    """The number of the project that was named last before a place of the paragraph, or in the line above it."""
    for text in (passage.text[max(0, offset - _NEAR) : offset], passage.heading):
        named = [(text.rfind(name), number) for number, name in setting.projects if name and name in text]
        if named:
            return max(named)[1]
    return None
