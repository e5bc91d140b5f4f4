"""The values of a summary's formulas, computed as Excel computes them."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.calc import Scalar, compile_formulas
from xlsxeval.model import Address
from xlsxeval.rollup.plan import Formula, Sheet
from xlsxeval.rollup.texts import plain

Values = dict[Address, Scalar]


def compute(sheets: Sequence[Sheet]) -> Values:
    """The value of every formula. Raises ValueError for a formula that cannot be computed: that is a fault of this room."""
    formulas: dict[Address, str] = {}
    constants: Values = {}
    for sheet in sheets:
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.content, Formula):
                formulas[Address(sheet.name, row, column)] = cell.content.text
            elif cell.content is not None and cell.content != "":
                text = isinstance(cell.content, str)
                constants[Address(sheet.name, row, column)] = plain(str(cell.content)) if text else cell.content
    program = compile_formulas(formulas, sheets=[sheet.name for sheet in sheets])
    if program.faults:
        raise ValueError(program.faults[0].message)
    return program.run(constants)
