"""The values of a summary's formulas, computed as Excel computes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxeval.calc import Scalar, compile_formulas
from xlsxeval.model import Address
from xlsxeval.rollup.plan import PlannedFormula, PlannedSheet
from xlsxeval.rollup.texts import plain

Values = dict[Address, Scalar]


def compute(
    sheets: Sequence[PlannedSheet], beside: Sequence[PlannedSheet] = (), known: Mapping[Address, Scalar] | None = None
) -> Values:
    """The value of every formula on ``sheets``, which may also speak of those ``beside``, whose values are ``known``.

    Raises ValueError for a formula that cannot be computed: that is a fault of this room.
    """
    formulas = {address: content.text for address, content in _contents(sheets) if isinstance(content, PlannedFormula)}
    text = "\n".join(formulas.values())  # a list of findings that no formula speaks of is left out: it may be long
    named = {sheet.name for sheet in (*sheets, *beside) if f"'{sheet.name}'!" in text or f"{sheet.name}!" in text}
    named |= {address.sheet for address in formulas}
    constants: Values = {
        address: plain(content) if isinstance(content, str) else content
        for address, content in _contents([sheet for sheet in (*sheets, *beside) if sheet.name in named])
        if not isinstance(content, PlannedFormula)
    }
    program = compile_formulas(formulas, sheets=[sheet.name for sheet in (*sheets, *beside)])
    if program.faults:
        raise ValueError(program.faults[0].message)
    return program.run({**constants, **(known or {})})


def _contents(sheets: Sequence[PlannedSheet]) -> Iterator[tuple[Address, str | float | PlannedFormula]]:
    """Every cell with anything in it."""
    for sheet in sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.content is not None and cell.content != "":
                yield Address(sheet.name, row, column), cell.content
