"""Other engines as a second opinion, each behind the same call: cells and formulas in, values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from tests.calc.workbooks import ERRORS, read_shown
from xlsxeval.calc import ExcelError, Scalar
from xlsxeval.model import Address

Compute = Callable[[Mapping[Address, Scalar], Mapping[Address, str]], dict[Address, Scalar]]


def _sheets(cells: Mapping[Address, Any], formulas: Mapping[Address, Any]) -> list[str]:
    return list(dict.fromkeys(address.sheet for address in (*cells, *formulas)))


def formualizer(cells: Mapping[Address, Scalar], formulas: Mapping[Address, str]) -> dict[Address, Scalar]:
    """formualizer (Rust)."""
    import formualizer as engine

    book = engine.Workbook()
    for sheet in _sheets(cells, formulas):
        book.add_sheet(sheet)
    for (sheet, row, column), value in cells.items():
        if isinstance(value, ExcelError):
            book.set_formula(sheet, row, column, f"={value}")
        elif value is not None:
            book.set_value(sheet, row, column, value)
    results: dict[Address, Scalar] = {}
    for address, formula in formulas.items():
        try:
            book.set_formula(*address, f"={formula.removeprefix('=')}")
        except Exception:
            results[address] = ExcelError.NAME
    book.evaluate_all()
    for address in formulas.keys() - results.keys():
        value = book.get_value(*address)
        if isinstance(value, dict):
            value = ERRORS.get(str(value.get("message") or value.get("kind") or ""), ExcelError.VALUE)
        results[address] = _scalar(value)
    return results


def formulon(cells: Mapping[Address, Scalar], formulas: Mapping[Address, str]) -> dict[Address, Scalar]:
    """formulon (C++ in WebAssembly)."""
    from formulon import FormulonError, Workbook

    book = Workbook.create_empty()
    places = {sheet: index for index, sheet in enumerate(_sheets(cells, formulas))}
    for sheet in places:
        book.add_sheet(sheet)
    for (sheet, row, column), value in cells.items():
        place = places[sheet], row - 1, column - 1
        if isinstance(value, ExcelError):
            book.set_formula(*place, f"={value}")
        elif isinstance(value, bool):
            book.set_bool(*place, value)
        elif isinstance(value, str):
            book.set_text(*place, value)
        elif value is not None:
            book.set_number(*place, value)
    unread: set[Address] = set()
    for address, formula in formulas.items():
        try:
            book.set_formula(
                places[address.sheet], address.row - 1, address.column - 1, f"={formula.removeprefix('=')}"
            )
        except FormulonError:
            unread.add(address)
    book.recalc()
    return {
        address: ExcelError.NAME
        if address in unread
        else _scalar(book.get_value(places[address.sheet], address.row - 1, address.column - 1).to_python())
        for address in formulas
    }


_FORMULON_ERRORS = dict(enumerate(list(ExcelError)[:7]))


def _scalar(value: Any) -> Scalar:
    if value is None or isinstance(value, int | float | str) or hasattr(value, "isoformat"):
        return read_shown(value, WINDOWS_EPOCH)
    return _FORMULON_ERRORS.get(getattr(value, "error_code", None), ExcelError.VALUE)


ENGINES: dict[str, Compute] = {"formualizer": formualizer, "formulon": formulon}
