"""What Excel does not take of a field, told before any workbook is made."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Field

MAX_LIST = 255
"""Characters that Excel takes for the choices of a list validation."""


def field_faults(fields: Mapping[str, Field]) -> list[Problem]:
    """Every fault of a form's fields, each at its field; empty where there is none."""
    return [field.position.problem(message) for field in fields.values() for message in _faults(field, fields)]


def _faults(field: Field, fields: Mapping[str, Field]) -> list[str]:
    found = []
    if len(",".join(field.choices)) > MAX_LIST:
        found.append(f"选择项合计超过 {MAX_LIST} 个字符，Excel 的下拉列表放不下")
    if any("," in choice for choice in field.choices):
        found.append("选择项里不能有英文逗号：Excel 用它分隔各项")
    if field.length and field.length[0] > field.length[1]:
        found.append("「length」的下限大于上限")
    if isinstance(field.maximum, float) and field.minimum is not None and field.minimum > field.maximum:
        found.append("「min」大于「max」")
    if isinstance(field.maximum, str) and f"{field.block}.{field.maximum}" not in fields:
        found.append(f"「max」里的字段「{field.maximum}」不在同一组行里")
    if not field.label.strip():
        found.append("「label」不能为空")
    return found
