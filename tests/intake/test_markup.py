"""What the one pass over a part may cost: the parser remembers names and namespaces, so they count too."""

from __future__ import annotations

import pytest

from xlsxeval.intake.markup import Budget, parse
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.schema import NAMESPACES, Schema
from xlsxeval.limits import Limits

MAIN = NAMESPACES[""]
LIMITS = Limits(nodes=100_000)


def _code(xml: str, schema: Schema | None = None) -> str | None:
    try:
        parse(xml.encode(), "part.xml", schema or Schema(), LIMITS, Budget(LIMITS))
    except Rejected as rejection:
        return rejection.fault.code
    return None


@pytest.mark.parametrize(
    ("many", "code"),
    [
        ("<a/>" * 20_000, None),
        ("".join(f"<a{number}/>" for number in range(20_000)), "F010"),
        ("".join(f'<a x{number}="1"/>' for number in range(20_000)), "F010"),
        ("".join(f'<a xmlns:x{number}="u"/>' for number in range(20_000)), "F010"),
    ],
    ids=["one-name", "names-of-elements", "names-of-attributes", "namespaces"],
)
def test_names_without_end_are_refused_where_as_many_elements_of_one_name_are_not(many: str, code: str | None) -> None:
    assert _code(f"<r>{many}</r>") == code


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>', "F020"),
        ("<r>&e;</r>", "F022"),
        ("<x:r/>", "F022"),
        ("<r/><r/>", "F022"),
        ("", "F022"),
        ("<r>" * 201 + "</r>" * 201, "F021"),
        ("<r>" * 200 + "</r>" * 200, None),
        ('<?xml version="1.0" encoding="gb2312"?><r>单位</r>', "F022"),
        ('<?xml version="1.0" encoding="gb2312"?><r>unit</r>', None),
    ],
    ids=["doctype", "entity", "prefix", "two-roots", "nothing", "too-deep", "deep", "other-encoding", "habit"],
)
def test_what_is_no_plain_xml_is_refused(xml: str, code: str | None) -> None:
    assert _code(xml) == code


def test_a_text_in_many_pieces_comes_whole() -> None:
    texts: list[str] = []
    schema = Schema()
    schema.on("worksheet/sheetData", closed=texts.append)
    long = "年" * 600_000  # more than the parser is given at once
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>a&amp;b&#38;<![CDATA[<c>]]>d{long}</sheetData></worksheet>'
    assert _code(xml, schema) is None
    assert texts == [f"a&b&<c>d{long}"]
