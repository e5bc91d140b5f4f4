"""Findings of one rule in one file have an end: a person looks through so many, and the rest is counted."""

from __future__ import annotations

from lxml import etree

from tests.fuzz.seeds import seed
from tests.support.packages import Package
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import MOST_OF_A_RULE, judge


def test_thousands_of_cells_outside_the_form_are_listed_up_to_a_bound() -> None:
    base = seed()
    package = Package(base.data)
    tree = package.tree(package.sheet_part("附件1"))
    rows = next(tree.iter("{*}sheetData"))
    for row in range(400, 600):
        cells = "".join(f'<c r="{column}{row}"><v>1</v></c>' for column in "ABCDEFGHIJ")
        rows.append(etree.fromstring(f'<row xmlns="{rows.nsmap[None]}" r="{row}">{cells}</row>'))
    found = judge(read_returned("x.xlsx", package.save(), base.context, base.layouts)).findings
    outside = [one for one in found if one.code == "T136"]
    assert len(outside) == MOST_OF_A_RULE + 1
    (rest,) = [one for one in outside if one.place.sheet is None]
    assert "1500" in rest.message
