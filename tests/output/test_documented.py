"""docs/internals/formats.md shows what is written: the same keys, elements and attributes."""

from __future__ import annotations

import datetime as dt
import json
import re

from lxml import etree

from tests.docs.pages import ROOT, examples
from tests.output.verdicts import ALL, FOUND, PAGES
from xlsxeval.forms.library import Library
from xlsxeval.output import OutputFormat, OutputSources, output_formats
from xlsxeval.output.formats.jsonl import check_jsonl
from xlsxeval.output.formats.junit import check_junit
from xlsxeval.output.formats.sarif import check_sarif
from xlsxeval.resources import templates_directory

_PAGE = ROOT / "docs" / "internals" / "formats.md"


def _example(language: str) -> str:
    (found,) = (example.text for example in examples(_PAGE) if example.language == language)
    return found


def test_every_format_has_its_section() -> None:
    text = _PAGE.read_text(encoding="utf-8")
    assert [style for style in output_formats() if f"## `check --format {style}`" not in text] == []


def test_the_list_of_formats() -> None:
    text = _PAGE.read_text(encoding="utf-8").partition("\n## `check`: formats\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:3] == "| `"]
    head, *rows = rows
    assert head[:4] == ["`--format`", "for", "suffix of `-o`", "made"]
    assert [row[0].strip("`") for row in rows] == list(output_formats())
    for row in rows:
        one = output_formats()[row[0].strip("`")]
        assert re.findall(r"`(\.\w+)`", row[2]) == list(one.suffixes)
        assert row[3] == _made(one)


def _made(one: OutputFormat) -> str:
    written = one.write([], OutputSources(Library(templates_directory()), dt.date(2025, 6, 1)))
    return "as one" if isinstance(written, str) else "piece by piece"


def test_jsonl() -> None:
    shown = {line["type"]: list(line) for line in map(json.loads, _example("jsonl").splitlines())}
    written = {line["type"]: list(line) for line in map(json.loads, check_jsonl(ALL))}
    assert shown == written


def test_sarif() -> None:
    shown = json.loads(_example("jsonc"))
    results = json.loads(check_sarif([FOUND], PAGES))["runs"][0]["results"]
    (written,) = (result for result in results if result["ruleId"] == "V030")
    assert list(shown) == list(written)
    for key in ("physicalLocation", "logicalLocations"):
        assert shown["locations"][0][key].__class__ is written["locations"][0][key].__class__
    assert shown["locations"][0]["physicalLocation"].keys() == written["locations"][0]["physicalLocation"].keys()
    assert shown["locations"][0]["logicalLocations"][0].keys() == written["locations"][0]["logicalLocations"][0].keys()
    known = {"shown", "expected", "working", "label", "severity_set_by", "field", "fix", "basis"}
    assert shown["properties"].keys() <= known >= written["properties"].keys()


def test_junit() -> None:
    shown, written = (etree.fromstring(text.encode()) for text in (_example("xml"), check_junit([FOUND])))
    made = {str(element.tag): sorted(map(str, element.attrib)) for element in written.iter()}
    assert {str(element.tag): sorted(map(str, element.attrib)) for element in shown.iter()} == made
    names = [prop.get("name") for prop in shown.iter("property")]
    assert names == [prop.get("name") for prop in written.iter("property")]
