from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xlsxeval.intake.submission import Submission
from xlsxeval.narrative import Statement
from xlsxeval.narrative.amounts import alike
from xlsxeval.narrative.comparison import agrees
from xlsxeval.rules.claimed_cells import claimed_cells, repeated
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, text_hit
from xlsxeval.rules.registry import text_rule


@text_rule("N104", "text-contradicts-itself", basis="同一个数在报告各处应当一致 [理]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文里同一个数前后不一致。

    为什么：同一年的同一个数在两处写得不一样，至少有一处是错的。
    怎么改：核实以后两处改成一样；口径不同的，写明各是什么口径。
    """
    first: dict[tuple[str, int | None], Statement] = {}
    for section, statement, aspect in repeated(texts):
        if statement.claim.counts or not statement.sure or any(claimed_cells(submission, statement)):
            continue  # a field decides which is right: N101
        quantity = statement.figure.quantity
        earlier = first.setdefault((statement.claim.name, statement.project), statement)
        known = earlier.figure.quantity
        if not alike(quantity, known):
            continue
        rougher, finer = (quantity, known) if quantity.step >= known.step else (known, quantity)
        if not agrees(rougher, finer.value, Decimal(0)):
            there = earlier.passage.place
            what = (
                f"“{statement.quote}”：{statement.claim.name}是 {quantity.text}，{there.cell} 写的是“{earlier.quote}”"
            )
            hit = text_hit(section, what, statement.passage.place)
            yield replace(hit, shown=quantity.text, expected=known.text, related=(there,), aspect=aspect)
