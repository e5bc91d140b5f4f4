"""What is wrong with a campaign, each fault at its place, whether it was written in YAML or in a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from xlsxeval.errors import Problem
from xlsxeval.forms.campaign_spec import CODE, CampaignSpec, ProjectSpec, UnitSpec
from xlsxeval.forms.definition import Edition, Field, Form
from xlsxeval.forms.level_faults import level_faults
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import setting_faults
from xlsxeval.forms.values import typed_value
from xlsxeval.forms.weights import weight_fault
from xlsxeval.forms.yaml_file import Place, Position, suggestion
from xlsxeval.limits import SETTINGS, setting_fault

Path_ = list[str | int]
_CODE = re.compile(CODE)


def campaign_faults(spec: CampaignSpec, place: Place, edition: Edition | None, library: Library) -> list[Problem]:
    """All faults in the order of writing. Without an edition (it is unknown) only those that need none."""
    problems: list[Problem] = []
    if not spec.units and not spec.levels:
        problems.append(place(["units"]).problem("没有列出任何单位"))
    if not _CODE.match(spec.campaign):
        problems.append(place(["campaign"]).problem("任务编号只能用字母、数字、横线和下划线，不超过 32 个字符"))
    if spec.last_year is not None and not spec.last_year.strip():
        problems.append(place(["last_year"]).problem("上年任务应写它的文件夹，例如 ../2023任务；没有的删去这一行"))
    if spec.rules:
        problems += setting_faults(spec.rules, place, library.codes(edition.forms if edition else ()))
    for name, value in spec.limits.items():
        fault = setting_fault(name, value)
        if fault is not None:
            near = "" if name in SETTINGS else suggestion(name, SETTINGS)
            problems.append(place(["limits", name]).problem(fault + near))
    problems += level_faults(spec, place, library)
    codes: dict[str, int] = {}
    for number, unit in enumerate(spec.units):
        at = place(["units", number, "code"])
        same = unit.code.casefold()  # two codes that differ by case only would name one file on Windows
        if same in codes:
            problems.append(at.problem(f"单位代码「{unit.code}」与第 {codes[same] + 1} 个单位重复（不分大小写）"))
        codes.setdefault(same, number)
        if not _CODE.match(unit.code):
            problems.append(at.problem(f"单位代码「{unit.code}」只能用字母、数字、横线和下划线，不超过 32 个字符"))
        if not unit.name.strip():
            problems.append(place(["units", number, "name"]).problem("单位名称不能为空"))
        problems += _UnitFaults(unit, ["units", number], place, edition).all()
    return problems


class _UnitFaults:
    def __init__(self, unit: UnitSpec, path: Path_, place: Place, edition: Edition | None) -> None:
        self.unit = unit
        self.path = path
        self.place = place
        self.edition = edition

    def all(self) -> list[Problem]:
        problems = self._forms(self.edition) if self.edition else []
        names: dict[str, int] = {}
        for number, project in enumerate(self.unit.projects):
            here = [*self.path, "projects", number]
            if project.name in names:
                at = self.place([*here, "name"])
                problems.append(at.problem(f"项目「{project.name}」与本单位第 {names[project.name] + 1} 个项目重名"))
            names.setdefault(project.name, number)
            if self.edition:
                problems += self._project(project, here, self.edition)
        return problems

    def _forms(self, edition: Edition) -> list[Problem]:
        problems: list[Problem] = []
        form_ids = [form.id for form in edition.forms]
        for index, form_id in enumerate(self.unit.forms or []):
            if form_id not in form_ids:
                at = self.place([*self.path, "forms", index])
                problems.append(at.problem(f"这个版本没有「{form_id}」这张表{suggestion(form_id, form_ids)}"))
        for form_id, values in self.unit.given.items():
            form = edition.form(form_id)
            here = [*self.path, "given", form_id]
            if form is None:
                message = f"这个版本没有「{form_id}」这张表{suggestion(form_id, form_ids)}"
                problems.append(self.place(here).problem(message))
                continue
            problems += self._values(values, here, form)
            problems += weight_fault(form, edition, values, partial(self._block, here))
        return problems

    def _block(self, path: Path_, block: str) -> Position:
        return self.place([*path, block])

    def _project(self, project: ProjectSpec, here: Path_, edition: Edition) -> list[Problem]:
        form = next((form for form in edition.forms if form.each == "project"), None)
        if form is None:
            return [self.place(here).problem("这个版本没有项目表，不能列项目")]
        problems = self._values(project.given, [*here, "given"], form)
        values = project.given
        if project.indicators:
            problems += self._values({"indicators": project.indicators}, here, form)
            values = {**values, "indicators": project.indicators}

        def spot(block: str) -> Position:
            own = block == "indicators" and project.indicators
            return self.place([*here, block] if own else [*here, "given", block])

        return problems + weight_fault(form, edition, values, spot, project.name)

    def _values(self, values: Mapping[str, Any], path: Path_, form: Form) -> list[Problem]:
        problems: list[Problem] = []
        for name, value in values.items():
            here = [*path, name]
            at = self.place(here)
            if form.block(name) is not None:
                if not isinstance(value, list) or not all(isinstance(line, dict) for line in value):
                    problems.append(at.problem(f"「{name}」应为一组行（列表，每行是「字段: 值」）"))
                else:
                    problems += self._lines(name, value, here, form)
                continue
            known = [field.id for field in form.fields.values() if field.block is None]
            if name not in known:
                problems.append(at.problem(f"「{form.id}」没有字段「{name}」{suggestion(str(name), known)}"))
            else:
                problems += self._value(form.fields[name], value, here)
        return problems

    def _lines(self, block: str, lines: list[dict[str, Any]], path: Path_, form: Form) -> list[Problem]:
        problems: list[Problem] = []
        fields = {field.short: field for field in form.fields.values() if field.block == block}
        for index, line in enumerate(lines):
            for key, value in line.items():
                here = [*path, index, key]
                if key not in fields:
                    message = f"「{block}」的行里没有字段「{key}」{suggestion(str(key), fields)}"
                    problems.append(self.place(here).problem(message))
                else:
                    problems += self._value(fields[key], value, here)
        return problems

    def _value(self, field: Field, value: Any, path: Path_) -> list[Problem]:
        if field.formula:
            return [self.place(path).problem(f"字段「{field.short}」由公式计算，不能给定")]
        try:
            typed_value(field, value)
        except ValueError as error:
            return [self.place(path).problem(str(error))]
        return []
