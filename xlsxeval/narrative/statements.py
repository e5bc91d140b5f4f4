"""Which figures of a text state a quantity that a claim names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from xlsxeval.forms.definition import Claim
from xlsxeval.forms.families import members
from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.scope import Narrowing, scope_of
from xlsxeval.narrative.scope_words import Aspect
from xlsxeval.narrative.subjects import (
    NEAR,
    TextBackground,
    has_other_subject,
    is_body,
    is_of_other_money,
    names_us,
    project_before,
    some_project,
)
from xlsxeval.narrative.times import names_year, year_at
from xlsxeval.narrative.words import counts_a_noun, is_rough, named_by, only_leads, without_noise
from xlsxeval.quantities import QuantityKind

_PROJECT_NAME = re.compile(r"\{\{\s*project\.name\s*\}\}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that states what a claim names; of a project where ``project`` is its number.

    ``sure`` is False where something that was told before may narrow it: 上半年完成招标，项目支出110万元.
    """

    claim: Claim
    passage: Passage
    figure: Figure
    project: int | None
    sure: bool = True

    @property
    def quote(self) -> str:
        """The words around the figure."""
        return self.passage.quote(self.figure.start, self.figure.end)


def statements(passages: Iterable[Passage], claims: Sequence[Claim], setting: TextBackground) -> Iterator[Statement]:
    """Every figure that states a claimed quantity: named right before it, of the whole year and of no other one."""
    by_phrase, longest = phrases_of(tuple(claims), setting.projects)
    projects = [name + what for _, name in setting.projects if name for what in ("项目", "专项", "")]
    names = tuple(without_noise(name) for name in (*setting.names, *projects))
    for passage in passages:
        others = -1  # where the text last came to a quantity of another body
        for figure in passage.figures:
            if figure.quantity.kind is QuantityKind.BARE or not figure.label:
                continue
            clause = _own_clause(figure.label)
            found = named_by(without_noise(clause), by_phrase, longest, names)
            if found is None or is_rough(passage.text, figure.start, figure.end) or _counts_another(passage, figure):
                continue
            phrase, head = found
            if not only_leads(head, names):
                others = figure.start if is_body(head) else others
                continue
            if others >= passage.sentence_at(figure.start)[0] and not names_us(passage, others, figure.start):
                continue
            if is_of_other_money(passage, figure, phrase, clause):
                continue
            claim, project = _claim(by_phrase[phrase], passage, figure, setting)
            if claim is None or has_other_subject(passage, figure, phrase, clause, setting, project):
                continue
            narrowed = [
                one
                for aspect, one in _narrowed(passage, figure, phrase, claim, project, names)
                if not _says_whose(aspect, one.text, claim, by_phrase, longest, names)
            ]
            if passage.section not in claim.not_in and all(one.doubtful for one in narrowed):
                yield Statement(claim, passage, figure, project, not narrowed)


def _counts_another(passage: Passage, figure: Figure) -> bool:
    """Whether a count goes on with a noun of its own: 编制45个指标."""
    quantity = figure.quantity
    return quantity.kind is QuantityKind.COUNT and quantity.unit != "人" and counts_a_noun(passage.text, figure.end)


_OF_INDICATORS = frozenset((Aspect.BODY, Aspect.AREA))
_OF_BUDGETS = frozenset((Aspect.PERIOD, Aspect.PLAN))


def _narrowed(
    passage: Passage, figure: Figure, phrase: str, claim: Claim, project: int | None, names: tuple[str, ...]
) -> Iterator[tuple[Aspect, Narrowing]]:
    """All that narrows a figure in a respect that matters for the claim: a budget is of no part of the year."""
    begins = passage.clause_start(figure.start)
    of_budget = "预算" in phrase and "执行" not in phrase and "支出" not in phrase
    for aspect, one in scope_of(passage, figure).items():
        if begins <= one.start and one.text in phrase:
            continue  # a word of the phrase itself
        if claim.counts and aspect not in _OF_INDICATORS:
            continue
        if (of_budget and aspect in _OF_BUDGETS) or (project is not None and aspect in (Aspect.ITEM, Aspect.BODY)):
            continue
        if aspect is Aspect.BODY and any(name and name in passage.text[one.start : figure.start] for name in names):
            continue
        yield aspect, one


def _says_whose(
    aspect: Aspect,
    clause: str,
    claim: Claim,
    phrases: Mapping[str, Sequence[Claim]],
    longest: int,
    names: tuple[str, ...],
) -> bool:
    """Whether a clause in front names nothing but the unit, a quantity of it (“三公”经费共支出) or the whole of a part (基本支出中)."""
    plain = without_noise(clause)
    if aspect is Aspect.TOPIC:
        found = named_by(plain, phrases, longest, names)
        return only_leads(plain if found is None else found[1], names)
    if aspect is not Aspect.PLAN or not plain.endswith("中") or claim.part_of is None:
        return False
    whole = named_by(plain[:-1], phrases, longest, names)
    return (
        whole is not None and only_leads(whole[1], names) and claim.part_of in {one.name for one in phrases[whole[0]]}
    )


def last_years(passages: Iterable[Passage], claims: Sequence[Claim], setting: TextBackground) -> Iterator[Statement]:
    """What the text states of last year, named as such, by the phrases of this year's claims."""
    earlier = replace(setting, year=setting.year - 1)
    ours = [claim for claim in claims if not claim.previous and not claim.counts]
    named = [
        passage for passage in passages if any(word in passage.text for word in (str(earlier.year), "上年", "去年"))
    ]
    for statement in statements(named, ours, earlier):
        if year_at(statement.passage, statement.figure.start, setting.year) == earlier.year:
            yield statement


@lru_cache(maxsize=16)
def phrases_of(
    claims: tuple[Claim, ...], projects: tuple[tuple[int, str], ...] = ()
) -> tuple[Mapping[str, Sequence[Claim]], int]:
    """The claims by each phrase that names them, and the length of the longest phrase."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        for phrase in dict.fromkeys(one for family in claim.families for one in _spoken(family, projects)):
            found.setdefault(phrase, []).append(claim)
    return found, max(map(len, found), default=0)


def _spoken(family: str, projects: tuple[tuple[int, str], ...]) -> Sequence[str]:
    """The phrases of a family without noise; where they have a place for the project's name, for each project."""
    if "{{" not in family:
        return members(without_noise(family))
    names = [name for _, name in projects if name]
    return [without_noise(name.join(_PROJECT_NAME.split(phrase))) for phrase in members(family) for name in names]


def _own_clause(label: str) -> str:
    """What stands behind a colon, unless that joins the figure on (预算总额：4万元)."""
    for colon in ("：", ":"):
        head, found, tail = label.rpartition(colon)
        if found and tail.strip():
            return tail
        label = head if found else label
    return label


def _claim(
    claims: Sequence[Claim], passage: Passage, figure: Figure, setting: TextBackground
) -> tuple[Claim | None, int | None]:
    """The claim that is meant where the figure stands, and the project that it is about."""
    year = year_at(passage, figure.start, setting.year)
    project = setting.project or project_before(passage, figure.start, setting)
    meant = [
        claim
        for claim in claims
        if year == setting.year - claim.previous
        and (not claim.previous or names_year(passage, figure.start))
        and _is_beside(claim, passage, figure)
    ]
    if setting.project is not None:
        return (meant[0] if meant else None), project
    of_project = [claim for claim in meant if _is_of_project(claim, setting)]
    if project is None and of_project and some_project(passage, figure.start):
        return None, None
    chosen = [claim for claim in meant if claim.counts or (claim in of_project) == (project is not None)]
    return (chosen[0] if chosen else None), project


def _is_beside(claim: Claim, passage: Passage, figure: Figure) -> bool:
    if not claim.beside:
        return True
    start, end = passage.sentence_at(figure.start)
    near = passage.text[max(start, figure.start - NEAR) : min(end, figure.start + NEAR)]
    return any(word in near for word in claim.beside)


def _is_of_project(claim: Claim, setting: TextBackground) -> bool:
    return any(field.partition("!")[0] in setting.each for field in claim.fields)
