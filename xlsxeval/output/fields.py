"""The JSON contract of ``fields``; described in docs/internals/formats.md, versioned by ``schema``."""

from __future__ import annotations

from typing import Any

from xlsxeval.calc import to_formula
from xlsxeval.layout.layout import Layout, PlacedCell
from xlsxeval.output.records import SCHEMA, dump


def fields_json(layout: Layout) -> str:
    """``fields --format json``."""
    forms = []
    for sheet in layout.sheets:
        if sheet.form is None:
            continue
        cells = [cell for cell in sheet.cells if cell.slot is not None]
        forms.append(
            {
                "form": sheet.form.id,
                "attachment": sheet.attachment or None,
                "sheet": sheet.name,
                "fields": [_field(cell) for cell in cells],
            }
        )
    return dump({"schema": SCHEMA, "edition": layout.edition.id, "forms": forms})


def _field(cell: PlacedCell) -> dict[str, Any]:
    assert cell.slot is not None
    field = cell.slot.field
    return {
        "field": cell.slot.path,
        "label": field.label,
        "cell": cell.address.a1,
        "kind": cell.kind.value,
        "type": field.type.name,
        "unit": field.type.unit or None,
        "required": field.required,
        "formula": None if cell.formula is None else to_formula(cell.formula),
    }
