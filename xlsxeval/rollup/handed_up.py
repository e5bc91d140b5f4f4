"""A unit's figures as they are handed up: decimal numbers, also those that follow from its projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxeval.levels import ExportedProject
from xlsxeval.levels.figures import BUDGET, NONE, added, figure, rounded
from xlsxeval.rollup.definition import Role, SummaryDefinition
from xlsxeval.rollup.figures import Figures, Parts


@dataclass(frozen=True, slots=True)
class Handed:
    """One unit's figures; ``money`` follows the definition's columns."""

    amounts: dict[str, Decimal]
    projects: tuple[ExportedProject, ...]
    money: tuple[Decimal | None, ...]


def handed(figures: Figures, definition: SummaryDefinition) -> Handed:
    """The figures of one unit as 汇总 shows them."""
    projects = tuple(ExportedProject(one.name, _amounts(one.amounts)) for one in figures.projects)
    derived = {role: _derived(role, projects) for role in definition.from_projects}
    amounts = _amounts(figures.amounts) | {role.value: value for role, value in derived.items() if value is not None}
    return Handed(dict(sorted(amounts.items())), projects, tuple(map(_sum, figures.money)))


def _derived(role: Role, projects: Sequence[ExportedProject]) -> Decimal | None:
    """A unit's figure out of its projects: the sum; of scores the mean weighed by the budget, to two decimals."""
    known = [one for one in projects if role in one.amounts]
    if not known:
        return None
    if role is not Role.SCORE:
        return added(one.amounts for one in known)[role]
    weight = sum((one.amounts.get(BUDGET, NONE) for one in known), NONE)
    if weight == 0:
        return rounded(sum((one.amounts[role] for one in known), NONE) / len(known), 2)
    return rounded(sum((one.amounts.get(BUDGET, NONE) * one.amounts[role] for one in known), NONE) / weight, 2)


def _amounts(amounts: Mapping[Role, Parts]) -> dict[str, Decimal]:
    found = {role.value: _sum(parts) for role, parts in sorted(amounts.items())}
    return {role: value for role, value in found.items() if value is not None}


def _sum(parts: Parts) -> Decimal | None:
    """What the parts of a figure come to; None where nothing was filled in, or a part is no figure."""
    found = [figure(part) for part in parts]
    known = [value for value in found if value is not None]
    return sum(known, NONE) if known and len(known) == len(found) else None
