"""Field types → data validations with a prompt: the same bounds that the reader checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlsxeval.forms.definition import Field
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell, SheetLayout
from xlsxeval.model import column_letters
from xlsxeval.workbook.areas import corner, joined

MAX_TITLE = 32
MAX_MESSAGE = 255
MAX_LIST = 255
_FIRST_DATE, _LAST_DATE = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


def write_validations(page: Worksheet, layout: Layout, sheet: SheetLayout) -> None:
    """Gives every input cell its validation; those of one field are written as one, each area with its own bound."""
    groups: dict[Hashable, tuple[dict[str, Any], list[PlacedCell]]] = {}
    for cell in sheet.cells:
        if cell.kind is CellKind.INPUT:
            assert cell.slot is not None
            bound = layout.bound_of(cell)
            beside = bound and (bound.address.column, bound.address.row - cell.address.row)
            key = (cell.slot.field.id, cell.slot.field.label, beside)
            options, cells = groups.setdefault(key, (_validation(layout, cell), []))
            cells.append(cell)
    for options, cells in groups.values():
        by_corner = {corner(cell)[:2]: cell for cell in cells}
        areas = joined(map(corner, cells))
        if layout.bound_of(cells[0]) is None:
            page.data_validation(*areas[0], options | {"other_cells": areas[1:]})
            continue
        for area in areas:
            page.data_validation(*area, _validation(layout, by_corner[area[:2]]))


def _validation(layout: Layout, cell: PlacedCell) -> dict[str, Any]:
    """XlsxWriter's options for the validation of one input cell."""
    assert cell.slot is not None
    field = cell.slot.field
    options = _bounds(layout, cell, field)
    hint = field.hint or field.type.says
    if field.hint and field.type.kind == "number":
        hint = f"{field.hint}\n{field.type.says}"
    options |= {
        "input_title": field.label[:MAX_TITLE],
        "input_message": hint[:MAX_MESSAGE],
        "ignore_blank": True,
    }
    if options["validate"] != "any":
        options |= {
            "error_title": "填写有误",
            "error_message": _error(field)[:MAX_MESSAGE],
            "error_type": "stop" if field.strict else "warning",
        }
    return options


def _bounds(layout: Layout, cell: PlacedCell, field: Field) -> dict[str, Any]:
    kind = field.type.kind
    if kind == "number":
        return {
            "validate": "integer" if field.type.whole else "decimal",
            "criteria": "between",
            "minimum": field.minimum,
            "maximum": _maximum(layout, cell, field),
        }
    if kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": _FIRST_DATE, "maximum": _LAST_DATE}
    if field.choices:
        return {"validate": "list", "source": list(field.choices)}
    if field.length:
        least, most = field.length
        return {"validate": "length", "criteria": "between", "minimum": 0 if least <= 1 else least, "maximum": most}
    return {"validate": "any"}


def _maximum(layout: Layout, cell: PlacedCell, field: Field) -> float | str | None:
    """A number, or the address of the field that bounds this one in the same line."""
    if not isinstance(field.maximum, str):
        return field.maximum
    bound = layout.bound_of(cell)
    return f"=${column_letters(bound.address.column)}{bound.address.row}" if bound else field.type.maximum


def _error(field: Field) -> str:
    kind = field.type.kind
    if kind == "number":
        if isinstance(field.maximum, str):
            return f"{field.label}：{field.type.says}，不小于 {field.minimum:g}，不大于同一行的分值。"
        return f"{field.label}：{field.type.says}，在 {field.minimum:g} 和 {field.maximum:g} 之间，不要带单位。"
    if kind == "date":
        return f"{field.label}：请填日期，例如 2025-05-19。"
    if field.choices:
        return f"{field.label}：请从下拉列表中选择：{'、'.join(field.choices)}。"
    assert field.length is not None
    return f"{field.label}：字数应在 {field.length[0]} 到 {field.length[1]} 之间。"
