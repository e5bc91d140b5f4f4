from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place, Severity
from xlsxeval.narrative import last_years
from xlsxeval.narrative.years import wrong_years
from xlsxeval.quantities import QuantityKind
from xlsxeval.rules.claimed_cells import comparable_cells, stands_in
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.prose import Prose, TextSection, quotations, text_hit
from xlsxeval.rules.registry import text_rule

_THIS_YEAR = re.compile("本年|今年")
_FEW = 2


@text_rule("N108", "year-in-the-text", severity=Severity.WARNING, basis="报告写的是本年度的自评 [理]")
def check(submission: Submission, texts: Sequence[Prose]) -> Iterator[Hit]:
    """正文写的是以前年度。

    为什么：说的是本年度的自评，年份却是以前的，多半是照抄了往年的报告，里面的数也可能没有改。
    怎么改：改正年份，并把这一段的数和事重新核对一遍。
    """
    for text in texts:
        year = text.setting.year
        for section in text.sections:
            for place, found in _wrong(submission, text, section):
                hit = text_hit(section, f"{quotations([quote for quote, _ in found])}写的不是{year}年", place)
                yield replace(hit, shown=f"{found[0][1]}年", expected=f"{year}年")


def _wrong(submission: Submission, text: Prose, section: TextSection) -> Iterator[tuple[Place, list[tuple[str, str]]]]:
    """Quotations with the year that they name, by place; figures of this year only where no year itself is wrong."""
    told = False
    for place, passages in section.by_place:
        found = [
            (passage.quote(start, end), written)
            for passage in passages
            for start, end, written in wrong_years(passage, text.setting.year, section.text)
        ]
        if found:
            told = True
            yield place, found
    if not told and (figures := _this_years_figures(submission, text, section)):
        yield section.passages[0].place, figures


def _this_years_figures(submission: Submission, text: Prose, section: TextSection) -> list[tuple[str, str]]:
    """Figures told of last year that all are this year's, in a text that never names this year; a single count is chance."""
    year = text.setting.year
    if _THIS_YEAR.search(section.text) or str(year) in section.text:
        return []
    stated = list(last_years(section.passages, text.claims, text.setting))
    if (
        not any(one.figure.quantity.kind is QuantityKind.MONEY and one.figure.quantity.value for one in stated)
        and len(stated) < _FEW
    ):
        return []
    for one in stated:
        cells = comparable_cells(submission, one)
        if not cells or not any(stands_in(submission, one, cell) for cell in cells):
            return []
    return [(one.quote, str(year - 1)) for one in stated]
