from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Address, Place, Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_MONEY = ("money", "signed_money")
_COLUMNS = ("previous", "initial", "budget", "executed", "final")
_LEAST, _MOST = 5_000, 20_000
"""What a figure in 元 is of one in 万元 about the same thing: ten thousand times, give or take a factor of two."""
_SMALLEST = 1_000
"""Smaller figures are no budget in 元; a tiny figure beside them is one in 万元 of its own."""


@form_rule("L131", "yuan-for-wan", severity=Severity.WARNING, basis="表样的单位是万元 [表]；与同一行的其他数相比 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """像是把元填进了万元的格子。

    为什么：这个数约是同一行其他数的一万倍，多半是按元填的；合计、比率都会跟着错。
    怎么改：把元换算成万元（除以 10000）再填；金额属实的不用改。
    """
    rows: dict[tuple[str, int | None, str], list[tuple[Address, float]]] = {}
    cells = submission.layout.slots
    for (form, instance, path), cell in cells.items():
        row, _, column = path.rpartition(".")
        value = submission.value(cell)
        if cell.slot is None or cell.slot.field.type.name not in _MONEY or column not in _COLUMNS:
            continue
        if cell.kind is not CellKind.COMPUTED and isinstance(value, float) and value:
            rows.setdefault((form, instance, row), []).append((cell.address, abs(value)))
    for row_cells in rows.values():
        small, least = min(row_cells, key=lambda one: one[1])
        for address, value in row_cells:
            cell = submission.layout.cells[address]
            if (
                cell.kind is not CellKind.INPUT
                or value < _SMALLEST
                or not _LEAST <= value / least <= _MOST
                or cell.slot is None
            ):
                continue
            other, look = submission.place(small), cell.look.number_format
            yield Hit(
                f"约是同一行 {other.a1} 的一万倍，像是按元填的",
                submission.place(address),
                field=cell.slot.path,
                label=cell.slot.label,
                shown=display(value, look),
                expected=display(value / 10_000, look),
                related=[Place(other.sheet, other.a1)],
            )
