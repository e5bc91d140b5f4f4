from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.proofreading import Proof
from xlsxeval.rules.edits import unchecked
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import document_rule


@document_rule("N130", "report-figure-unchecked", severity=Severity.INFO, basis="报告里的数取自收回的表 [理]")
def check(proof: Proof) -> Iterator[Hit]:
    """正文里有新写的数，或者删去了原来的数。

    为什么：新写的数不是从表里取的，除了正文里认得出的说法，程序没有东西可以核对。
    怎么改：请人核对新写的数；删去的数看看是不是有意的。
    """
    for place, message in unchecked(proof):
        yield Hit(message, sheet=place.sheet, spot=place.cell)
