"""Data validations of a returned file against what its fields allow: taken away, or made wider.

Bounds that cannot be read for certain (references, formulas of a program's own) count as kept: what was typed is
checked by the field in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.forms.definition import Field
from xlsxeval.intake.cells import RawSheet, RawValidation
from xlsxeval.intake.literals import number
from xlsxeval.layout.layout import Layout, PlacedCell

_INFINITE = float("inf")
_NUMBERS = ("decimal", "whole")
_MOST_WIDE = 2_000
"""Validations over more than one cell that are looked at: a hostile file may have half a million."""


class Limitations:
    """The data validations of one worksheet, by the cells that they hold for."""

    def __init__(self, sheet: RawSheet) -> None:
        self._single: dict[tuple[int, int], list[RawValidation]] = {}
        self._wide: list[tuple[tuple[int, int, int, int], RawValidation]] = []
        for validation in sheet.validations:
            for box in validation.ranges:
                if box[:2] == box[2:]:
                    self._single.setdefault(box[:2], []).append(validation)
                elif len(self._wide) < _MOST_WIDE:
                    self._wide.append((box, validation))

    def at(self, row: int, column: int) -> list[RawValidation]:
        """All that hold for a cell; the type ``none`` holds nothing back and is left out."""
        wide = (
            item for (top, left, bottom, right), item in self._wide if top <= row <= bottom and left <= column <= right
        )
        return [item for item in (*self._single.get((row, column), ()), *wide) if item.type != "none"]


def limited(field: Field) -> bool:
    """Whether a field's cell is sent out with a validation that holds anything back."""
    return field.type.kind in ("number", "date") or bool(field.choices) or field.length is not None


def widened(layout: Layout, cell: PlacedCell, found: Sequence[RawValidation]) -> bool:
    """Whether every validation of an input lets more pass than its field does."""
    return all(_wider(layout, cell, validation) for validation in found)


def _wider(layout: Layout, cell: PlacedCell, validation: RawValidation) -> bool:
    assert cell.slot is not None
    field = cell.slot.field
    if field.strict and not validation.stops:
        return True
    if validation.type == "custom":
        return False
    if field.type.kind == "number":
        whole_lost = field.type.whole and validation.type == "decimal"
        return validation.type in _NUMBERS and (whole_lost or _beyond(validation, *_bounds(layout, cell, field)))
    if field.choices:
        items = _items(validation)
        return validation.type != "list" or (items is not None and not items <= set(field.choices))
    if field.length and validation.type == "textLength":
        least, most = field.length
        return _beyond(validation, 0 if least <= 1 else least, most)
    return False


def _bounds(layout: Layout, cell: PlacedCell, field: Field) -> tuple[float, float]:
    """The least and the greatest number; a bound that stands in another cell counts where it is given."""
    least = -_INFINITE if field.minimum is None else field.minimum
    if isinstance(field.maximum, str):
        bound = layout.bound_of(cell)
        value = bound.value if bound is not None else field.type.maximum
        return least, value if isinstance(value, float | int) else _INFINITE
    return least, _INFINITE if field.maximum is None else field.maximum


def _beyond(validation: RawValidation, least: float, most: float) -> bool:
    low, high = _interval(validation)
    return (low is not None and low < least) or (high is not None and high > most)


def _interval(validation: RawValidation) -> tuple[float | None, float | None]:
    """What a validation lets pass; None for an end that cannot be read."""
    first, second = (
        None if text is None else number(text.strip()) for text in (validation.formula1, validation.formula2)
    )
    match validation.operator:
        case "between":
            return first, second
        case "equal":
            return first, first
        case "greaterThan" | "greaterThanOrEqual":
            return first, _INFINITE
        case "lessThan" | "lessThanOrEqual":
            return -_INFINITE, first
        case _:
            return -_INFINITE, _INFINITE


def _items(validation: RawValidation) -> set[str] | None:
    """The entries of a list that is written out; None where it stands in cells."""
    text = (validation.formula1 or "").strip()
    if not (len(text) >= 2 and text[0] == text[-1] == '"'):
        return None
    return set(_split(text[1:-1].replace('""', '"')))


def _split(text: str) -> Iterator[str]:
    return (item.strip() for item in text.split(","))
