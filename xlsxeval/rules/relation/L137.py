from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Place, Severity
from xlsxeval.rules.culprits import causes
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.slips import money_rows

_ALIKE, _TENFOLD = 1.25, 1.1
"""By what factor the others of the row may be apart, and the one from ten times each of them."""


@form_rule("L137", "ten-times-its-row", severity=Severity.INFO, basis="与同一行的其他数相比 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """一个数是同一行其他数的十倍。

    为什么：同一行的另外几个数相差不大，只有这个数差不多正好是它们的十倍，可能是小数点错了一位。
    怎么改：核对这个数；属实的不用改。
    """
    known = causes(submission)
    for row in money_rows(submission):
        for address, value in row:
            others = [other for cell, other in row if cell != address]
            if len(others) < 2 or max(others) > _ALIKE * min(others) or address in known:
                continue
            cell = submission.layout.cells[address]
            if cell.kind is CellKind.INPUT and all(_near(value, 10 * other) for other in others):
                look, slot = cell.look.number_format, cell.slot
                places = (submission.place(one) for one, _ in row if one != address)
                yield Hit(
                    "约是同一行其他数的十倍，请核对小数点",
                    submission.place(address),
                    field=slot.path if slot else None,
                    label=slot.label if slot else None,
                    shown=display(submission.inputs[address], look),
                    related=tuple(Place(place.sheet, place.a1) for place in places),
                )


def _near(value: float, other: float) -> bool:
    return value <= other * _TENFOLD and other <= value * _TENFOLD
