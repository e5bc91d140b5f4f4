"""What cells show: values of every kind in number formats (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import pytest

from xlsxeval.calc import ExcelError, format_value


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (None, "0.00", ""),
        (True, "0.00", "TRUE"),
        (ExcelError.DIV0, "0.00", "#DIV/0!"),
        ("文字", "0.00", "文字"),
        ("文字", "@", "文字"),
        ("文字", '0;0;0;"："@', "：文字"),
        (93.48, "General", "93.48"),
        (0.1 + 0.2, "General", "0.3"),
        (100.0, "General", "100"),
        (1234567890123.0, "General", "1.23457E+12"),
        (0.00001234, "General", "0.00001234"),
        (0.00001234567, "General", "1.23457E-05"),
        (0.9348, "0.00%", "93.48%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (1234.5, "#,##0.00_);(#,##0.00)", "1,234.50 "),
        (0.0, '#,##0.00;-#,##0.00;"-"', "-"),
        (1234567.0, '#,##0.00,,"百万"', "1.23百万"),
        (1234567.0, '0.00,"千元"', "1234.57千元"),
        (5.0, '0"分"', "5分"),
        (45352.0, "yyyy/m/d", "2024/3/1"),
        (45352.0, 'yyyy"年"m"月"d"日"', "2024年3月1日"),
        (45352.0, "[$-804]dddd", "星期五"),
        (45352.0, "[$-F800]dddd, mmmm dd, yyyy", "Friday, March 01, 2024"),
        (0.75, "h:mm:ss AM/PM", "6:00:00 PM"),
        (0.999994, "h:mm:ss", "23:59:59"),
        (1.0 / 86400 * 1.5, "s.00", "1.50"),
        (-1.0, "yyyy-mm-dd", "########"),
        (12.0, "000-0000", "000-0012"),
        (0.5, "# ?/?", " 1/2"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', " ¥1,234.50 "),
        (-0.004, "0.00", "0.00"),
        (1e15, "0", "1000000000000000"),
        (3.0, "q", "q"),
        (3.0, "0n", "3"),
    ],
)
def test_a_cell_shows(value: object, number_format: str, shown: str):
    assert format_value(value, number_format) == shown


def test_a_whole_number_may_be_given_as_an_int():
    assert format_value(3, "0.0") == "3.0"


def test_the_1904_system_shifts_dates():
    assert format_value(0.0, "yyyy-mm-dd", date1904=True) == "1904-01-01"
