from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place
from xlsxeval.narrative import Statement
from xlsxeval.rules.claimed_cells import TOLERANCES, comparable_cells, repeated, stands_in
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, TextSection, text_hit
from xlsxeval.rules.registry import text_rule


@text_rule(
    "N101",
    "text-differs-from-field",
    basis="报告正文与附件的同一个数应当一致 [理]",
    parameters=tuple(TOLERANCES.values()),
)
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文里的数与表里的数不一致。

    为什么：正文和附件写的是同一个数，公开以后别人一对就能看出来；多半是表改过了，正文还是旧稿。
    怎么改：核对两处，改正错的一处；表里已有的数由程序写进报告，正文里可以不写。
    """
    for section, statement, aspect in repeated(texts):
        cells = comparable_cells(submission, statement)
        if cells and not any(stands_in(submission, statement, cell) for cell in cells):
            yield _hit(submission, section, statement, cells[0], aspect)


def _hit(submission: Submission, section: TextSection, statement: Statement, cell: PlacedCell, aspect: str) -> Hit:
    slot = cell.slot
    assert slot is not None
    unit = "" if slot.field.type.unit == "%" else slot.field.type.unit
    expected = f"{display(submission.value(cell), cell.look.number_format)}{unit}"
    there, shown = submission.place(cell.address), statement.figure.quantity.text
    what = f"“{statement.quote}”：{statement.claim.name}写的是 {shown}，{there.sheet} {there.a1}（{slot.label}）是 {expected}"
    related = (Place(there.sheet, there.a1, slot.path),)
    return replace(
        text_hit(section, what, statement.passage.place), shown=shown, expected=expected, related=related, aspect=aspect
    )
