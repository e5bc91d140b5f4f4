"""The campaign (任务): who fills in which forms, for which year, with which given figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.campaign_faults import campaign_faults
from xlsxeval.forms.campaign_spec import CampaignSpec, LevelSpec, UnitSpec
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import Settings, settings_from
from xlsxeval.forms.unready import TEMPLATE_HEAD, Unready, unready_of
from xlsxeval.forms.yaml_file import Place, YamlFile

FILE_NAME = "campaign.yaml"
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Project:
    """One project of a unit; ``given`` holds locked values of its form by field, blocks as lists of lines."""

    name: str
    department: str
    unit: str
    given: Given


@dataclass(frozen=True, slots=True)
class Unit:
    """One budget unit; ``given`` holds locked values by form and field. ``forms`` None means every form.

    ``contact`` and ``email`` are for notices alone: no workbook, seal or record has them.
    """

    code: str
    name: str
    projects: tuple[Project, ...]
    given: Mapping[str, Given]
    forms: tuple[str, ...] | None = None
    contact: str = field(default="", compare=False)
    email: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Level:
    """A lower level that hands up its own campaign, signed with its ``key``; ``units`` is how many units it has, if known."""

    code: str
    name: str
    key: str
    campaign: str
    edition: str
    units: int | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """One year's self-evaluation of one department. ``directory`` is where campaign.yaml stands, None when rebuilt.

    ``settings`` are the rules that it sets another severity for, or switches off. ``last_year`` is where last year's
    campaign stands, where it was named; it need not be there. ``limits`` are the bounds on received files that it sets,
    by the names and in the units of ``xlsxeval.limits.SETTINGS``. ``unready`` says why nothing is to be made of it yet.
    """

    id: str
    edition: str
    year: int
    department: str
    deadline: dt.date | None
    units: tuple[Unit, ...]
    directory: Path | None = None
    settings: Settings = field(default_factory=dict)
    last_year: Path | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    unready: tuple[Unready, ...] = field(default=(), compare=False)

    def unit(self, code: str) -> Unit | None:
        """The unit of that code, or None."""
        return next((unit for unit in self.units if unit.code == code), None)


def load_campaign(path: Path, library: Library) -> tuple[Campaign, Edition]:
    """The campaign in a folder (or of a campaign.yaml) and its edition.

    Raises DefinitionError with every fault at its line: see :func:`make_campaign`.
    """
    if path.is_dir():
        path = path / FILE_NAME
    file = YamlFile(path)
    from_template = file.head.startswith(TEMPLATE_HEAD)
    return make_campaign(file.parse(CampaignSpec), library, file.position, path.parent, from_template=from_template)


def make_campaign(
    spec: CampaignSpec,
    library: Library,
    place: Place,
    directory: Path,
    found: Iterable[Problem] = (),
    *,
    from_template: bool = False,
) -> tuple[Campaign, Edition]:
    """The campaign that was written down, in YAML or in a workbook, and its edition.

    ``found`` are faults that the reading met already. Raises DefinitionError with them and all others, each at its
    place: unknown edition, units of one code, given values for forms or fields that the edition does not have,
    values that are not of their field's type, weights that do not add up. ``from_template``: ``new`` made the file.
    """
    problems = list(found)
    edition = None
    if spec.edition or not problems:  # that it was left out is among the faults already
        try:
            edition = library.edition(spec.edition, asked_at=place(["edition"]))
        except DefinitionError as error:
            problems += error.problems
    problems += campaign_faults(spec, place, edition, library)
    if problems or edition is None:
        raise DefinitionError(problems)
    campaign = Campaign(
        id=spec.campaign,
        edition=spec.edition,
        year=spec.year,
        department=spec.department,
        deadline=spec.deadline,
        units=tuple(_unit(unit) for unit in spec.units),
        directory=directory,
        settings=settings_from(spec.rules, "campaign"),
        last_year=directory / spec.last_year if spec.last_year else None,
        limits=spec.limits,
        levels=tuple(_level(level, spec.edition) for level in spec.levels),
        unready=tuple(unready_of(spec, place, edition, from_template=from_template)),
    )
    return campaign, edition


def _level(spec: LevelSpec, edition: str) -> Level:
    """Without an edition of its own a level uses that of the level above it."""
    return Level(spec.code, spec.name, spec.key.strip(), spec.campaign, spec.edition or edition, spec.units)


def _unit(spec: UnitSpec) -> Unit:
    projects = []
    for project in spec.projects:
        given = dict(project.given)
        if project.indicators:
            given["indicators"] = project.indicators
        projects.append(Project(project.name, project.department or spec.name, project.unit or spec.name, given))
    forms = tuple(spec.forms) if spec.forms else None
    return Unit(spec.code, spec.name, tuple(projects), spec.given, forms, spec.contact, spec.email)


def unit_to_data(unit: Unit) -> dict[str, Any]:
    """A unit as plain data for the seal: what it holds, not copied."""
    projects = [
        {"name": one.name, "department": one.department, "unit": one.unit, "given": one.given} for one in unit.projects
    ]
    return {"code": unit.code, "name": unit.name, "projects": projects, "given": unit.given, "forms": unit.forms}


def unit_from_data(data: Mapping[str, Any]) -> Unit:
    """The unit that :func:`unit_to_data` wrote. Raises KeyError or TypeError for anything else."""
    projects = tuple(Project(p["name"], p["department"], p["unit"], dict(p["given"])) for p in data["projects"])
    forms = tuple(data["forms"]) if data["forms"] is not None else None
    return Unit(data["code"], data["name"], projects, dict(data["given"]), forms)
