"""Formulas compiled once and computed for as many sets of values as wanted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxeval.calc.coercion import as_scalar
from xlsxeval.calc.doubts import DOUBTS, doubt_of
from xlsxeval.calc.index import CompiledFormula, FormulaIndex
from xlsxeval.calc.nodes import Call
from xlsxeval.calc.places import World
from xlsxeval.calc.printer import to_formula
from xlsxeval.calc.storage import PENDING, Cells, Computation, Pending, Storage
from xlsxeval.calc.trees import walk
from xlsxeval.calc.values import PROBLEMS, Area, ExcelError, Grid, Reference, Scalar, error_of, inside
from xlsxeval.model import Address

LISTED_CELLS = 10_000
"""The most cells of one area that ``precedents`` lists; of a larger one it lists the formulas only."""


class FormulaFault(NamedTuple):
    """A formula that cannot be computed as it stands: ``kind`` is syntax, function, arguments, name, sheet, book or
    cycle; ``subject`` is the function, name or worksheet."""

    address: Address
    kind: str
    message: str
    subject: str = ""


class ExplainedStep(NamedTuple):
    """One cell of an explanation; ``depth`` is 0 for the cell asked for, ``formula`` None for a cell that has none."""

    depth: int
    address: Address
    formula: str | None
    value: Scalar


class Program:
    """What ``compile_formulas`` gives. It holds no values: one program may run in several threads at once."""

    def __init__(
        self,
        world: World,
        storage: Storage,
        index: FormulaIndex,
        formulas: Sequence[CompiledFormula],
        circular: Sequence[int],
        faults: tuple[FormulaFault, ...],
    ) -> None:
        self.faults = faults
        self._world = world
        self._storage = storage
        self._order = formulas
        self._index = index
        self._formula_slots = {formula.address: formula.slot for formula in formulas}
        self._template: Cells = [None] * storage.size
        for slot, value in storage.constants.items():
            self._template[slot] = value
        for formula in formulas:
            self._template[formula.slot] = PENDING
        self._circular = frozenset(circular)
        for slot in circular:
            self._template[slot] = ExcelError.REF

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The cells that have a formula, in the order in which they are computed."""
        return tuple(formula.address for formula in self._order)

    def formula(self, address: Address) -> str:
        """The formula of a cell in canonical text, names as written. Raises KeyError for a cell without one."""
        return to_formula(self._world.formulas[address])

    def run(
        self,
        values: Mapping[Address, Scalar],
        *,
        now: datetime.datetime | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> dict[Address, Scalar]:
        """The results of all formulas for the given values; a cell that is not given is blank.

        A value given for a formula's cell wins over the formula: verification computes from what a file shows.
        TODAY and NOW are computed from ``now``, and are ``#VALUE!`` without it. ``progress`` is told from time to time
        how many formulas are done, and of how many.
        """
        cells = self._cells(values, now)
        if self._circular:
            self._open_circles(values, cells)
        cells[0].kept = {}
        for formula in self._order if progress is None else _told(self._order, progress):
            slot = formula.slot
            if cells[slot] is not PENDING:
                continue
            try:
                value = formula.run(cells)
            except PROBLEMS as problem:
                value = error_of(problem)
            except Pending:
                self._compute(slot, cells)
                continue
            except RecursionError:
                value = ExcelError.NUM
            plain = (type(value) is float or type(value) is str) and formula.spill is None
            cells[slot] = value if plain else self._finish(formula, value, cells)
        results = {formula.address: cells[formula.slot] for formula in self._order}
        results.update(cells[0].spilled)
        return results

    def each(self, values: Mapping[Address, Scalar], wanted: Iterable[Address] | None = None) -> dict[Address, Scalar]:
        """The result of each formula, or of the wanted ones, from the given values of the cells that it reads.

        Nothing is passed on from one formula to the next: a value given for a formula's cell is what others read there.
        Cells that are not given are computed as by ``run``.
        """
        cells = self._cells(values, None)
        slots = self._formula_slots
        chosen = (
            self._order
            if wanted is None
            else [self._index.by_slot[slots[address]] for address in wanted if address in slots]
        )
        results: dict[Address, Scalar] = {}
        for formula in chosen:
            given = cells[formula.slot]
            self._compute(formula.slot, cells)
            results[formula.address] = cells[formula.slot]
            cells[formula.slot] = given
        return results

    def doubts(self, shown: Mapping[Address, Scalar]) -> dict[Address, str]:
        """The cells whose formulas cannot be computed here for certain, each with the reason, in Chinese.

        An unknown function or name is none where the file shows ``#NAME?`` for it.
        """
        found = {
            fault.address: DOUBTS[fault.kind].format(fault.subject)
            for fault in reversed(self.faults)
            if fault.kind in DOUBTS
            and not (fault.kind in ("function", "name") and shown.get(fault.address) is ExcelError.NAME)
        }
        for formula in self._order:
            if formula.slot in self._circular:
                found[formula.address] = DOUBTS["cycle"]
            if formula.address not in found:
                reason = doubt_of(self._world.formulas[formula.address], self._world)
                if reason is not None:
                    found[formula.address] = reason
        return found

    def calling(self, names: Collection[str]) -> set[Address]:
        """The cells whose formulas call one of some functions."""
        return {
            address
            for address, node in self._world.formulas.items()
            if any(type(part) is Call and part.name in names for part in walk(node))
        }

    def depending(self, doubted: Collection[Address]) -> dict[Address, str]:
        """The cells that depend on any of some cells, as far as the texts of formulas say, each with the reason."""
        tainted = {self._formula_slots[address] for address in doubted if address in self._formula_slots}
        given = set(tainted)
        areas: dict[Area, bool] = {}
        for formula in self._order:  # each after what it reads
            if self._reads_any(formula, tainted, areas):
                tainted.add(formula.slot)
        return {self._index.by_slot[slot].address: "取自不能重算的单元格" for slot in tainted - given}

    def _reads_any(self, formula: CompiledFormula, tainted: Collection[int], areas: dict[Area, bool]) -> bool:
        """Whether a formula reads any of some cells; what was found of an area is kept in ``areas``, each being complete
        before anything that reads it comes."""
        for area in formula.areas:
            if area not in areas:
                areas[area] = any(slot in tainted for slot in self._index.inside(area))
            if areas[area]:
                return True
        return False

    def _cells(self, values: Mapping[Address, Scalar], now: datetime.datetime | None) -> Cells:
        """A fresh flat list with the given values in their slots."""
        cells = self._template.copy()
        far = self._storage.far
        find = self._storage.find
        for address, given in values.items():
            slot = find(address)
            if slot is None:
                if far is self._storage.far:
                    far = dict(far)
                slot = far[address] = len(cells)
                cells.append(None)
            cells[slot] = given if type(given) is float or type(given) is str else as_scalar(given)
        cells[0] = Computation(self._storage, cells, far, now)
        return cells

    def _open_circles(self, values: Mapping[Address, Scalar], cells: Cells) -> None:
        """Computes the cells of circles once a given value has cut one; what still goes round stays ``#REF!``."""
        given = {slot for address in values if (slot := self._storage.find(address)) in self._circular}
        if not given:
            return
        for slot in self._circular - given:
            cells[slot] = PENDING
        for slot in self._circular:
            if cells[slot] is PENDING:
                self._compute(slot, cells)

    def _finish(self, formula: CompiledFormula, value: Any, cells: Cells) -> Scalar:
        """The value as the cell holds it: a blank is 0, of a rectangle the cell in the corner."""
        if isinstance(value, Reference):
            try:
                value = cells[0].grid(value.single)
            except PROBLEMS as problem:
                value = error_of(problem)
        if formula.spill is not None and not isinstance(value, Grid):
            value = Grid(1, 1, (value,))
        if isinstance(value, Grid):
            if formula.spill is not None:
                self._spill(formula, value, cells)
            value = value.at(0, 0)
        return 0.0 if value is None else value

    def _spill(self, formula: CompiledFormula, grid: Grid, cells: Cells) -> None:
        """Writes an array formula's result into the cells it was entered for; cells without one are ``#N/A``."""
        rows, columns = formula.spill or (1, 1)
        sheet, row, column = formula.address
        for down in range(rows):
            for right in range(columns):
                place = Address(sheet, row + down, column + right)
                inner = (0 if grid.rows == 1 else down), (0 if grid.columns == 1 else right)
                known = inner[0] < grid.rows and inner[1] < grid.columns
                value = grid.at(*inner) if known else ExcelError.NA
                value = 0.0 if value is None else value
                slot = self._storage.find(place)
                if slot is not None and (down or right):
                    cells[slot] = value
                cells[0].spilled[place] = value

    def _compute(self, slot: int, cells: Cells) -> None:
        """Computes a formula whose precedents show only while running (OFFSET, INDIRECT), and those before it."""
        stack, waiting = [slot], {slot}
        while stack:
            formula = self._index.by_slot[stack[-1]]
            needed = next((other for other in self._index.precedents(formula.slot) if cells[other] is PENDING), None)
            value: Any = None
            if needed is None:
                try:
                    value = formula.run(cells)
                except PROBLEMS as problem:
                    value = error_of(problem)
                except Pending as pending:
                    needed = pending.slot
                except RecursionError:
                    value = ExcelError.NUM
            if needed is not None and needed not in waiting:
                stack.append(needed)
                waiting.add(needed)
                continue
            cells[formula.slot] = ExcelError.REF if needed is not None else self._finish(formula, value, cells)
            waiting.discard(stack.pop())

    # explanations

    def precedents(self, address: Address) -> tuple[Address, ...]:
        """The cells that a cell's formula reads, in the order of its text; empty for a cell without a formula."""
        slot = self._formula_slots.get(address)
        if slot is None:
            return ()
        found: dict[Address, None] = {}
        for area in self._index.by_slot[slot].areas:
            found.update(dict.fromkeys(self._listed(area)))
        return tuple(found)

    def _listed(self, area: Area) -> Iterator[Address]:
        if area.rows * area.columns > LISTED_CELLS:
            return (address for address in self._formula_slots if inside(address, area))
        return (
            Address(area.sheet, row, column)
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        )

    def dependents(self, address: Address) -> tuple[Address, ...]:
        """The cells whose formulas read a cell directly, in the order in which they are computed."""
        return tuple(formula.address for formula in self._order if any(inside(address, area) for area in formula.areas))

    def explain(
        self, address: Address, values: Mapping[Address, Scalar], *, now: datetime.datetime | None = None
    ) -> tuple[ExplainedStep, ...]:
        """How a cell comes by its value: the cell, below it what it reads, and so on; every cell once, no blanks."""
        results: dict[Address, Scalar] = {key: as_scalar(value) for key, value in values.items()}
        results = {**results, **self.run(values, now=now)}
        steps: list[ExplainedStep] = []
        seen: set[Address] = set()
        stack = [(0, address)]
        while stack:
            depth, cell = stack.pop()
            value = results.get(cell)
            if cell in seen or (depth and value is None):
                continue
            seen.add(cell)
            computed = cell in self._formula_slots and cell not in values
            node = self._world.formulas.get(cell) if computed else None
            steps.append(ExplainedStep(depth, cell, None if node is None else to_formula(node), value))
            if computed:
                stack.extend((depth + 1, other) for other in reversed(self.precedents(cell)))
        return tuple(steps)


def _told(formulas: Sequence[CompiledFormula], progress: Callable[[int, int], None]) -> Iterator[CompiledFormula]:
    """The formulas, with word of how far it is at every thousandth of the way."""
    step = max(len(formulas) // 1000, 1)
    for number, formula in enumerate(formulas):
        if number % step == 0:
            progress(number, len(formulas))
        yield formula
    progress(len(formulas), len(formulas))
