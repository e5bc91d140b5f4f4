"""The campaign (任务): who fills in which forms, for which year, with which given figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.schema import Strict, Text
from xlsxeval.forms.yamlfile import YamlFile, suggestion

FILE_NAME = "campaign.yaml"
Given = Mapping[str, Any]
_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$")


@dataclass(frozen=True, slots=True)
class Project:
    """One project of a unit; ``given`` holds locked values of its form by field, blocks as lists of lines."""

    name: str
    department: str
    unit: str
    given: Given


@dataclass(frozen=True, slots=True)
class Unit:
    """One budget unit; ``given`` holds locked values by form and field. ``forms`` None means every form."""

    code: str
    name: str
    projects: tuple[Project, ...]
    given: Mapping[str, Given]
    forms: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """One year's self-evaluation of one department. ``directory`` is where campaign.yaml stands, None when rebuilt."""

    id: str
    edition: str
    year: int
    department: str
    deadline: dt.date | None
    units: tuple[Unit, ...]
    directory: Path | None = None

    def unit(self, code: str) -> Unit | None:
        """The unit of that code, or None."""
        return next((unit for unit in self.units if unit.code == code), None)


class _ProjectSpec(Strict):
    name: Text
    department: Text | None = None
    unit: Text | None = None
    indicators: list[dict[str, Any]] | None = None
    given: dict[str, Any] = Field(default_factory=dict)


class _UnitSpec(Strict):
    code: Text
    name: Text
    forms: list[str] | None = None
    projects: list[_ProjectSpec] = Field(default_factory=list)
    given: dict[str, dict[str, Any]] = Field(default_factory=dict)


def _no_serial(value: object) -> object:
    if isinstance(value, (int, float)):
        raise ValueError("应为日期，例如 2025-05-31")
    return value


class _CampaignSpec(Strict):
    campaign: Text
    edition: Text
    year: Annotated[int, Field(ge=2000, le=2100)]
    department: Text
    deadline: Annotated[dt.date | None, BeforeValidator(_no_serial)] = None
    units: list[_UnitSpec]


def load_campaign(path: Path, library: Library) -> tuple[Campaign, Edition]:
    """The campaign in a folder (or of a campaign.yaml) and its edition.

    Raises DefinitionError with every fault at its line: unknown edition, units of one code, given values for forms
    or fields that the edition does not have.
    """
    if path.is_dir():
        path = path / FILE_NAME
    file = YamlFile(path)
    spec = file.parse(_CampaignSpec)
    edition = library.edition(spec.edition, asked_at=file.position(["edition"]))
    problems = _faults(spec, file, edition)
    if problems:
        raise DefinitionError(problems)
    campaign = Campaign(
        id=spec.campaign,
        edition=spec.edition,
        year=spec.year,
        department=spec.department,
        deadline=spec.deadline,
        units=tuple(_unit(unit) for unit in spec.units),
        directory=path.parent,
    )
    return campaign, edition


def _unit(spec: _UnitSpec) -> Unit:
    projects = []
    for project in spec.projects:
        given = dict(project.given)
        if project.indicators:
            given["indicators"] = project.indicators
        projects.append(Project(project.name, project.department or spec.name, project.unit or spec.name, given))
    return Unit(spec.code, spec.name, tuple(projects), spec.given, tuple(spec.forms) if spec.forms else None)


def _faults(spec: _CampaignSpec, file: YamlFile, edition: Edition) -> list[Problem]:
    problems: list[Problem] = []
    if not spec.units:
        problems.append(file.position(["units"]).problem("没有列出任何单位"))
    if not _CODE.match(spec.campaign):
        problems.append(file.position(["campaign"]).problem("任务编号只能用字母、数字、横线和下划线，不超过 32 个字符"))
    codes: dict[str, int] = {}
    for number, unit in enumerate(spec.units):
        at = file.position(["units", number, "code"])
        if unit.code in codes:
            problems.append(at.problem(f"单位代码「{unit.code}」与第 {codes[unit.code] + 1} 个单位重复"))
        codes.setdefault(unit.code, number)
        if not _CODE.match(unit.code):
            problems.append(at.problem(f"单位代码「{unit.code}」只能用字母、数字、横线和下划线，不超过 32 个字符"))
        if not unit.name.strip():
            problems.append(file.position(["units", number, "name"]).problem("单位名称不能为空"))
        problems += _given_faults(unit, ["units", number], file, edition)
    return problems


def _given_faults(unit: _UnitSpec, path: list[str | int], file: YamlFile, edition: Edition) -> list[Problem]:
    problems: list[Problem] = []
    form_ids = [form.id for form in edition.forms]
    for index, form_id in enumerate(unit.forms or []):
        if form_id not in form_ids:
            at = file.position([*path, "forms", index])
            problems.append(at.problem(f"这个版本没有「{form_id}」这张表{suggestion(form_id, form_ids)}"))
    for form_id, values in unit.given.items():
        form = edition.form(form_id)
        if form is None:
            at = file.position([*path, "given", form_id])
            problems.append(at.problem(f"这个版本没有「{form_id}」这张表{suggestion(form_id, form_ids)}"))
            continue
        problems += _value_faults(values, [*path, "given", form_id], file, form.id, edition)
    names: dict[str, int] = {}
    for number, project in enumerate(unit.projects):
        here = [*path, "projects", number]
        if project.name in names:
            at = file.position([*here, "name"])
            problems.append(at.problem(f"项目「{project.name}」与本单位第 {names[project.name] + 1} 个项目重名"))
        names.setdefault(project.name, number)
        form = next((form for form in edition.forms if form.each == "project"), None)
        if form is None:
            problems.append(file.position(here).problem("这个版本没有项目表，不能列项目"))
            continue
        problems += _value_faults(project.given, [*here, "given"], file, form.id, edition)
        if project.indicators:
            problems += _value_faults({"indicators": project.indicators}, here, file, form.id, edition)
    return problems


def _value_faults(
    values: Given, path: list[str | int], file: YamlFile, form_id: str, edition: Edition
) -> list[Problem]:
    form = edition.form(form_id)
    assert form is not None
    problems: list[Problem] = []
    for name, value in values.items():
        at = file.position([*path, name])
        block = form.block(name)
        if block is not None:
            if not isinstance(value, list) or not all(isinstance(line, dict) for line in value):
                problems.append(at.problem(f"「{name}」应为一组行（列表，每行是「字段: 值」）"))
                continue
            known = [field.short for field in form.fields.values() if field.block == name]
            for index, line in enumerate(value):
                for key in line:
                    if key not in known:
                        spot = file.position([*path, name, index, key])
                        problems.append(spot.problem(f"「{name}」的行里没有字段「{key}」{suggestion(str(key), known)}"))
            continue
        known = [field.id for field in form.fields.values() if field.block is None]
        if name not in known:
            problems.append(at.problem(f"「{form_id}」没有字段「{name}」{suggestion(str(name), known)}"))
        elif form.fields[name].formula:
            problems.append(at.problem(f"字段「{name}」由公式计算，不能给定"))
    return problems


def unit_to_data(unit: Unit) -> dict[str, Any]:
    """A unit as plain data for the seal."""
    return asdict(unit)


def unit_from_data(data: Mapping[str, Any]) -> Unit:
    """The unit that :func:`unit_to_data` wrote. Raises KeyError or TypeError for anything else."""
    projects = tuple(Project(p["name"], p["department"], p["unit"], dict(p["given"])) for p in data["projects"])
    forms = tuple(data["forms"]) if data["forms"] is not None else None
    return Unit(data["code"], data["name"], projects, dict(data["given"]), forms)
