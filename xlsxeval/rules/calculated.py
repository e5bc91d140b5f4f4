"""Workbooks whose formulas were not computed from what was filled in before they were saved."""

from __future__ import annotations

from functools import lru_cache

from xlsxeval.calc import ExcelError
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.rules.display import same_value

_FEWEST = 5
_MOST_OF_ALL = 0.8
"""Share of the formulas with a result whose stored value is another one, from which on none was computed."""


@lru_cache(maxsize=1)
def never_calculated(submission: Submission) -> tuple[PlacedCell, ...]:
    """The form's formulas that store another value than what follows from the inputs; empty unless nearly all do."""
    cells = [
        cell
        for cell in submission.layout.cells.values()
        if cell.formula is not None
        and cell.slot is not None
        and cell.look.role != "helper"
        and cell.address in submission.shown
        and cell.address not in submission.overtyped
    ]
    right = submission.recomputed
    wrong = tuple(cell for cell in cells if not same_value(submission.shown[cell.address], right.get(cell.address)))
    results = sum(right.get(cell.address) not in (None, "", 0.0) for cell in cells)
    return wrong if len(wrong) >= max(_FEWEST, _MOST_OF_ALL * results) else ()


def stored_instead(submission: Submission, cells: tuple[PlacedCell, ...]) -> str:
    """What the formulas of these cells store in place of their results, in words."""
    stored = [submission.shown[cell.address] for cell in cells]
    if all(value == 0 and not isinstance(value, bool) for value in stored):
        return "全部存成了 0"
    if all(value in (None, "") for value in stored):
        return "全部存成了空"
    if all(isinstance(value, ExcelError) for value in stored):
        return f"全部存成了错误值（{stored[0]}）"
    return "存的是填数以前的结果"
