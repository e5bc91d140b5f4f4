"""Parts that workbooks of one shape share: names bound, checks laid out, formulas compiled.

In a campaign hundreds of units differ in names, texts, weights and targets, while addresses, formulas and checks are
the same. All of these follow from an ``Outline``, which has no values; they are made once for each outline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xlsxeval.calc import Node
from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.definition import Edition, Field, Formula
from xlsxeval.layout.binding import AbsentFormError, Binder, Key, Scope
from xlsxeval.layout.carried import Carried, carry_down
from xlsxeval.layout.grid import FormFrame, FrameCell
from xlsxeval.layout.kept import FormWriter, read_shape
from xlsxeval.layout.layout import CellKind, PlacedCell, SheetLayout, Slot, WorkbookShape
from xlsxeval.layout.self_check import SelfCheck
from xlsxeval.model import Address, Severity

KEPT_FORMULAS = 8_000
"""Most formulas in all kept shapes together, at some 15 kB each: a few units whole, or a unit in parts."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a shape follows from.

    ``severities`` are those that edition and campaign set, by code, None where a check is off; ``split`` is true where
    the workbook holds a part of the unit's forms.
    """

    edition: Edition = field(hash=False)
    year: int
    severities: tuple[tuple[str, Severity | None], ...]
    split: bool
    frames: tuple[FormFrame, ...]


@dataclass(frozen=True, slots=True)
class KeptOutline:
    """A shape that was kept as text, by its digest, and the edition whose fields and checks stand in it."""

    digest: str
    edition: Edition = field(hash=False)


class Shapes:
    """The shapes of the last workbooks, each made once. One belongs to whoever lays out many units.

    ``writer`` writes layouts on these shapes as texts.
    """

    def __init__(self, kept_formulas: int = KEPT_FORMULAS) -> None:
        self.writer = FormWriter()
        self._known: dict[Outline | KeptOutline, WorkbookShape] = {}
        self._kept_formulas = kept_formulas

    def __len__(self) -> int:
        return len(self._known)

    def of(self, outline: Outline, unit: str) -> WorkbookShape:
        """The shape of an outline; ``unit`` is the code of the unit that it is made for, and told of in faults only.

        Raises DefinitionError with every fault of names, functions and checks, else with the circles of formulas.
        """
        return self._once(outline, lambda: _sound(outline, unit))

    def kept(self, digest: str, edition: Edition, text: Callable[[], str]) -> WorkbookShape:
        """The shape of a digest, whose text is asked for where it is not known. Raises KeptFormError."""
        return self._once(KeptOutline(digest, edition), lambda: read_shape(text(), edition))

    def _once(self, outline: Outline | KeptOutline, make: Callable[[], WorkbookShape]) -> WorkbookShape:
        shape = self._known.pop(outline, None) or make()
        self._known[outline] = shape
        while len(self._known) > 1 and self._formulas() > self._kept_formulas:
            del self._known[next(iter(self._known))]
        return shape

    def _formulas(self) -> int:
        return sum(len(shape.formulas) + len(shape.virtual) for shape in self._known.values())


def _sound(outline: Outline, unit: str) -> WorkbookShape:
    """A shape whose formulas can all be computed."""
    shape, problems = make_shape(outline, unit)
    if not problems:
        fields = {cell.address: cell.slot.field for sheet in shape.sheets for cell in sheet.cells if cell.slot}
        for fault in shape.program.faults:
            at = fields[fault.address].position if fault.address in fields else outline.edition.position
            problems.append(at.problem(f"{fault.address}：{fault.message}"))
    if problems:
        raise DefinitionError(problems)
    return shape


def make_shape(outline: Outline, unit: str) -> tuple[WorkbookShape, list[Problem]]:
    """The shape of an outline, and what is wrong with its names, functions and checks: then it is of no use."""
    return _Shaping(outline, unit).make()


class _Shaping:
    def __init__(self, outline: Outline, unit: str) -> None:
        self.outline = outline
        self.unit = unit
        self.problems: list[Problem] = []
        self.carried = [carry_down(frame) for frame in outline.frames]
        self.binder = self._binder()

    def make(self) -> tuple[WorkbookShape, list[Problem]]:
        pairs = zip(self.outline.frames, self.carried, strict=True)
        placed = [self._sheet(frame, carried) for frame, carried in pairs]
        self_check = SelfCheck(self.binder, dict(self.outline.severities), split=self.outline.split)
        sheets, checks, virtual = self_check.build(placed)
        shape = WorkbookShape(tuple(sheets), tuple(checks), virtual, self_check.greys)
        return shape, list(dict.fromkeys([*self.problems, *self.binder.problems]))

    def _binder(self) -> Binder:
        cells: dict[Key, list[Address]] = {}
        classes: dict[Key, list[Address]] = {}
        by_form: dict[str, list[int | None]] = {}
        for frame, carried in zip(self.outline.frames, self.carried, strict=True):
            form, number, sheet = frame.form, frame.number, frame.sheet
            by_form.setdefault(form.id, []).append(number)
            cells |= {(form.id, number, name): [] for name in form.fields}
            for cell in frame.cells:
                if cell.field is None:
                    continue
                key = (form.id, number, cell.field)
                lines = range(cell.row, cell.row + cell.rows) if cell.line else (cell.row,)
                cells[key] += [Address(sheet, cell.row, cell.column) for _ in lines]
                column = carried.columns.get((cell.row, cell.column))
                if column is not None:
                    classes.setdefault(key, []).extend(Address(sheet, row, column) for row in lines)
        edition = self.outline.edition
        constants: dict[str, Mapping[str, float | str | bool]] = {
            "edition": {name: parameter.value for name, parameter in edition.parameters.items()},
            "campaign": {"year": float(self.outline.year)},
        }
        return Binder({form.id: form for form in edition.forms}, by_form, cells, constants, classes)

    def _sheet(self, frame: FormFrame, carried: Carried) -> SheetLayout:
        cells = [self._cell(cell, frame, carried) for cell in frame.cells]
        return SheetLayout(
            name=frame.sheet,
            form=frame.form,
            instance=frame.number,
            project=None,
            attachment="",
            title=frame.sheet,
            cells=(*cells, *carried.cells),
            column_widths=tuple(carried.widths),
            row_heights={},
            print_rows=frame.rows,
            print_columns=frame.columns,
            repeat_rows=frame.repeat_rows,
            landscape=frame.form.landscape,
            blocks=frame.blocks,
        )

    def _cell(self, cell: FrameCell, frame: FormFrame, carried: Carried) -> PlacedCell:
        address = Address(frame.sheet, cell.row, cell.column)
        span = (cell.rows, cell.columns)
        if cell.field is None:
            return PlacedCell(address, CellKind.LABEL, cell.look, *span, cell.text, report=cell.report)
        field = frame.form.fields[cell.field]
        kind, formula, grey = CellKind.INPUT, None, None
        if field.formula is not None:
            scope = Scope(frame.form, frame.number, field.block, cell.line)
            kind, formula = CellKind.COMPUTED, self._bind(field.formula, scope, frame.sheet)
        elif field.given or cell.given:
            kind = CellKind.GIVEN
        if kind is not CellKind.GIVEN:
            grey = self._grey(field, frame)
        column = carried.columns.get((cell.row, cell.column))
        return PlacedCell(
            address,
            kind,
            cell.look,
            *span,
            formula=formula,
            slot=Slot(frame.form.id, frame.number, field, cell.line),
            grey=grey,
            report=cell.report,
            carried=None if column is None else Address(frame.sheet, cell.row, column),
        )

    def _grey(self, field: Field, frame: FormFrame) -> Node | None:
        if field.grey_when is None:
            return None
        try:
            return self.binder.bind(field.grey_when, Scope(frame.form, frame.number), frame.sheet)
        except AbsentFormError:
            return None

    def _bind(self, formula: Formula, scope: Scope, sheet: str) -> Node | None:
        try:
            return self.binder.bind(formula, scope, sheet)
        except AbsentFormError as error:
            message = f"单位 {self.unit} 不填「{error}」，而公式要用它：{formula.text}"
            self.problems.append(formula.position.problem(message))
            return None
