"""Structured references: ``表1[金额]``, ``表1[[#This Row],[金额]]``, ``[@金额]``; read, and turned into plain references.

Source: Microsoft, "Using structured references with Excel tables"; ECMA-376 part 1, 18.5 (tables).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from xlsxeval.calc.nodes import AreaRef, CellRef, ErrorLiteral, Node, TableRef
from xlsxeval.calc.values import Area, ExcelError, inside
from xlsxeval.model import Address


class Table(NamedTuple):
    """A table of a worksheet; ``area`` holds its heading and totals too."""

    name: str
    area: Area
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0


_PIECE: Final = re.compile(r"\[((?:[^\[\]']|'.)*)\]|(:)|([^\[\],:\s][^\[\],:]*)", re.DOTALL)
_PARTS: Final = ("#all", "#headers", "#data", "#totals", "#this row")


def read_table_ref(written: str) -> TableRef | None:
    """The node of ``表1[[#Totals],[a]:[b]]``; None for what is none."""
    name, _, rest = written.partition("[")
    inner = rest[:-1]
    parts: list[str] = []
    if inner.startswith("@"):
        parts.append("#this row")
        inner = inner[1:].strip()
    if "[" not in re.sub(r"'.", "", inner):
        inner = f"[{inner.strip()}]" if inner.strip() else ""
    columns: list[str] = []
    joined = False
    for piece in _PIECE.finditer(inner):
        if piece[2]:
            joined = True
            continue
        text = piece[3] or piece[1]
        if text.casefold() in _PARTS:
            parts.append(text.casefold())
        else:
            columns.append(re.sub(r"'(.)", r"\1", text))
    if len(columns) > 2 or (len(columns) == 2) is not joined:
        return None
    return TableRef(name or None, tuple(parts), tuple(columns))


def table_ref_text(node: TableRef) -> str:
    """The text of a structured reference as files hold it."""
    columns = ":".join("[" + re.sub(r"(['\[\]#])", r"'\1", column) + "]" for column in node.columns)
    parts = ",".join(f"[{part.title() if part != '#this row' else '#This Row'}]" for part in node.parts)
    joined = ",".join(piece for piece in (parts, columns) if piece)
    single = joined.count("[") == 1
    return f"{node.table or ''}{joined if single else f'[{joined}]'}" if joined else f"{node.table or ''}[]"


def table_area(node: TableRef, address: Address, tables: Mapping[str, Table]) -> Area | ExcelError:
    """The cells that a structured reference means in a formula's cell."""
    if node.table is None:
        table = next((table for table in tables.values() if inside(address, table.area)), None)
    else:
        table = tables.get(node.table.casefold())
    if table is None:
        return ExcelError.REF if node.table is None else ExcelError.NAME
    sheet, top, left, bottom, right = table.area
    names = [column.casefold() for column in table.columns]
    wanted = [column.casefold() for column in node.columns]
    if any(column not in names for column in wanted):
        return ExcelError.REF
    if wanted:
        places = sorted(names.index(column) for column in wanted)
        left, right = left + places[0], left + places[-1]
    rows = _rows(node.parts, table, address)
    if isinstance(rows, ExcelError):
        return rows
    top, bottom = rows
    return Area(sheet, top, left, bottom, right) if top <= bottom else ExcelError.REF


def _rows(parts: tuple[str, ...], table: Table, address: Address) -> tuple[int, int] | ExcelError:
    first, last = table.area.first_row + table.header_rows, table.area.last_row - table.totals_rows
    if "#this row" in parts:
        return (address.row, address.row) if first <= address.row <= last else ExcelError.VALUE
    spans = {
        "#all": (table.area.first_row, table.area.last_row),
        "#headers": (table.area.first_row, first - 1),
        "#data": (first, last),
        "#totals": (last + 1, table.area.last_row),
    }
    chosen = [span for part in parts or ("#data",) if (span := spans[part])[0] <= span[1]]
    if not chosen:
        return ExcelError.REF
    return min(span[0] for span in chosen), max(span[1] for span in chosen)


def plain_reference(node: TableRef, address: Address, tables: Mapping[str, Table]) -> Node:
    """A structured reference as a reference to cells, or the error that it is."""
    area = table_area(node, address, tables)
    if isinstance(area, ExcelError):
        return ErrorLiteral(area)
    sheet, top, left, bottom, right = area
    if (top, left) == (bottom, right):
        return CellRef(sheet, top, left, row_absolute=True, column_absolute=True)
    return AreaRef(sheet, top, left, bottom, right, True, True, True, True)
