"""Amounts that were typed in 元 where the form counts in 万元: recognised by the figures that they should agree with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from xlsxeval.calc import Scalar
from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, PlacedCheck
from xlsxeval.model import Address, Severity
from xlsxeval.rules.causes import inputs_of
from xlsxeval.rules.settings import is_off

YUAN = 10_000
_MONEY = ("money", "signed_money")
_COLUMNS = ("previous", "initial", "budget", "executed", "final")
_LEAST, _MOST = 5_000, 20_000
"""What a figure in 元 is of one in 万元 about the same thing: ten thousand times, give or take a factor of two."""
_SMALLEST = 1_000
"""Smaller figures are no budget in 元; a tiny figure beside them is one in 万元 of its own."""
_FAR = 100
"""How many times greater than all others of a relation a figure in 元 is, though it is a small part of them."""
_FEW = 12
"""The most possibilities that are tried in one file."""

Result = tuple[PlacedCheck, Address]


@dataclass(frozen=True, slots=True)
class YuanSlip:
    """Cells that were typed in 元. ``beside`` is the cell in the same row that shows it, None where a relation does.

    ``clears`` are the checks that fail as the figures stand, and hold once all slips are divided by ten thousand.
    """

    cells: tuple[Address, ...]
    beside: Address | None
    clears: tuple[PlacedCheck, ...]

    @property
    def proven(self) -> bool:
        """Whether a check that must hold is broken by this slip alone."""
        return any(placed.severity is Severity.ERROR for placed in self.clears)


@lru_cache(maxsize=1)
def slips(submission: Submission) -> tuple[YuanSlip, ...]:
    """The amounts of a submission that look typed in 元."""
    if is_off(FaultCode.YUAN_FOR_WAN, submission.identity.settings):
        return ()
    found: list[tuple[list[Address], Address | None]] = list(_beside(submission))
    found += [(cells, None) for cells in _by_relations(submission, [cell for cells, _ in found for cell in cells])]
    if not found:
        return ()
    cells = [cell for cells, _ in found for cell in cells]
    before = failing_checks(submission, submission.recomputed)
    after = {result for _, result in failing_checks(submission, _divided(submission, cells))}
    cleared = [(placed, frozenset(inputs_of(submission.layout, at))) for placed, at in before if at not in after]
    return tuple(
        YuanSlip(tuple(own), beside, tuple(placed for placed, inputs in cleared if inputs & set(own)))
        for own, beside in found
    )


@lru_cache(maxsize=1)
def meant(submission: Submission) -> Mapping[Address, Scalar]:
    """All inputs, those that were typed in 元 divided by ten thousand, and what follows from them by the formulas."""
    cells = [cell for slip in slips(submission) for cell in slip.cells]
    return _divided(submission, cells) if cells else {**submission.inputs, **submission.recomputed}


def _divided(submission: Submission, cells: Iterable[Address]) -> Mapping[Address, Scalar]:
    divided = {cell: value / YUAN for cell in cells if isinstance(value := submission.inputs.get(cell), float)}
    inputs = {**submission.inputs, **divided}
    return inputs | submission.layout.compute(inputs)


def _beside(submission: Submission) -> Iterator[tuple[list[Address], Address | None]]:
    """Inputs of about ten thousand times the smallest figure of their row, each with the cell of that figure."""
    for row_cells in money_rows(submission):
        small, least = min(row_cells, key=lambda one: one[1])
        for address, value in row_cells:
            is_input = submission.layout.cells[address].kind is CellKind.INPUT
            if is_input and value >= _SMALLEST and _LEAST <= value / least <= _MOST:
                yield [address], small


@lru_cache(maxsize=1)
def money_rows(submission: Submission) -> tuple[list[tuple[Address, float]], ...]:
    """The amounts other than 0 that stand in one row and are not computed: last year's, budget, spending, without their signs."""
    rows: dict[tuple[str, int | None, str], list[tuple[Address, float]]] = {}
    for (form, instance, path), cell in submission.layout.slots.items():
        row, _, column = path.rpartition(".")
        value = submission.value(cell)
        if cell.slot is None or cell.slot.field.type.name not in _MONEY or column not in _COLUMNS:
            continue
        if cell.kind is not CellKind.COMPUTED and isinstance(value, float) and value:
            rows.setdefault((form, instance, row), []).append((cell.address, abs(value)))
    return tuple(rows.values())


def _by_relations(submission: Submission, known: Collection[Address]) -> Iterator[list[Address]]:
    """Inputs that break a check as they stand, and break none once they are divided by ten thousand.

    They are all amounts of a worksheet, or of several, or a single one; and far greater than what else the check reads.
    """
    money = {cell: value for cell, value in amounts(submission).items() if cell not in known}
    failing = failing_checks(submission, _divided(submission, known) if known else submission.recomputed)
    far: dict[Address, None] = {}
    for _, result in failing:
        inputs = list(inputs_of(submission.layout, result))
        if any(isinstance(value := submission.inputs.get(cell), float) and value < 0 for cell in inputs):
            continue  # a wrong sign breaks the relation by itself
        read = [cell for cell in inputs if cell in money]
        far.update(dict.fromkeys(_far(read, money)))
    if not far:
        return
    sheets = {cell.sheet: [one for one in money if one.sheet == cell.sheet] for cell in far}
    whole = [cells for cells in sheets.values() if len(cells) > 1]
    together = [[cell for cells in whole for cell in cells]] if len(whole) > 1 else []
    apart = [[cell] for cell in far]
    before = {result for _, result in failing}
    for candidate in [[cells] for cells in (*together, *whole)] + [apart] + [[cells] for cells in apart][:_FEW]:
        divided = [cell for cells in candidate for cell in cells]
        after = {result for _, result in failing_checks(submission, _divided(submission, [*known, *divided]))}
        if after < before:
            yield from candidate
            before, known = after, [*known, *divided]


def _far(read: list[Address], money: Mapping[Address, float]) -> list[Address]:
    """The greatest of these amounts, as long as they are far greater than all the others."""
    ordered = sorted(read, key=lambda cell: -money[cell])
    for number, (one, next_) in enumerate(pairwise(ordered), start=1):
        if money[one] < _SMALLEST:
            break
        if money[one] >= _FAR * money[next_]:
            return ordered[:number]
    return []


def amounts(submission: Submission) -> dict[Address, float]:
    """The amounts of money above zero that were typed."""
    return {
        address: entry.value
        for address, entry in submission.entries.items()
        if entry.cell.slot is not None
        and entry.cell.slot.field.type.name in _MONEY
        and entry.cell.slot.field.type.unit == "万元"
        and isinstance(entry.value, float)
        and entry.value > 0
    }


def failing_checks(submission: Submission, values: Mapping[Address, Scalar]) -> list[Result]:
    """The results of relations between figures that fail on these values."""
    return [
        (placed, result)
        for placed in submission.layout.checks
        if placed.check.code[0] in "LX"
        for result in placed.results
        if isinstance(value := values.get(result), str) and value.startswith(placed.mark)
    ]
