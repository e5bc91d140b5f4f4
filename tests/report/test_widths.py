"""Column widths: in proportion, filling the width, and wide enough for a number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlsxeval.report.widths import column_widths, longest_word


def test_in_proportion_where_everything_fits():
    assert column_widths([10, 20, 10], [0, 0, 0], 8000) == [2000, 4000, 2000]


def test_a_narrow_column_gets_what_its_number_needs():
    widths = column_widths([10, 80, 10], [1500, 0, 0], 8000)
    assert widths[0] == 1500
    assert sum(widths) == 8000


def test_what_cannot_fit_stays_in_proportion():
    assert column_widths([1, 1], [9000, 9000], 8000) == [4000, 4000]


@given(st.lists(st.tuples(st.floats(1, 100), st.floats(0, 3000)), min_size=1, max_size=12), st.integers(2000, 20000))
def test_widths_always_add_up(columns, total):
    widths = column_widths([share for share, _ in columns], [need for _, need in columns], total)
    assert sum(widths) == total
    assert all(width >= 0 for width in widths)


def test_chinese_breaks_anywhere_and_numbers_do_not():
    assert longest_word("医疗保障局", 10) == 10
    assert longest_word("100.00%", 10) > 40
    assert longest_word("138****0000", 10) > 60
    assert longest_word("http://www.example.gov.cn/very/long", 10) < 80
    assert longest_word("", 10) == 0
