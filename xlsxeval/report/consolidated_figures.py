"""Summary → the figures of the department's own report: exact sums, rates, grades and ranks.

Amounts are in 万元, rates shares of 1, scores points. They are reckoned in decimals and rounded half up, as the summary's
workbook rounds: a rate to four decimals, a score to two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xlsxeval.rollup.definition import Grade, Role
from xlsxeval.rollup.summary import ProjectLine, Summary, SummaryLine

Amounts = Mapping[Role, Decimal | None]
MONEY = (Role.INITIAL, Role.BUDGET, Role.EXECUTED)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with its figures; what was not filled in is None."""

    line: SummaryLine
    amounts: Amounts
    grade: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All lines together: money added up, the plain mean of the scores and the one weighted by budget."""

    amounts: Amounts
    mean: Decimal | None
    weighted: Decimal | None


def ranked_units(summary: Summary) -> tuple[Ranked, ...]:
    """Every unit of the campaign in its order, with what its projects come to where its figures follow from them."""
    of_unit: dict[str, list[Amounts]] = {}
    for line in summary.projects:
        of_unit.setdefault(line.whose.code, []).append(project_amounts(line))
    amounts = [_unit_amounts(summary, unit, of_unit.get(unit.whose.code, [])) for unit in summary.units]
    scores = [score for one in amounts if (score := one.get(Role.SCORE)) is not None]
    return tuple(
        Ranked(unit, one, grade_of(summary.grades, one.get(Role.SCORE)), _rank(one.get(Role.SCORE), scores))
        for unit, one in zip(summary.units, amounts, strict=True)
    )


def project_amounts(line: ProjectLine) -> Amounts:
    """The figures of a project."""
    return {role: total(parts) for role, parts in line.project.amounts.items()}


def whole(lines: Sequence[Amounts]) -> Whole:
    """What several lines come to."""
    money = {role: added(line.get(role) for line in lines) for role in MONEY}
    return Whole(money, _mean(lines), _weighted(lines))


def total(parts: Iterable[float]) -> Decimal | None:
    """The sum of figures as they were read; None of nothing."""
    return added(Decimal(f"{part:.15g}") for part in parts)


def added(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is there; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal()) if known else None


def rate(amounts: Amounts) -> Decimal | None:
    """Executed ÷ budget; None without a budget."""
    budget, executed = amounts.get(Role.BUDGET), amounts.get(Role.EXECUTED)
    return rounded(executed / budget, 4) if budget and executed is not None else None


def grade_of(grades: Sequence[Grade], score: Decimal | None) -> str | None:
    """The grade of a score; None without a score or without grades."""
    if score is None:
        return None
    return next((grade.word for grade in grades if grade.lower is None or score >= Decimal(str(grade.lower))), None)


def rounded(value: Decimal, digits: int) -> Decimal:
    """Half up."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _unit_amounts(summary: Summary, unit: SummaryLine, projects: Sequence[Amounts]) -> Amounts:
    amounts = {role: total(parts) for role, parts in unit.amounts.items()}
    derived = summary.definition.from_projects
    if not derived:
        return amounts
    of_projects = whole(projects)
    for role in derived:
        amounts[role] = of_projects.amounts.get(role)
    if Role.SCORE in derived:
        amounts[Role.SCORE] = of_projects.weighted if of_projects.weighted is not None else of_projects.mean
    return amounts


def _mean(lines: Sequence[Amounts]) -> Decimal | None:
    scores = [score for line in lines if (score := line.get(Role.SCORE)) is not None]
    return rounded(sum(scores, Decimal()) / len(scores), 2) if scores else None


def _weighted(lines: Sequence[Amounts]) -> Decimal | None:
    pairs = [
        (line.get(Role.BUDGET) or Decimal(), score) for line in lines if (score := line.get(Role.SCORE)) is not None
    ]
    weight = sum((budget for budget, _ in pairs), Decimal())
    return rounded(sum((budget * score for budget, score in pairs), Decimal()) / weight, 2) if weight else None


def _rank(score: Decimal | None, scores: Sequence[Decimal]) -> int | None:
    """The place of a score from above; the same scores have the same place."""
    return None if score is None else 1 + sum(other > score for other in scores)
