"""The numbers of one return that a summary needs: light enough to travel between processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.forms.types import wan
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import SheetLayout
from xlsxeval.quantities import AchievementState, compare
from xlsxeval.rollup.definition import Role, Source, SummaryDefinition
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.profile import plain_name

Parts = tuple[float, ...]
"""A figure as the fields have it that make it up; empty where nothing was filled in."""


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """One project's form."""

    name: str
    carried_by: str
    sheet: str
    amounts: Mapping[Role, Parts]


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """One indicator; the classes' names are without the points behind them. Weight and score are points."""

    sheet: str
    project: str
    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    weight: float | None
    score: float | None
    outcome: AchievementState


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the summary takes from one file. ``money`` follows the definition's columns, ``filled`` are the
    worksheets in which the unit typed something."""

    amounts: Mapping[Role, Parts]
    projects: tuple[ProjectFigures, ...]
    money: tuple[Parts, ...]
    indicators: tuple[IndicatorFigures, ...]
    filled: frozenset[str]


def figures_of(submission: Submission, definition: SummaryDefinition) -> Figures:
    """The numbers as they count: typed, given, or recomputed; what is no number is left out."""
    by_form: dict[str, list[SheetLayout]] = {}
    for sheet in submission.layout.sheets:
        if sheet.form is not None and sheet.name in submission.views:
            by_form.setdefault(sheet.form.id, []).append(sheet)

    def parts(sources: Iterable[Source]) -> Parts:
        return tuple(
            number
            for source in sources
            for sheet in by_form.get(source.form, ())
            for number in _number(submission, source, sheet)
        )

    projects = [
        ProjectFigures(
            name=sheet.project.name if sheet.project else "",
            carried_by=sheet.project.unit if sheet.project else "",
            sheet=sheet.name,
            amounts={
                role: tuple(number for source in sources for number in _number(submission, source, sheet))
                for role, sources in definition.project.items()
            },
        )
        for sheet in by_form.get(definition.project_form or "", ())
    ]
    return Figures(
        amounts={role: parts(sources) for role, sources in definition.unit.items()},
        projects=tuple(projects),
        money=tuple(parts(column.sources) for column in definition.money),
        indicators=tuple(_indicators(submission)),
        filled=frozenset(address.sheet for address, entry in submission.entries.items() if not entry.blank),
    )


def joined(parts: Sequence[str | None], figures: Sequence[Figures]) -> Figures | None:
    """The numbers of one unit's different files, which may be ``parts`` sent out apart (None: a whole workbook).

    None where there are none, or where two files hold the same form: nobody has said which of them counts.
    """
    if not figures or (len(parts) > 1 and (None in parts or len(set(parts)) < len(parts))):
        return None
    return Figures(
        amounts={role: tuple(number for one in figures for number in one.amounts[role]) for role in figures[0].amounts},
        projects=tuple(project for one in figures for project in one.projects),
        money=tuple(
            tuple(number for part in column for number in part)
            for column in zip(*(one.money for one in figures), strict=True)
        ),
        indicators=tuple(indicator for one in figures for indicator in one.indicators),
        filled=frozenset().union(*(one.filled for one in figures)),
    )


def _number(submission: Submission, source: Source, sheet: SheetLayout) -> Iterator[float]:
    cell = submission.layout.slots.get((source.form, sheet.instance, source.field))
    value = None if cell is None else submission.value(cell)  # a form that was sent earlier may lack the field
    if isinstance(value, int | float) and not isinstance(value, bool):
        assert cell is not None
        assert cell.slot is not None
        yield wan(cell.slot.field.type, float(value))


def _indicators(submission: Submission) -> Iterator[IndicatorFigures]:
    projects = {sheet.name: sheet.project.name for sheet in submission.layout.sheets if sheet.project is not None}
    for line in indicator_lines(submission):
        yield IndicatorFigures(
            sheet=line.sheet,
            project=projects.get(line.sheet, ""),
            level1=plain_name(line.level1),
            level2=plain_name(line.level2),
            level3=line.text("level3") or line.text("name"),
            target=line.text("target"),
            actual=line.text("actual"),
            weight=line.number("weight"),
            score=line.number("score"),
            outcome=_outcome(line),
        )


def _outcome(line: IndicatorLine) -> AchievementState:
    return compare(line.text("target"), line.text("actual"), line.text("level3")).state
