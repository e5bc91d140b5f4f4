"""Recalculates the formulas of any workbook, and explains the value of one cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.bounds import LOST_CODES, bounds_of, limits_for
from xlsxeval.errors import UsageError
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.intake.reader import read_file, read_workbook
from xlsxeval.intake.recalc import recalculate_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.model import Address, Fault, split_a1
from xlsxeval.workers.within import OverBoundsError, within

if TYPE_CHECKING:
    from xlsxeval.calc.program import ExplainedStep as CalculationStep
    from xlsxeval.calc.recalculation import Recalculation


def recalculated(
    path: Path, now: dt.datetime | None, progress: Callable[[int, int], None] | None = None
) -> Recalculation:
    """Recalculates a workbook: its formulas with their cached values and the recalculated ones.

    ``now`` is the moment that TODAY and NOW return, in the time zone of this machine; ``progress`` receives the number
    of formulas done and of all, and may raise to end the run. Raises UsageError where there is no such file, Rejected
    (a kind of XlsxevalError, with its ``fault``) where it cannot be read.
    """
    if not path.exists():
        raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    limits = limits_for(None)
    local = None if now is None else now.astimezone().replace(tzinfo=None, microsecond=0)
    try:
        with within(bounds_of(limits)):
            return recalculate_workbook(read_workbook(read_file(path, limits), limits), local, progress)
    except OverBoundsError as error:
        raise Rejected(Fault(LOST_CODES[error.lost.why], error.lost.detail)) from None


def steps_to(result: Recalculation, cell: str) -> Sequence[CalculationStep]:
    """Steps of the calculation of a cell: the cell, its inputs, and theirs. ``cell`` is written 附件2!G4.

    Raises UsageError for another form, an unknown worksheet, or an empty cell.
    """
    return result.program.explain(_address(cell, result), result.inputs)


def _address(text: str, result: Recalculation) -> Address:
    """Parses a cell's address: ``附件2!G4`` or ``'附件 2'!G4``. Raises UsageError as ``steps_to`` does."""
    sheet, _, cell = text.rpartition("!")
    try:
        row, column = split_a1(cell.replace("$", ""))
    except ValueError:
        raise UsageError(f"「{text}」不是单元格地址。请写成 工作表!单元格，例如 附件2!G4。") from None
    address = Address(sheet.strip("'").replace("''", "'"), row, column)
    formulas = [known.address for known in result.cells]
    sheets = list(dict.fromkeys(known.sheet for known in [*formulas, *result.inputs]))
    if address.sheet not in sheets:
        raise UsageError(
            f"没有工作表「{address.sheet}」{suggestion(address.sheet, sheets)}（有：{'、'.join(sheets)}）。"
        )
    if address not in result.inputs and address not in formulas:
        raise UsageError(f"{address} 是空的，没有公式可以说明。请换一个有公式的格子，例如 附件2!G4。")
    return address
