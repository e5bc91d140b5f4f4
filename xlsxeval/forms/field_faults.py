"""What Excel does not take of a field, told before any workbook is made."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Field
from xlsxeval.forms.yaml_file import suggestion

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
    if field.may_repeat and field.type.name != "text":
        found.append("「may_repeat」只用于文字（type: text）")
    if field.last_year is not None:
        found += _last_year_faults(field, field.last_year, fields)
    return found


def _last_year_faults(field: Field, name: str, fields: Mapping[str, Field]) -> list[str]:
    """Last year's form is not at hand; this year's has the same fields, but for another edition."""
    if name not in fields:
        return [f"「last_year」里的「{name}」不是这张表的字段{suggestion(name, fields)}"]
    other = fields[name]
    if (field.type.kind, other.type.kind) != ("number", "number"):
        return ["「last_year」只用于数，指的也要是数"]
    if field.block != other.block:
        return [f"「last_year」里的「{name}」和这个字段不在同一组行里"]
    return []
