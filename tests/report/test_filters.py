"""Filters of templates, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlsxeval.report.fields import BlankValue, NumberField, TextField
from xlsxeval.report.filters import clause, dx, lead, lines, money, number, percent, rest, thousands


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2113.82, "2113.82"),
        (94.0, "94"),
        (0.52, "0.52"),
        (100, "100"),
        (1.005, "1.01"),
        (-15.5, "-15.5"),
        (-0.001, "0"),
        (0.0, "0"),
        (1e10, "10000000000"),
        (Decimal("0.1") + Decimal("0.2"), "0.3"),
        (NumberField(2113.82, "0.00", {}), "2113.82"),
        (None, "—"),
        (BlankValue(), "—"),
        (TextField("约80", {}), "约80"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, text):
    assert number(value) == text


def test_money_is_written_as_in_the_tables():
    values = [2113.82, 450.4, 94.0, 0.1, 1.005, -0.001, BlankValue(), "见附件"]
    assert [money(value) for value in values] == ["2113.82", "450.40", "94", "0.10", "1.01", "0", "—", "见附件"]
    assert money(450.4, 1) == "450.4"


def test_percent():
    assert [percent(value) for value in (0.93484, 1.0, 0.104, 0, BlankValue())] == [
        "93.48%",
        "100%",
        "10.40%",
        "0%",
        "—",
    ]
    assert percent(0.93484, 1) == "93.5%"


def test_thousands():
    values = [1796.95, 100, 1234567.5, -1234.5, 0.5, BlankValue()]
    assert [thousands(value) for value in values] == ["1,796.95", "100", "1,234,567.50", "-1,234.50", "0.50", "—"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2113.82, "贰仟壹佰壹拾叁万捌仟贰佰元整"),
        (0, "零元整"),
        (0.00005, "伍角整"),
        (0.000005, "伍分"),
        (0.000105, "壹元零伍分"),
        (10.5, "壹拾万伍仟元整"),
        (-1, "负壹万元整"),
        (0.00012345, "壹元贰角叁分"),
    ],
)
def test_amounts_in_capitals_are_yuan(value, text):
    assert dx(value) == text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("（1）聚焦大局。一是抓落实。", "（1）聚焦大局。"),
        ("(2)聚焦大局。后面。", "(2)聚焦大局。"),
        ("一是抓落实。后面还有。", "一是抓落实。"),
        ("十一是抓落实。后面还有。", "十一是抓落实。"),
        ("一是只有一句。", ""),
        ("一是没有句号", ""),
        ("普通的一段。后面。", ""),
        ("（一）是标题式的。后面。", ""),
        ("（1）" + "长" * 80 + "。后面。", ""),
        ("", ""),
    ],
)
def test_the_lead_of_a_paragraph(text, head):
    assert lead(text) == head
    assert lead(text) + rest(text) == text


def test_lines_and_clauses():
    assert lines("甲\n\n 乙 \n") == ["甲", "乙"]
    assert lines(BlankValue()) == []
    assert clause(" 用于宣传等。 ") == "用于宣传等"


def test_a_blank_spreads_and_decides_nothing():
    blank = BlankValue()
    assert not blank
    assert isinstance(blank - Decimal(1), BlankValue)
    assert isinstance(Decimal(1) - blank, BlankValue)
    assert [blank > 0, blank < 0, blank >= 0, blank == 0] == [False] * 4
    assert blank == ""
