"""Findings of one rule in one file have an end: a person looks through so many, and the rest is counted."""

from __future__ import annotations

from lxml import etree

from tests.fuzz.seeds import seed
from tests.support.packages import Package
from xlsxeval.intake.submission import read_returned
from xlsxeval.output.formats.json import check_json
from xlsxeval.rules.bounds import MOST_OF_A_RULE, MOST_TEXT
from xlsxeval.rules.engine import judge


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


def test_what_is_quoted_of_one_file_has_an_end() -> None:
    base = seed()
    package = Package(base.data)
    tree = package.tree(package.sheet_part("附件1"))
    rows = next(tree.iter("{*}sheetData"))
    for row in range(400, 460):
        text = "".join(
            f'<c r="{column}{row}" t="inlineStr"><is><t>{column * 20_000}</t></is></c>' for column in "ABCDEFGHIJ"
        )
        rows.append(etree.fromstring(f'<row xmlns="{rows.nsmap[None]}" r="{row}">{text}</row>'))
    verdict = judge(read_returned("x.xlsx", package.save(), base.context, base.layouts))
    shown = [one.shown for one in verdict.findings if one.code == "T136" and one.shown]
    assert shown[0] == "A" * 20_000
    assert len(shown) == MOST_OF_A_RULE
    assert shown[-1] == f"{'J' * 200}…（共 20000 个字符）"
    assert sum(map(len, check_json([verdict]))) < 2 * MOST_TEXT
