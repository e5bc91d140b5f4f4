"""The workbook itself: what a spreadsheet program makes of it, and what texts of units can not do to it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook import Workbook

from tests.output.verdicts import finding
from tests.rollup.made import office
from tests.support.office import convert_all, resave
from xlsxeval.calc import ExcelError
from xlsxeval.rollup import Return, Summary, summarise, summary_bytes
from xlsxeval.rollup.book import planned
from xlsxeval.rollup.plan import PlannedFormula
from xlsxeval.rollup.texts import LONGEST

SHEETS = ["汇总", "项目", "资金", "指标", "问题", "共性问题", "图表", "参数"]


@cache
def plain_summary() -> Summary:
    """One careful unit, one that took off points without a word, one that sent nothing."""
    return office(
        units=3, came=2, typed=lambda n: {("overall", None, "indicators[4].score"): 0.0} if n == 2 else {}
    ).summary


@cache
def book() -> bytes:
    return summary_bytes(plain_summary())


def _read(content: bytes, *, values: bool) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def test_the_worksheets_stand_in_order() -> None:
    assert _read(book(), values=True).sheetnames == SHEETS


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert summary_bytes(plain_summary()) == book()


def test_no_formula_gives_an_error() -> None:
    _, values = planned(plain_summary())
    assert [address for address, value in values.items() if isinstance(value, ExcelError)] == []
    assert len(values) > 50


@pytest.mark.libreoffice
def test_libreoffice_computes_every_formula_to_the_stored_value() -> None:
    sheets, values = planned(plain_summary())
    again = _read(resave(book()), values=True)
    for address, value in values.items():
        cell = again[address.sheet].cell(address.row, address.column).value
        stored = None if value == "" else value
        assert cell == (pytest.approx(stored, abs=1e-9) if isinstance(stored, float) else stored), str(address)
    assert {address.sheet for address in values} >= {sheet.name for sheet in sheets} - {"问题"}


@pytest.mark.libreoffice
def test_libreoffice_agrees_where_figures_follow_from_projects_and_the_rubric() -> None:
    summaries = [office(edition, units=3, came=2).summary for edition in ("yiyang-2022", "yueyang-2023")]
    saved = convert_all([summary_bytes(content) for content in summaries], ".xlsx", "xlsx")
    for content, data in zip(summaries, saved, strict=True):
        _, values = planned(content)
        again = _read(data, values=True)
        for address, value in values.items():
            cell = again[address.sheet].cell(address.row, address.column).value
            stored = None if value == "" else value
            assert cell == (pytest.approx(stored, abs=1e-9) if isinstance(stored, float) else stored), str(address)


def test_every_table_is_ready_to_use_and_to_print() -> None:
    made = _read(book(), values=False)
    for name in SHEETS[:6]:
        sheet = made[name]
        assert sheet.auto_filter.ref, name
        assert sheet.freeze_panes, name
        assert sheet.print_title_rows, name
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9), name
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0), name


def test_the_charts_are_excels_own_and_speak_chinese() -> None:
    with zipfile.ZipFile(io.BytesIO(book())) as file:
        charts = [file.read(name) for name in file.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    for chart in charts:
        tree = etree.fromstring(chart)
        fonts = tree.findall(".//{*}ea")
        assert {font.get("typeface") for font in fonts} == {"宋体", "黑体"}
        assert tree.findall(".//{*}val//{*}v"), "a chart without stored values shows nothing in a viewer"


HOSTILE = {
    "formula": "=cmd|'/c calc'!A0",
    "plus": "+1+1",
    "at": "@SUM(A1)",
    "tab": "\t=1+1",
    "template": "{{ 7*7 }}",
    "array": "{=1+1}",
    "control": "甲\x01\x1f乙\x0b",
    "escaped": "_x0041_",
    "lone": "甲\ud800乙",
    "markup": "</t></is><f>1+1</f>",
    "link": "https://example.invalid/",
    "long": "长" * 32_767,
    "file": "file:///etc/passwd",
}


@cache
def hostile_book() -> tuple[Summary, bytes]:
    """A campaign in which every text that a unit types, and the unit's and the projects' names, are out to do harm."""
    made = office(units=1, came=1)
    one, unit = made.returns[0], made.campaign.units[0]
    assert one.figures is not None
    assert one.verdict.subject is not None
    indicator, project = one.figures.indicators[0], one.figures.projects[0]
    figures = replace(
        one.figures,
        indicators=tuple(
            replace(indicator, level1=text, level2=text, level3=text, target=text, actual=text, project=text)
            for text in HOSTILE.values()
        ),
        projects=tuple(replace(project, name=text, carried_by=text) for text in HOSTILE.values()),
    )
    findings = tuple(
        finding(message=text, shown=text, expected=text, label=text, fix=text) for text in HOSTILE.values()
    )
    verdict = replace(one.verdict, findings=findings, path="=1+1.xlsx")
    campaign = replace(
        made.campaign,
        department=HOSTILE["formula"],
        units=(replace(unit, name=HOSTILE["formula"]),),
    )
    summary = summarise([Return(verdict, figures)], campaign, made.base.edition, made.definition, plain_summary().made)
    return summary, summary_bytes(summary)


def test_no_text_of_a_unit_becomes_a_formula() -> None:
    summary, content = hostile_book()
    planned_formulas = {
        (sheet.name, *place)
        for sheet in planned(summary)[0]
        for place, cell in sheet.cells.items()
        if isinstance(cell.content, PlannedFormula)
    }
    made = _read(content, values=False)
    found = {
        (sheet.title, cell.row, cell.column)
        for sheet in made
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == planned_formulas
    formulas = {str(made[name].cell(row, column).value) for name, row, column in found}
    assert not any("cmd" in text or "{{" in text for text in formulas)


def test_texts_of_units_stay_text_when_somebody_edits_them() -> None:
    _, content = hostile_book()
    sheet = _read(content, values=False)["指标"]
    cells = [
        cell
        for row in sheet.iter_rows(min_row=4)
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f"
    ]
    assert len(cells) > 5 * len(HOSTILE)
    assert all(cell.quotePrefix for cell in cells)


def test_texts_are_told_as_they_are_as_far_as_a_cell_can() -> None:
    _, content = hostile_book()
    sheet = _read(content, values=True)["指标"]
    targets = [sheet.cell(row, 8).value for row in range(4, 4 + len(HOSTILE))]
    shown = dict(zip(HOSTILE, targets, strict=True))
    for name in ("formula", "plus", "at", "template", "array", "markup", "link", "file"):
        assert shown[name] == HOSTILE[name]
    assert len(shown["long"]) == LONGEST
    assert "\x01" not in shown["control"]


def test_nothing_points_out_of_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(hostile_book()[1])) as file:
        rels = b"".join(file.read(name) for name in file.namelist() if name.endswith(".rels"))
    assert b'TargetMode="External"' not in rels


@pytest.mark.libreoffice
def test_libreoffice_opens_the_hostile_one() -> None:
    again = _read(resave(hostile_book()[1]), values=True)
    assert again.sheetnames == SHEETS
    assert again["指标"]["H4"].value == HOSTILE["formula"]
