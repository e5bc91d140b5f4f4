"""Summaries made for the tests of the department's own report: any number of units, some absent, some with errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.model import Finding, Place, Severity
from xlsxeval.resources import templates_directory
from xlsxeval.rollup.definition import Role, SummaryDefinition, load_definition
from xlsxeval.rollup.figures import Figures, ProjectFigures
from xlsxeval.rollup.summary import Return, Summary
from xlsxeval.rollup.summation import summarise
from xlsxeval.rules.verdict import Subject, Verdict

LIBRARY = Library(templates_directory())
DAY = dt.date(2025, 6, 3)


def summary_of(
    edition: str = "hunan-2024", units: int = 30, absent: int = 3, days: Mapping[str, dt.date] | None = None
) -> Summary:
    """The last ``absent`` units sent nothing; every fourth one has an error, every third one two warnings."""
    made, definition, named = _ground(edition, units)
    return summarise(made_returns(edition, units, absent), _campaign(made, named), made, definition, DAY, days)


def made_returns(edition: str = "hunan-2024", units: int = 30, absent: int = 3) -> list[Return]:
    """What the units of :func:`summary_of` sent."""
    made, definition, named = _ground(edition, units)
    return [_return(number, unit, made, definition) for number, unit in enumerate(named[: units - absent], start=1)]


def _ground(edition: str, units: int) -> tuple[Edition, SummaryDefinition, tuple[Unit, ...]]:
    made = LIBRARY.edition(edition)
    definition = load_definition(LIBRARY, made)
    assert definition is not None
    return made, definition, tuple(_unit(number) for number in range(1, units + 1))


def _unit(number: int) -> Unit:
    name = f"第{number}中学{'（含附属幼儿园和职业培训中心）' if number % 7 == 0 else ''}"
    return Unit(code=f"4302{number:05}", name=name, projects=(), given={})


def _campaign(edition: Edition, units: tuple[Unit, ...]) -> Campaign:
    return Campaign(
        id="made", edition=edition.id, year=2024, department="某市教育局", deadline=dt.date(2025, 5, 31), units=units
    )


def _return(number: int, unit: Unit, edition: Edition, definition) -> Return:  # type: ignore[no-untyped-def]
    def amounts(at: int, roles) -> dict[Role, tuple[float, ...]]:  # type: ignore[no-untyped-def]
        budget = round(1234.56 * at + 0.07 * at * at, 2)
        spent = round(budget * (0.8 + at % 5 * 0.05), 2)
        given = {Role.INITIAL: budget - at, Role.BUDGET: budget, Role.EXECUTED: spent, Role.SCORE: 100 - at % 13 * 2.37}
        return {role: (round(value, 2),) for role, value in given.items() if role in roles}

    projects = (
        tuple(
            ProjectFigures(
                f"项目{number}-{at}：校舍维修和教学设备更新",
                unit.name,
                f"附件3-{at}",
                amounts(number + at, definition.project),
            )
            for at in range(1, 1 + number % 4)
        )
        if definition.project_form
        else ()
    )
    figures = Figures(
        amounts=amounts(number, definition.unit),
        projects=projects,
        money=tuple((number * 10.01 + column,) for column in range(len(definition.money))),
        indicators=(),
        filled=frozenset(),
    )
    findings = (
        [_finding("L101", Severity.ERROR, "G4", "执行率 100.00% 与执行数除以预算数的结果 93.48% 不符")]
        if number % 4 == 0
        else []
    )
    if number % 3 == 0:
        findings += [
            _finding("V111", Severity.WARNING, cell, f"实际完成值“≥90%”像是指标值（{unit.code}）")
            for cell in ("F12", "F13")
        ]
    subject = Subject(unit.code, unit.name, "made", edition.id, (), None, "verified")
    return Return(Verdict(f"{unit.code}.xlsx", f"{number:064}", subject, tuple(findings)), figures)


def _finding(code: str, severity: Severity, cell: str, message: str) -> Finding:
    return Finding(code, "slug", severity, message, "改正", "[理]", Place("附件2", cell))


def without_money(summary: Summary) -> Summary:
    """The same where no summary of the edition says which figures to take."""
    return replace(summary, units=tuple(replace(unit, amounts={}) for unit in summary.units))
