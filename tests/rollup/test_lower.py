"""What is handed up is what 汇总 shows; and the worksheet of what lower levels handed up, beside the campaign's own units."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.rollup.made import office
from tests.support.office import convert_all
from xlsxeval.levels import LevelTotals
from xlsxeval.model import Address
from xlsxeval.rollup import Figures, LowerLine, Summary, handed, summary_bytes
from xlsxeval.rollup.book import planned
from xlsxeval.rollup.sheets.lower import SHEET
from xlsxeval.rollup.sheets.units import units_frame
from xlsxeval.rollup.summary import SummaryStatus, Whose

EDITIONS = ("hunan-2024", "yiyang-2022", "yueyang-2023")
"""The second takes a unit's figures from its projects."""
COUNTY = LevelTotals(
    units=3,
    sent=3,
    returned=2,
    clean=1,
    errors=1,
    amounts={"initial": Decimal(90), "budget": Decimal("150.5"), "executed": Decimal("133.48")},
    scored=2,
    weight=Decimal("150.5"),
    weighted=Decimal("14070.25"),
)


@cache
def summary_of(edition: str) -> Summary:
    return office(edition).summary


@cache
def with_levels(edition: str) -> Summary:
    """A made campaign with three lower levels: one with a level below it, and one that handed nothing up."""
    day = dt.date(2025, 6, 1)
    lines = (
        LowerLine(Whose("1", "=某某市"), 1, COUNTY + COUNTY, day, 4, 1),
        LowerLine(Whose("11", "某某县"), 2, COUNTY, day, 2),
        LowerLine(Whose("2", "某某区"), 1, COUNTY, day, 2),
        LowerLine(Whose("3", "某某镇"), 1, None, remark="未上报"),
    )
    return replace(summary_of(edition), lower=lines)


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_handed_up_of_a_unit_is_what_its_line_in_the_summary_shows(edition: str) -> None:
    summary = summary_of(edition)
    frame = units_frame(summary)
    sheets, values = planned(summary)
    cells = sheets[0].cells
    came = [unit for unit in summary.units if unit.status is not SummaryStatus.ABSENT]
    assert came
    for number, unit in enumerate(summary.units):
        projects = tuple(one.project for one in summary.projects if one.whose == unit.whose and unit in came)
        found = handed(Figures(unit.amounts, projects, unit.money, (), frozenset()), summary.definition)
        for role in summary.definition.unit_roles:
            address = Address(frame.name, frame.first + number, frame.number(role))
            value = values.get(address, cells[address.row, address.column].content)
            shown = None if value in ("", None) else value
            amount = found.amounts.get(role)
            assert (None if amount is None else float(amount)) == (None if shown is None else pytest.approx(shown))


def test_the_levels_are_summed_once_and_the_own_units_added() -> None:
    summary = with_levels("hunan-2024")
    page = load_workbook(BytesIO(summary_bytes(summary)))[SHEET]
    _, values = planned(summary)
    heading = [cell.value for cell in page[3]]
    rows = {str(row[2].value): row[0].row for row in page.iter_rows(min_row=4)}

    def value(name: str, column: str) -> object:
        return values[Address(SHEET, rows[name], heading.index(column) + 1)]

    assert [value("下级合计", column) for column in ("单位数", "已报", "其中有错误")] == [9, 6, 3]
    assert value("下级合计", "全年预算数") == pytest.approx(451.5)
    assert value("下级合计", "得分（加权）") == 93.49
    assert value("本级单位", "单位数") == len(summary.units)
    assert value("总计", "单位数") == 9 + len(summary.units)
    own = value("本级单位", "全年预算数")
    assert isinstance(own, float)
    assert value("总计", "全年预算数") == pytest.approx(451.5 + own)
    assert page.cell(4, 3).data_type == "s"


def test_a_campaign_without_levels_has_no_such_worksheet() -> None:
    summary = office("hunan-2024", units=1, came=1).summary
    assert SHEET not in [sheet.name for sheet in planned(summary)[0]]


@cache
def saved_by_libreoffice() -> dict[str, bytes]:
    """The summaries of all editions at one start of the program."""
    books = [summary_bytes(with_levels(edition)) for edition in EDITIONS]
    return dict(zip(EDITIONS, convert_all(books, ".xlsx", "xlsx"), strict=True))


@pytest.mark.libreoffice
@pytest.mark.parametrize("edition", EDITIONS)
def test_libreoffice_computes_every_formula_of_it_to_the_stored_value(edition: str) -> None:
    _, values = planned(with_levels(edition))
    again = load_workbook(BytesIO(saved_by_libreoffice()[edition]), data_only=True)[SHEET]
    own = {address: value for address, value in values.items() if address.sheet == SHEET}
    assert len(own) > 20
    for address, value in own.items():
        cell = again.cell(address.row, address.column).value
        stored = None if value == "" else value
        assert cell == (pytest.approx(stored, abs=1e-9) if isinstance(stored, float) else stored), str(address)
