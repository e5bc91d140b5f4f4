from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place, Severity
from xlsxeval.quantities import QuantityKind
from xlsxeval.rules.claimed_cells import repeated
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import BLOCK, indicator_lines
from xlsxeval.rules.prose import Prose, text_hit
from xlsxeval.rules.registry import text_rule

_CLASSES = ("level1", "level2")


@text_rule("N103", "number-of-indicators", severity=Severity.WARNING, basis="正文说的指标个数应当与自评表一致 [理]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文说的指标个数与表里的不一致。

    为什么：正文写设了几个指标，表里数一数就知道；不一致的多半是照抄了别处的文字。
    怎么改：按自评表里的指标重新数，改正正文；说的是另一套指标体系的，写明是哪一套。
    """
    for section, statement, aspect in repeated(texts):
        quantity = statement.figure.quantity
        if not statement.claim.counts or not statement.sure or quantity.kind is not QuantityKind.COUNT:
            continue
        counted = [_counted(submission, column, statement.project) for column in statement.claim.counts]
        sheets = [sheet for form in counted for sheet in form]
        totals = [sum(number for _, number in form) for form in counted]
        if sheets and quantity.value not in {*(number for _, number in sheets), *totals, sum(totals)}:
            sheet, number = sheets[0]
            expected = f"{number}{quantity.unit}"
            what = f"“{statement.quote}”：{statement.claim.name}写的是 {quantity.text}，{sheet}里有 {expected}"
            hit = text_hit(section, what, statement.passage.place)
            related = tuple(Place(name) for name, _ in sheets)
            yield replace(hit, shown=quantity.text, expected=expected, related=related, aspect=aspect)


def _counted(submission: Submission, name: str, project: int | None) -> list[tuple[str, int]]:
    """How many there are on each sheet of a form that has any: lines in use, or the classes that they are in."""
    form, _, column = name.partition("!")
    short = column.removeprefix(f"{BLOCK}.")
    found: dict[str, list[object]] = {}
    for line in indicator_lines(submission):
        if line.form != form or (project is not None and line.instance not in (None, project)):
            continue
        if short in _CLASSES:
            word: object = (line.level1, line.level2) if short == "level2" else line.level1
            if not getattr(line, short):
                continue
        else:
            word = line.line
        found.setdefault(line.sheet, []).append(word)
    return [(sheet, len(set(words))) for sheet, words in found.items()]
