"""Every cell of a unit's workbook in its place: what is written, what is read back, what the report draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from xlsxeval.calc import Node, Program, Scalar, compile_formulas, to_formula
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Check, Edition, Field, Form
from xlsxeval.forms.settings import Settings
from xlsxeval.model import Address, Place, Severity

SELF_CHECK_SHEET = "自查"
PASSED = "✓ 通过"
FAILED = {"error": "✗", "warning": "△", "info": "○"}
NOT_YET = "— 待填"
UNDECIDED = "— 无法检查"


class CellKind(StrEnum):
    """Kind of a cell, by the writer of its content: the form itself, the campaign, the unit, or a formula."""

    LABEL = "label"
    GIVEN = "given"
    INPUT = "input"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class CellLook:
    """Look of a cell, apart from colours and fonts, which depend on the role."""

    role: str
    align: str = "center"
    number_format: str = "General"
    indent: int = 0


looked = lru_cache(maxsize=1024)(CellLook)
"""A look, the same object wherever it is the same: a form has some twenty, and thousands of cells."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Field of a form in a cell; ``instance`` counts projects and ``line`` lines of a block, from 1."""

    form: str
    instance: int | None
    field: Field
    line: int | None = None

    @property
    def path(self) -> str:
        """``funds.rate`` or ``indicators[3].score``."""
        if self.line is None:
            return self.field.id
        return f"{self.field.block}[{self.line}].{self.field.short}"

    @property
    def label(self) -> str:
        """The label for people, with the line where there are several."""
        return self.field.label if self.line is None else f"{self.field.label}（第{self.line}行）"


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """One cell. ``rows`` and ``columns`` are more than 1 where cells are merged; ``value`` is a label or given value.

    While ``grey`` is true the cell shows that there is nothing to fill in. What is not for the ``report`` stands in the
    workbook only. ``carried`` is the helper cell with the class that counts in this line, though it may have been
    written in a line above.
    """

    address: Address
    kind: CellKind
    look: CellLook
    rows: int = 1
    columns: int = 1
    value: Scalar = None
    formula: Node | None = None
    slot: Slot | None = None
    link: Address | None = None
    grey: Node | None = None
    report: bool = True
    carried: Address | None = None

    @property
    def locked(self) -> bool:
        return self.kind is not CellKind.INPUT


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """The lines of a repeated block: which rows, whether the campaign gave them, how many must at least be used."""

    id: str
    first_row: int
    lines: int
    given: bool
    least: int = 0

    @property
    def rows(self) -> range:
        """The rows of the lines."""
        return range(self.first_row, self.first_row + self.lines)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One worksheet. Widths are characters, heights points; ``print_columns`` and ``print_rows`` are the printed area."""

    name: str
    form: Form | None
    instance: int | None
    project: Project | None
    attachment: str
    title: str
    cells: tuple[PlacedCell, ...]
    column_widths: tuple[float, ...]
    row_heights: Mapping[int, float]
    print_rows: int
    print_columns: int
    repeat_rows: tuple[int, int] | None
    landscape: bool
    blocks: tuple[PlacedBlock, ...] = ()

    def block(self, block_id: str) -> PlacedBlock | None:
        """The block of that name on this sheet, or None."""
        return next((block for block in self.blocks if block.id == block_id), None)


@dataclass(frozen=True, slots=True)
class PlacedCheck:
    """A check of one form instance. A failing result begins with the mark of its severity.

    ``status`` is the cell in 自查; for a check of every line ``lines`` has the result cell of each line instead, and
    ``targets`` the cell that each result speaks of. ``severity`` is what edition and campaign made of the check's own.
    A check that is switched off stands in no worksheet: its cells are virtual.
    """

    check: Check
    sheet: str
    instance: int | None
    status: Address
    results: Sequence[Address]
    targets: Sequence[Address]
    shown: Sequence[Address]
    expected: Sequence[Address | None]
    related: Sequence[Sequence[Place]]
    severity: Severity

    @property
    def mark(self) -> str:
        """Mark at the beginning of a failing result."""
        return FAILED[self.severity]


SlotKey = tuple[str, int | None, str]
"""A field's place in a workbook: form, instance and path."""


@dataclass(frozen=True, eq=False)
class WorkbookShape:
    """Shape that workbooks share which differ in given values only; see :mod:`xlsxeval.layout.shaping`.

    The cells of ``sheets`` have the form's own words and no given values. ``virtual`` holds formulas that stand in no
    worksheet (expected values of findings); ``greys`` those of them that decide whether an input is grey. Shapes are
    compared by identity: a comparison of their content takes too long to be done by accident.
    """

    sheets: tuple[SheetLayout, ...]
    checks: tuple[PlacedCheck, ...]
    virtual: Mapping[Address, Node]
    greys: Mapping[Address, Address]

    @cached_property
    def formulas(self) -> Mapping[Address, Node]:
        """The formulas of all worksheets."""
        return {cell.address: cell.formula for sheet in self.sheets for cell in sheet.cells if cell.formula is not None}

    @cached_property
    def program(self) -> Program:
        """All formulas, compiled once."""
        names = [sheet.name for sheet in self.sheets]
        extra = sorted({address.sheet for address in self.virtual} - set(names))
        return compile_formulas({**self.formulas, **self.virtual}, sheets=[*names, *extra])

    @cached_property
    def formula_texts(self) -> Mapping[Address, str]:
        """Every formula as it is written into the workbook, without ``=``."""
        return {address: to_formula(formula) for address, formula in self.formulas.items()}

    @cached_property
    def places(self) -> Mapping[SlotKey, Address]:
        """Address of every field."""
        cells = (cell for sheet in self.sheets for cell in sheet.cells)
        return {(cell.slot.form, cell.slot.instance, cell.slot.path): cell.address for cell in cells if cell.slot}


class _FieldCells(Mapping[SlotKey, PlacedCell]):
    """The cells of a layout by their fields, looked up in what shape and layout have anyway."""

    def __init__(self, places: Mapping[SlotKey, Address], cells: Mapping[Address, PlacedCell]) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, slot: SlotKey) -> PlacedCell:
        return self._cells[self._places[slot]]

    def __iter__(self) -> Iterator[SlotKey]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, slot: object) -> bool:
        return slot in self._places


@dataclass(frozen=True)
class Layout:
    """A unit's whole workbook: a shape with the unit's values in its sheets."""

    campaign: Campaign
    unit: Unit
    edition: Edition
    sheets: tuple[SheetLayout, ...]
    shape: WorkbookShape
    part: str | None = None

    @property
    def checks(self) -> tuple[PlacedCheck, ...]:
        """The checks of all sheets."""
        return self.shape.checks

    @property
    def virtual(self) -> Mapping[Address, Node]:
        """Formulas that stand in no worksheet."""
        return self.shape.virtual

    @property
    def greys(self) -> Mapping[Address, Address]:
        """Virtual formula that decides whether an input is grey, for inputs that may be."""
        return self.shape.greys

    @property
    def program(self) -> Program:
        """All formulas, compiled."""
        return self.shape.program

    @property
    def formula_texts(self) -> Mapping[Address, str]:
        """Every formula as it is written into the workbook, without ``=``."""
        return self.shape.formula_texts

    @cached_property
    def cells(self) -> Mapping[Address, PlacedCell]:
        """Every cell by its address; of merged cells the first."""
        return {cell.address: cell for sheet in self.sheets for cell in sheet.cells}

    @cached_property
    def slots(self) -> Mapping[SlotKey, PlacedCell]:
        """Every field's cell by form, instance and path (``("project", 2, "indicators[1].score")``)."""
        return _FieldCells(self.shape.places, self.cells)

    @cached_property
    def settings(self) -> Settings:
        """Settings of the rules by edition and campaign; the campaign's take precedence."""
        return {**self.edition.settings, **self.campaign.settings}

    @cached_property
    def fixed_values(self) -> Mapping[Address, Scalar]:
        """The values of labels and given cells, which no unit types."""
        return {
            address: cell.value
            for address, cell in self.cells.items()
            if cell.value is not None and cell.kind is not CellKind.INPUT
        }

    def is_grey(self, address: Address, values: Mapping[Address, Scalar]) -> bool:
        """Whether an input need not be filled in; ``values`` are those of all formulas."""
        return address in self.greys and values.get(self.greys[address]) is True

    def bound_of(self, cell: PlacedCell) -> PlacedCell | None:
        """The cell in the same line that bounds this one from above (a score's weight), where the field names one."""
        slot = cell.slot
        if slot is None or slot.line is None or not isinstance(slot.field.maximum, str):
            return None
        path = f"{slot.field.block}[{slot.line}].{slot.field.maximum}"
        return self.slots.get((slot.form, slot.instance, path))

    def inputs(self) -> Iterator[PlacedCell]:
        """The cells that the unit fills in."""
        return (cell for cell in self.cells.values() if cell.kind is CellKind.INPUT)

    def sheet(self, name: str) -> SheetLayout | None:
        """The worksheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def compute(self, inputs: Mapping[Address, Scalar]) -> dict[Address, Scalar]:
        """Values of all formulas for the given inputs; an entry for a formula's own cell wins over the formula."""
        return self.program.run({**self.fixed_values, **inputs})

    def each(self, values: Mapping[Address, Scalar], wanted: Iterable[Address] | None = None) -> dict[Address, Scalar]:
        """The result of each formula, or of the wanted ones, from the given values of the cells that it reads."""
        return self.program.each({**self.fixed_values, **values}, wanted)
