"""A returned workbook in the making: what people do to its cells and sheets, and what Excel does in answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from tests.support.base import Base
from xlsxeval.calc import (
    AreaRef,
    CellRef,
    ErrorLiteral,
    ExcelError,
    Node,
    Scalar,
    compile_formulas,
    parse,
    shift,
    to_formula,
    transform,
)
from xlsxeval.intake.boxes import box
from xlsxeval.intake.cells import Box, RawCell, RawSheet, RawStyle, RawValidation, RawWorkbook, Span, State
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Address, Fault, split_a1

_ERRORS = {error.value for error in ExcelError}
Moved = Callable[[int, int], Span | None]
"""Where a run of rows or columns stands after a change; None where nothing of it is left."""


def _kept(first: int, last: int) -> Span | None:
    return first, last


def _inserted(at: int) -> Moved:
    return lambda first, last: (first + (first >= at), last + (last >= at))


def _deleted(at: int) -> Moved:
    def moved(first: int, last: int) -> Span | None:
        if first == last == at:
            return None
        return (first if first <= at else first - 1), (last if last < at else last - 1)

    return moved


@dataclass
class DraftSheet:
    """One worksheet that can be changed; ``raw`` gives it as the intake reads it."""

    source: RawSheet
    name: str
    state: State = "visible"
    protected: bool = True
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merges: list[Box] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    validations: list[RawValidation] = field(default_factory=list)
    conditional_formats: list[Box] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    hyperlinks: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    changes: dict[str, Any] = field(default_factory=dict)
    """Other things that are as the file says: heights, widths, views."""

    @classmethod
    def of(cls, sheet: RawSheet) -> DraftSheet:
        return cls(
            sheet,
            sheet.name,
            sheet.state,
            sheet.protected,
            dict(sheet.cells),
            list(sheet.merges),
            list(sheet.hidden_rows),
            list(sheet.hidden_columns),
            list(sheet.validations),
            list(sheet.conditional_formats),
            list(sheet.comments),
            list(sheet.hyperlinks),
            sheet.pictures,
        )

    @property
    def raw(self) -> RawSheet:
        return replace(
            self.source,
            name=self.name,
            state=self.state,
            protected=self.protected,
            cells=self.cells,
            merges=tuple(sorted(self.merges)),
            hidden_rows=tuple(sorted(self.hidden_rows)),
            hidden_columns=tuple(sorted(self.hidden_columns)),
            validations=tuple(self.validations),
            conditional_formats=tuple(self.conditional_formats),
            comments=tuple(self.comments),
            hyperlinks=tuple(self.hyperlinks),
            pictures=self.pictures,
            **self.changes,
        )


class Draft:
    """A workbook that can be changed. Places are ``附件2!G4`` or ``附件2!funds.rate``, as the layout has them.

    Whatever is typed marks the workbook for recalculation; ``recalculate`` does what Excel does before it saves.
    """

    def __init__(self, base: Base, raw: RawWorkbook | None = None) -> None:
        self.layout = base.layout
        self.source = raw or base.raw
        self.sheets = [DraftSheet.of(sheet) for sheet in self.source.sheets]
        self.styles = list(self.source.styles)
        self.properties = dict(self.source.properties)
        self.settings: dict[str, object] = {}
        self.faults: list[Fault] = list(self.source.faults)
        self._dirty = False

    @property
    def raw(self) -> RawWorkbook:
        return replace(
            self.source,
            sheets=tuple(sheet.raw for sheet in self.sheets),
            styles=tuple(self.styles),
            properties=self.properties,
            faults=tuple(self.faults),
            **self.settings,  # type: ignore[arg-type]
        )

    # -- places -------------------------------------------------------------------------------------------------

    def sheet(self, name: str) -> DraftSheet:
        """The worksheet of that name. Raises KeyError with the names there are."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(f"no worksheet {name!r}; there are {[sheet.name for sheet in self.sheets]}")

    def address(self, place: str) -> Address:
        """The address of ``sheet!A1`` or ``sheet!field``. Raises KeyError for an unknown sheet or field."""
        name, _, spot = place.rpartition("!")
        self.sheet(name)
        try:
            return Address(name, *split_a1(spot))
        except ValueError:
            return self._field(name, spot).address

    def _field(self, name: str, path: str) -> PlacedCell:
        sheet = self.layout.sheet(name)
        for cell in sheet.cells if sheet else ():
            if cell.slot is not None and cell.slot.path == path:
                return cell
        raise KeyError(f"no field {path!r} on {name!r}")

    def cell(self, address: Address) -> RawCell:
        cells = self.sheet(address.sheet).cells
        return cells.get((address.row, address.column)) or RawCell(address.row, address.column)

    def put(self, address: Address, cell: RawCell) -> None:
        self.sheet(address.sheet).cells[address.row, address.column] = cell

    # -- content ------------------------------------------------------------------------------------------------

    def type(self, place: str, value: Scalar) -> None:
        """A constant in a cell, in the place of whatever was there. ``None`` empties it. A hidden row is shown first."""
        address = self.address(place)
        if value is not None:
            self.show_row(address.sheet, address.row)
        self.put(address, with_value(self.cell(address)._replace(formula=None, array=None), value))
        self._dirty = True

    def show_row(self, name: str, row: int) -> None:
        """The row is hidden no more; those around it stay as they are."""
        sheet = self.sheet(name)
        split = [
            part
            for first, last in sheet.hidden_rows
            for part in ((first, min(last, row - 1)), (max(first, row + 1), last))
        ]
        sheet.hidden_rows = [(first, last) for first, last in split if first <= last]

    def write_formula(self, place: str, text: str, *, array: bool = False) -> None:
        """A formula in a cell, in the place of whatever was there."""
        address = self.address(place)
        formula = text.removeprefix("=")
        self.put(address, self.cell(address)._replace(formula=formula, array=address.a1 if array else None))
        self._dirty = True

    def store(self, place: str, value: Scalar) -> None:
        """Another stored value under a formula, which stays; nothing is recalculated."""
        address = self.address(place)
        self.put(address, with_value(self.cell(address), value))

    def store_everywhere(self, value: Callable[[Address], Scalar]) -> None:
        """Another stored value under every formula; nothing is recalculated."""
        for sheet in self.sheets:
            for key, cell in sheet.cells.items():
                if cell.formula is not None:
                    sheet.cells[key] = with_value(cell, value(Address(sheet.name, *key)))

    def forget(self) -> None:
        """No formula has a stored value, as in a workbook that no spreadsheet program ever saved."""
        for sheet in self.sheets:
            for key, cell in sheet.cells.items():
                if cell.formula is not None:
                    sheet.cells[key] = cell._replace(kind="", text=None, value=None)

    def restyle(self, place: str, change: Callable[[RawStyle], RawStyle]) -> None:
        """Another format for a cell."""
        address = self.address(place)
        cell = self.cell(address)
        self.styles.append(change(self.styles[cell.style]))
        self.put(address, cell._replace(style=len(self.styles) - 1))

    def validate(self, address: Address, change: Mapping[str, Any] | None) -> None:
        """Another data validation for one cell, told by what is different about it; None takes it away."""
        sheet = self.sheet(address.sheet)
        box = (address.row, address.column) * 2
        old = next(item for item in sheet.validations if any(_holds(area, box) for area in item.ranges))
        sheet.validations.remove(old)
        left = [part for area in old.ranges for part in (_without(area, box) if _holds(area, box) else (area,))]
        if left:
            sheet.validations.append(replace(old, ranges=tuple(left)))
        if change is not None:
            sheet.validations.append(replace(old, ranges=(box,), **change))

    # -- rows and sheets ----------------------------------------------------------------------------------------

    def insert_row(self, name: str, row: int) -> None:
        """An empty row above ``row``; references everywhere follow, as in Excel."""
        above = [cell for (at, _), cell in self.sheet(name).cells.items() if at == row - 1]
        self._move(name, _inserted(row), _kept)
        for cell in above:
            self.sheet(name).cells[row, cell.column] = RawCell(row, cell.column, style=cell.style)

    def swap_rows(self, name: str, one: int, other: int) -> None:
        """Two rows change places, as sorting does it: formulas keep to their own row, others do not follow."""
        sheet = self.sheet(name)
        to = {one: other, other: one}
        moved = {}
        for (row, column), cell in sheet.cells.items():
            now = to.get(row, row)
            formula = cell.formula
            if formula is not None and now != row:
                formula = to_formula(shift(parse(formula), now - row, 0))
            moved[now, column] = cell._replace(row=now, formula=formula)
        sheet.cells = moved

    def insert_column(self, name: str, column: int) -> None:
        """An empty column to the left of ``column``, with the looks and locks of the one before, as in Excel."""
        before = [cell for (_, at), cell in self.sheet(name).cells.items() if at == column - 1]
        self._move(name, _kept, _inserted(column))
        for cell in before:
            self.sheet(name).cells[cell.row, column] = RawCell(cell.row, column, style=cell.style)

    def delete_row(self, name: str, row: int) -> None:
        """The row is gone; references to it become #REF!, areas shrink."""
        self._move(name, _deleted(row), _kept)

    def delete_column(self, name: str, column: int) -> None:
        """The column is gone; references to it become #REF!, areas shrink."""
        self._move(name, _kept, _deleted(column))

    def _move(self, name: str, rows: Moved, columns: Moved) -> None:
        def boxed(box: Box) -> Box | None:
            high, wide = rows(box[0], box[2]), columns(box[1], box[3])
            return (high[0], wide[0], high[1], wide[1]) if high and wide else None

        sheet = self.sheet(name)
        cells = {}
        for cell in sheet.cells.values():
            at = boxed((cell.row, cell.column, cell.row, cell.column))
            if at is not None:
                cells[at[:2]] = cell._replace(row=at[0], column=at[1])
        sheet.cells = cells
        sheet.merges = [box for old in sheet.merges if (box := boxed(old)) is not None and box[:2] != box[2:]]
        sheet.hidden_rows = [span for old in sheet.hidden_rows if (span := rows(*old)) is not None]
        sheet.hidden_columns = [span for old in sheet.hidden_columns if (span := columns(*old)) is not None]
        sheet.conditional_formats = [box for old in sheet.conditional_formats if (box := boxed(old)) is not None]
        conditions = sheet.changes.get("conditions", sheet.source.conditions)
        sheet.changes["conditions"] = tuple(
            replace(old, ranges=tuple(box for area in old.ranges if (box := boxed(area)) is not None))
            for old in conditions
        )
        sheet.validations = [
            replace(old, ranges=tuple(box for area in old.ranges if (box := boxed(area)) is not None))
            for old in sheet.validations
        ]

        self._move_print_area(name, boxed)
        widths = sheet.changes.get("column_widths", sheet.source.column_widths)
        moved_widths = ((columns(first, last), width) for first, last, width in widths)
        sheet.changes["column_widths"] = tuple((*span, width) for span, width in moved_widths if span is not None)

        def follow(part: Node, own: str) -> Node | None:
            if not isinstance(part, (CellRef, AreaRef)) or (part.sheet or own) != name:
                return None
            if isinstance(part, CellRef):
                box = boxed((part.row, part.column, part.row, part.column))
                return ErrorLiteral(ExcelError.REF) if box is None else replace(part, row=box[0], column=box[1])
            box = boxed((part.first_row, part.first_column, part.last_row, part.last_column))
            if box is None:
                return ErrorLiteral(ExcelError.REF)
            return replace(part, first_row=box[0], first_column=box[1], last_row=box[2], last_column=box[3])

        self._rewrite(name, follow)

    def _move_print_area(self, name: str, boxed: Callable[[Box], Box | None]) -> None:
        names = self.settings.get("defined_names", self.source.defined_names)
        moved = []
        for defined in names:  # type: ignore[attr-defined]
            where, _, area = defined.text.rpartition("!")
            old = box(area.replace("$", "")) if defined.sheet == name and defined.name.endswith("Print_Area") else None
            if old is not None and (new := boxed(old)) is not None:
                corners = (Address(name, *new[:2]).a1, Address(name, *new[2:]).a1)
                defined = replace(defined, text=f"{where}!{':'.join(corners)}")
            moved.append(defined)
        self.settings["defined_names"] = tuple(moved)

    def rename_sheet(self, old: str, new: str) -> None:
        """Another name for a worksheet; references follow."""
        self.sheet(old).name = new

        def follow(part: Node, _: str) -> Node | None:
            if isinstance(part, (CellRef, AreaRef)) and part.sheet == old:
                return replace(part, sheet=new)
            return None

        self._rewrite(old, follow)

    def delete_sheet(self, name: str) -> None:
        """A worksheet is gone; references to it become #REF!."""
        self.sheets.remove(self.sheet(name))

        def follow(part: Node, _: str) -> Node | None:
            if isinstance(part, (CellRef, AreaRef)) and part.sheet == name:
                return ErrorLiteral(ExcelError.REF)
            return None

        self._rewrite(name, follow)

    def add_sheet(self, name: str, state: State = "visible", cells: Mapping[str, Scalar] | None = None) -> None:
        """Another worksheet at the end."""
        self.sheets.append(DraftSheet.of(RawSheet(name, state)))
        for a1, value in (cells or {}).items():
            self.put(Address(name, *split_a1(a1)), with_value(RawCell(*split_a1(a1)), value))

    def _rewrite(self, name: str, follow: Callable[[Node, str], Node | None]) -> None:
        """The formulas that refer to a worksheet with those references changed; all others stay as they were written."""
        for sheet in self.sheets:
            for key, cell in sheet.cells.items():
                if cell.formula is None or (sheet.name != name and name not in cell.formula):
                    continue
                before = _parsed(cell.formula)
                after = transform(before, lambda part, own=sheet.name: follow(part, own))  # type: ignore[misc]
                if after != before:
                    sheet.cells[key] = cell._replace(formula=to_formula(after))
        self._dirty = True

    # -- calculation --------------------------------------------------------------------------------------------

    def recalculate(self) -> None:
        """Stored values for all formulas as they now stand, from what now stands in the cells."""
        if not self._dirty:
            return
        self._dirty = False
        formulas = self._formulas()
        own = {address: cell.formula for address, cell in self.layout.cells.items() if cell.formula is not None}
        if formulas.keys() <= own.keys() and all(formulas[at] == self._sent_out(at) for at in formulas):
            constants = self._constants(typed_over=own.keys() - formulas.keys())
            known = {sheet.name for sheet in self.layout.sheets}
            values = self.layout.compute({at: value for at, value in constants.items() if at.sheet in known})
        else:
            names = [sheet.name for sheet in self.sheets]
            as_sent = {at: own[at] for at in formulas.keys() & own.keys() if formulas[at] == self._sent_out(at)}
            values = compile_formulas({**formulas, **as_sent}, sheets=names).run(self._constants())
        for address in formulas:
            self.put(address, with_value(self.cell(address), values.get(address)))

    def _formulas(self) -> dict[Address, str]:
        return {
            Address(sheet.name, *key): cell.formula
            for sheet in self.sheets
            for key, cell in sheet.cells.items()
            if cell.formula is not None
        }

    def _sent_out(self, address: Address) -> str | None:
        sheet = self.source.sheet(address.sheet)
        cell = sheet.cells.get((address.row, address.column)) if sheet else None
        return cell.formula if cell else None

    def _constants(self, typed_over: set[Address] | None = None) -> dict[Address, Scalar]:
        constants: dict[Address, Scalar] = dict.fromkeys(typed_over or ())
        constants |= {cell.address: None for cell in self.layout.inputs() if typed_over is not None}
        for sheet in self.sheets:
            for key, cell in sheet.cells.items():
                if cell.formula is None and cell.kind:
                    constants[Address(sheet.name, *key)] = ExcelError(cell.value) if cell.kind == "e" else cell.value
        return constants


@lru_cache(maxsize=4096)
def _parsed(formula: str) -> Node:
    """The tree of a formula: drafts of one base have the same formulas."""
    return parse(formula)


def with_value(cell: RawCell, value: Scalar) -> RawCell:
    """The cell as the intake reads it with that constant or stored value; an error may be given as its text."""
    if isinstance(value, ExcelError):
        value = value.value
    if value is None and cell.formula is None:
        return cell._replace(kind="", text=None, value=None)
    if isinstance(value, bool):
        return cell._replace(kind="b", text="1" if value else "0", value=value)
    if isinstance(value, (int, float)):
        return cell._replace(kind="n", text=f"{value:.17g}", value=float(value))
    if value in _ERRORS:
        return cell._replace(kind="e", text=value, value=value)
    return cell._replace(kind="s", text=value or "", value=value or "")


def _holds(area: Box, cell: Box) -> bool:
    """Whether an area holds a cell."""
    top, left, bottom, right = area
    return top <= cell[0] <= bottom and left <= cell[1] <= right


def _without(area: Box, cell: Box) -> list[Box]:
    """The area without one cell, as up to four others."""
    top, left, bottom, right = area
    row, column = cell[:2]
    parts = [(top, left, row - 1, right), (row, left, row, column - 1), (row, column + 1, row, right)]
    parts.append((row + 1, left, bottom, right))
    return [part for part in parts if part[0] <= part[2] and part[1] <= part[3]]
