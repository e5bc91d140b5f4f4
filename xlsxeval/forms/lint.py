"""Proves an edition: laid out with no, one and several projects, and held against what Excel takes."""

from __future__ import annotations

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.definition import Edition, Field
from xlsxeval.forms.example import example_layout

MAX_LIST = 255
"""Characters that Excel takes for the choices of a list validation."""


def lint_edition(edition: Edition) -> list[Problem]:
    """Every fault of an edition that its loading has not told yet; empty where there is none."""
    problems: list[Problem] = []
    for form in edition.forms:
        for field in form.fields.values():
            problems += _field_faults(field)
            if isinstance(field.maximum, str) and f"{field.block}.{field.maximum}" not in form.fields:
                problems.append(field.position.problem(f"「max」里的字段「{field.maximum}」不在同一组行里"))
    if problems:
        return problems
    for projects in (2, 1, 0):
        try:
            example_layout(edition, projects)
        except DefinitionError as error:
            problems += error.problems
    return list(dict.fromkeys(problems))


def _field_faults(field: Field) -> list[Problem]:
    problems = []
    if len(",".join(field.choices)) > MAX_LIST:
        problems.append(field.position.problem(f"选择项合计超过 {MAX_LIST} 个字符，Excel 的下拉列表放不下"))
    if any("," in choice for choice in field.choices):
        problems.append(field.position.problem("选择项里不能有英文逗号：Excel 用它分隔各项"))
    if field.length and field.length[0] > field.length[1]:
        problems.append(field.position.problem("「length」的下限大于上限"))
    if isinstance(field.maximum, float) and field.minimum is not None and field.minimum > field.maximum:
        problems.append(field.position.problem("「min」大于「max」"))
    if not field.label.strip():
        problems.append(field.position.problem("「label」不能为空"))
    return problems
