"""A laid-out workbook as text and back: what was sent, independent of the code that laid it out.

A form is kept in two texts, each known by its SHA-256. The *shape* has what units of one shape share: worksheets,
cells, formulas, checks. The *form* of one workbook names its shape and has what the campaign wrote into it. Fields and
checks stand in them by their names, and are those of the edition at hand. What has its default is left out, so that a
form has the same digest in every version of the program that lays it out alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from xlsxeval.calc import FormulaSyntaxError, Node, Scalar, parse, to_formula
from xlsxeval.errors import XlsxevalError
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Check, Edition, Form
from xlsxeval.layout.layout import (
    CellKind,
    CellLook,
    Layout,
    PlacedBlock,
    PlacedCell,
    PlacedCheck,
    SheetLayout,
    Slot,
    WorkbookShape,
)
from xlsxeval.model import Address, Place, Severity

VERSION = 1
"""Version of the texts. A text with a version that a program does not know counts as missing."""

Data = dict[str, Any]


class KeptFormError(XlsxevalError):
    """A kept form cannot be laid out here: it is written otherwise, or its edition no longer has one of its fields."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """The form of one workbook: its own text and digest, and those of its shape."""

    digest: str
    text: str
    shape_digest: str
    shape_text: str


class FormWriter:
    """Writes forms as texts, the shape of many workbooks once. In another process it begins anew."""

    def __init__(self) -> None:
        self._shapes: WeakKeyDictionary[WorkbookShape, tuple[str, str]] = WeakKeyDictionary()

    def __reduce__(self) -> tuple[type[FormWriter], tuple[()]]:
        return FormWriter, ()

    def kept(self, layout: Layout) -> KeptForm:
        """A layout as texts."""
        if layout.shape not in self._shapes:
            text = _text(_shape(layout.shape))
            self._shapes[layout.shape] = (digest_of(text), text)
        shape_digest, shape_text = self._shapes[layout.shape]
        text = _text(_form(layout, shape_digest))
        return KeptForm(digest_of(text), text, shape_digest, shape_text)


def digest_of(text: str) -> str:
    """The SHA-256 under which a text is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def shape_digest_of(form: str) -> str:
    """The digest of the shape that the text of a form names. Raises KeptFormError."""
    return str(_read(form, lambda data: data["shape"]))


def read_shape(text: str, edition: Edition) -> WorkbookShape:
    """The shape that a text holds, with the fields and checks of ``edition``; a check that it no longer has is left out.

    Raises KeptFormError where the edition lacks a form or a field.
    """
    return _read(text, lambda data: _ShapeReader(data, edition).shape())


def read_form(
    text: str, shape: WorkbookShape, campaign: Campaign, unit: Unit, edition: Edition, part: str | None
) -> Layout:
    """The layout of one workbook on its shape; whose it is, its seal says. Raises KeptFormError."""

    def layout(data: Data) -> Layout:
        pairs = zip(shape.sheets, data["sheets"], strict=True)
        sheets = tuple(_filled_sheet(sheet, filled, unit) for sheet, filled in pairs)
        return Layout(campaign, unit, edition, sheets, shape, part)

    return _read(text, layout)


# -- writing ----------------------------------------------------------------------------------------------------------


def _text(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _shape(shape: WorkbookShape) -> Data:
    looks: dict[CellLook, int] = {}
    forms = {sheet.name: sheet.form for sheet in shape.sheets}
    for sheet in shape.sheets:
        for cell in sheet.cells:
            looks.setdefault(cell.look, len(looks))
    return {
        "kept": VERSION,
        "looks": [[look.role, look.align, look.number_format, look.indent] for look in looks],
        "sheets": [_sheet(sheet, looks, shape.formula_texts) for sheet in shape.sheets],
        "checks": [_check(placed, forms[placed.sheet]) for placed in shape.checks],
        "virtual": [[*address, to_formula(formula)] for address, formula in shape.virtual.items()],
        "greys": [[*address, *grey] for address, grey in shape.greys.items()],
    }


def _sheet(sheet: SheetLayout, looks: Mapping[CellLook, int], formulas: Mapping[Address, str]) -> Data:
    blocks = [[one.id, one.first_row, one.lines, one.given, one.least] for one in sheet.blocks]
    return _without_defaults(
        {
            "name": sheet.name,
            "form": sheet.form and sheet.form.id,
            "instance": sheet.instance,
            "title": sheet.title,
            "widths": list(sheet.column_widths),
            "heights": _heights(sheet.row_heights),
            "rows": sheet.print_rows,
            "columns": sheet.print_columns,
            "repeat": sheet.repeat_rows and list(sheet.repeat_rows),
            "landscape": sheet.landscape,
            "blocks": blocks,
            "cells": [_cell(cell, looks, formulas) for cell in sheet.cells],
        }
    )


def _cell(cell: PlacedCell, looks: Mapping[CellLook, int], formulas: Mapping[Address, str]) -> Data:
    return _without_defaults(
        {
            "at": [cell.address.row, cell.address.column],
            "kind": cell.kind.value,
            "look": looks[cell.look],
            "span": [cell.rows, cell.columns] if (cell.rows, cell.columns) != (1, 1) else None,
            "formula": formulas.get(cell.address),
            "field": cell.slot and cell.slot.field.id,
            "line": cell.slot and cell.slot.line,
            "link": cell.link and list(cell.link),
            "grey": None if cell.grey is None else to_formula(cell.grey),
            "undrawn": not cell.report,
            "carried": cell.carried and list(cell.carried),
        }
    ) | ({} if cell.value is None else {"value": cell.value})


def _check(placed: PlacedCheck, form: Form | None) -> Data:
    check = placed.check
    number = _alike(form, check.code, check.at).index(check)
    return ({"number": number} if number else {}) | {
        "code": check.code,
        "at": check.at,
        "sheet": placed.sheet,
        "severity": placed.severity.value,
        "status": list(placed.status),
        "results": [list(address) for address in placed.results],
        "targets": [list(address) for address in placed.targets],
        "shown": [list(address) for address in placed.shown],
        "expected": [address and list(address) for address in placed.expected],
        "related": [[[place.sheet, place.cell, place.field] for place in places] for places in placed.related],
    }


def _form(layout: Layout, shape_digest: str) -> Data:
    pairs = zip(layout.shape.sheets, layout.sheets, strict=True)
    return {"kept": VERSION, "shape": shape_digest, "sheets": [_filled(*pair) for pair in pairs]}


def _filled(bare: SheetLayout, sheet: SheetLayout) -> Data:
    """Data of a worksheet beyond its shape: values by the cell's index, and everything derived from them."""
    pairs = zip(bare.cells, sheet.cells, strict=True)
    values = [[index, own.value] for index, (cell, own) in enumerate(pairs) if own.value != cell.value]
    heights = {} if sheet.row_heights == bare.row_heights else _heights(sheet.row_heights)
    title = "" if sheet.title == bare.title else sheet.title
    return _without_defaults({"attachment": sheet.attachment, "title": title, "values": values, "heights": heights})


def _heights(heights: Mapping[int, float]) -> Data:
    return {str(row): height for row, height in heights.items()}


def _without_defaults(data: Data) -> Data:
    """Leaves out what is None, false or empty, never a number."""
    return {name: value for name, value in data.items() if value or type(value) in (int, float)}


# -- reading ----------------------------------------------------------------------------------------------------------


Made = TypeVar("Made")


def _read(text: str, make: Callable[[Data], Made]) -> Made:
    try:
        data = json.loads(text)
        if data["kept"] != VERSION:
            raise KeptFormError(f"表样是按第 {data['kept']} 种写法存的，这个程序不认识。")
        return make(data)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, FormulaSyntaxError) as error:
        raise KeptFormError(f"存下的表样用不上：{error!r}") from error


class _ShapeReader:
    def __init__(self, data: Data, edition: Edition) -> None:
        self.data = data
        self.edition = edition
        self.looks = [CellLook(*look) for look in data["looks"]]
        self.trees: dict[str, Node] = {}

    def shape(self) -> WorkbookShape:
        data = self.data
        sheets = tuple(self.sheet(one) for one in data["sheets"])
        by_name = {sheet.name: sheet for sheet in sheets}
        checks = [placed for one in data["checks"] if (placed := _placed_check(one, by_name[one["sheet"]])) is not None]
        virtual = {Address(*at): self.tree(formula) for *at, formula in data["virtual"]}
        greys = {Address(*one[:3]): Address(*one[3:]) for one in data["greys"]}
        return WorkbookShape(sheets, tuple(checks), virtual, greys)

    def sheet(self, data: Data) -> SheetLayout:
        form = self.edition.form(data["form"]) if "form" in data else None
        if form is None and "form" in data:
            raise KeyError(data["form"])
        return SheetLayout(
            name=data["name"],
            form=form,
            instance=data.get("instance"),
            project=None,
            attachment="",
            title=data.get("title", ""),
            cells=tuple(self.cell(one, data, form) for one in data["cells"]),
            column_widths=tuple(data["widths"]),
            row_heights=_heights_from(data),
            print_rows=data["rows"],
            print_columns=data["columns"],
            repeat_rows=(data["repeat"][0], data["repeat"][1]) if "repeat" in data else None,
            landscape=data.get("landscape", False),
            blocks=tuple(PlacedBlock(*one) for one in data.get("blocks", ())),
        )

    def cell(self, data: Data, sheet: Data, form: Form | None) -> PlacedCell:
        rows, columns = data.get("span", (1, 1))
        slot = None
        if "field" in data:
            assert form is not None
            slot = Slot(form.id, sheet.get("instance"), form.fields[data["field"]], data.get("line"))
        return PlacedCell(
            Address(sheet["name"], *data["at"]),
            CellKind(data["kind"]),
            self.looks[data["look"]],
            rows,
            columns,
            data.get("value"),
            formula=self.tree(data["formula"]) if "formula" in data else None,
            slot=slot,
            link=Address(*data["link"]) if "link" in data else None,
            grey=self.tree(data["grey"]) if "grey" in data else None,
            report=not data.get("undrawn", False),
            carried=Address(*data["carried"]) if "carried" in data else None,
        )

    def tree(self, formula: str) -> Node:
        """A formula as a tree; many lines have the same one."""
        if formula not in self.trees:
            self.trees[formula] = parse(formula)
        return self.trees[formula]


def _placed_check(data: Data, sheet: SheetLayout) -> PlacedCheck | None:
    """A check in its place; None where the form no longer has it."""
    number, alike = data.get("number", 0), _alike(sheet.form, data["code"], data["at"])
    if number >= len(alike):
        return None
    return PlacedCheck(
        check=alike[number],
        sheet=sheet.name,
        instance=sheet.instance,
        status=Address(*data["status"]),
        results=_addresses(data["results"]),
        targets=_addresses(data["targets"]),
        shown=_addresses(data["shown"]),
        expected=[address and Address(*address) for address in data["expected"]],
        related=[[Place(*place) for place in places] for places in data["related"]],
        severity=Severity(data["severity"]),
    )


def _alike(form: Form | None, code: str, at: str) -> list[Check]:
    """The checks of a form that have one code and speak of one field: mostly a single one."""
    return [check for check in form.checks if (check.code, check.at) == (code, at)] if form is not None else []


def _addresses(data: Sequence[Any]) -> list[Address]:
    return [Address(*address) for address in data]


def _filled_sheet(sheet: SheetLayout, data: Data, unit: Unit) -> SheetLayout:
    cells = list(sheet.cells)
    values: Sequence[tuple[int, Scalar]] = data.get("values", ())
    for index, value in values:
        cells[index] = replace(cells[index], value=value)
    return replace(
        sheet,
        project=None if sheet.instance is None else unit.projects[sheet.instance - 1],
        attachment=data.get("attachment", ""),
        title=data.get("title", sheet.title),
        cells=tuple(cells),
        row_heights=_heights_from(data) or sheet.row_heights,
    )


def _heights_from(data: Data) -> dict[int, float]:
    return dict(sorted((int(row), height) for row, height in data.get("heights", {}).items()))
