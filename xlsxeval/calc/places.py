"""Where a formula stands and what it may ask about its surroundings."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from xlsxeval.calc.nodes import AreaRef, Call, CellRef, Node, SheetSpan, Union
from xlsxeval.calc.storage import Computation
from xlsxeval.calc.table_refs import Table
from xlsxeval.calc.trees import walk
from xlsxeval.calc.values import Area, CellError, ExcelError, Grid, Reference, Scalar
from xlsxeval.model import Address


@dataclass(slots=True)
class World:
    """What all formulas of a program share: worksheets in order, defined names, formula cells, the date system."""

    sheets: Sequence[str]
    names: Mapping[tuple[str | None, str], Node]
    formulas: Mapping[Address, Node]
    date1904: bool
    hidden: Mapping[str, Collection[int]] = field(default_factory=dict)
    """The rows of worksheets that do not show, for whatever reason."""
    filtered: Mapping[str, Collection[int]] = field(default_factory=dict)
    """Those of them that a filter hides."""
    arrays: Mapping[Address, tuple[int, int]] = field(default_factory=dict)
    """The rows and columns that array formulas fill."""
    tables: Mapping[str, Table] = field(default_factory=dict)
    """The tables of the workbook by their names in small letters."""
    _folded: dict[str, str] = field(init=False)
    _subtotals: list[Address] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._folded = {sheet.casefold(): sheet for sheet in self.sheets}

    def sheet(self, name: str) -> str | None:
        """The worksheet's name as written in the workbook, whatever its case; None for an unknown one."""
        return self._folded.get(name.casefold())

    @property
    def subtotals(self) -> Sequence[Address]:
        """The cells whose formulas call SUBTOTAL or AGGREGATE, which leave each other out."""
        if self._subtotals is None:
            self._subtotals = [
                address
                for address, node in self.formulas.items()
                if any(isinstance(part, Call) and part.name in ("SUBTOTAL", "AGGREGATE") for part in walk(node))
            ]
        return self._subtotals

    def span(self, first: str, last: str) -> Sequence[str]:
        """The worksheets from one to another; empty when one of them is unknown."""
        ends = [self.sheet(first), self.sheet(last)]
        places = sorted(self.sheets.index(end) for end in ends if end is not None)
        return self.sheets[places[0] : places[1] + 1] if len(places) == 2 else []

    def name(self, name: str, sheet: str) -> Node | None:
        """What a defined name stands for, as seen from a worksheet; its own names come first."""
        folded = name.casefold()
        return self.names.get((sheet, folded)) or self.names.get((None, folded))


class Here:
    """What a function that asks for its place gets: the cell, the world, and the run."""

    __slots__ = ("address", "run", "world")

    def __init__(self, address: Address, world: World, run: Computation) -> None:
        self.address = address
        self.world = world
        self.run = run

    @property
    def area(self) -> Area:
        """The formula's own cell."""
        sheet, row, column = self.address
        return Area(sheet, row, column, row, column)

    @property
    def now(self) -> datetime.datetime:
        """The moment given by the caller. Raises CellError (``#VALUE!``) when none was given."""
        if self.run.now is None:
            raise CellError(ExcelError.VALUE)
        return self.run.now


def dereference(run: Computation, reference: Reference) -> Grid:
    """The values a reference points to; several areas are put one below another."""
    if len(reference.areas) == 1:
        return run.grid(reference.areas[0])
    values = [value for area in reference.areas for value in run.grid(area).values()]
    return Grid(len(values), 1, values)


def intersect(run: Computation, reference: Reference, address: Address) -> Scalar:
    """Implicit intersection: the one cell of a reference in the formula's own row or column, else ``#VALUE!``."""
    cell = crossing(reference.single, address)
    if cell is None:
        raise CellError(ExcelError.VALUE)
    return run.grid(cell).at(0, 0)


def crossing(area: Area, address: Address) -> Area | None:
    """The cell of a column (row) that stands in the formula's row (column); the cell itself for a single one."""
    sheet, first_row, first_column, last_row, last_column = area
    row = address.row if first_row <= address.row <= last_row else None
    column = address.column if first_column <= address.column <= last_column else None
    row = first_row if first_row == last_row else row
    column = first_column if first_column == last_column else column
    if row is None or column is None or (area.rows > 1 and area.columns > 1):
        return None
    return Area(sheet, row, column, row, column)


def static_reference(node: Node, sheet: str, world: World) -> Reference | None:
    """The Reference of a node on a worksheet that says by itself where its cells are; None for anything else."""
    match node:
        case CellRef() | AreaRef():
            own = sheet if node.sheet is None else world.sheet(node.sheet)
            return None if own is None else Reference((area_of(node, own),))
        case SheetSpan(first, last, target):
            sheets = world.span(first, last)
            return Reference(tuple(area_of(target, each) for each in sheets)) if sheets else None
        case Union(parts):
            found = [static_reference(part, sheet, world) for part in parts]
            areas = tuple(area for reference in found if reference is not None for area in reference.areas)
            return None if None in found else Reference(areas)
        case _:
            return None


def area_of(ref: CellRef | AreaRef, sheet: str) -> Area:
    """The area on a worksheet that a reference covers."""
    if isinstance(ref, CellRef):
        return Area(sheet, ref.row, ref.column, ref.row, ref.column)
    return Area(sheet, ref.first_row, ref.first_column, ref.last_row, ref.last_column)
