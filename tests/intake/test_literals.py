"""The small readers of written values: ranges, numbers, colours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlsxeval.intake.boxes import box, boxes
from xlsxeval.intake.colors import OFFICE_THEME, Palette
from xlsxeval.intake.literals import number, unescape
from xlsxeval.intake.spans import SpanList
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS


def test_ranges_in_all_their_spellings() -> None:
    assert box("B3") == (3, 2, 3, 2)
    assert box("$B$3:C4") == (3, 2, 4, 3)
    assert box("C4:B3") == (3, 2, 4, 3)
    assert box("D:E") == (1, 4, MAX_ROWS, 5)
    assert box("2:3") == (2, 1, 3, MAX_COLUMNS)
    assert boxes("A1  XFE1 B2") == ((1, 1, 1, 1), (2, 2, 2, 2))


def test_what_is_no_range() -> None:
    assert [
        box(text) for text in ("", ":", "A", "1", "A0", "XFE1", "A1048577", "A1:B2:C3", "Ａ1", "A１", "$", "A1:")
    ] == [None] * 11 + [(1, 1, 1, 1)]


@given(st.text())
def test_any_text_is_a_range_or_none(text: str) -> None:
    found = box(text)
    assert found is None or (1 <= found[0] <= found[2] <= MAX_ROWS and 1 <= found[1] <= found[3] <= MAX_COLUMNS)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_read_back(value: float) -> None:
    assert number(repr(value)) == value


@given(st.text())
def test_numbers_are_ascii_and_finite(text: str) -> None:
    found = number(text)
    assert found is None or text.isascii()


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_escapes_leave_text_that_can_be_written(text: str) -> None:
    unescape(text).encode("utf-8")


def test_tints_lighten_and_darken() -> None:
    palette = Palette(OFFICE_THEME, [])
    assert palette.resolve({"theme": "1", "tint": "0.5"}) == "808080"
    assert palette.resolve({"rgb": "FFFF0000", "tint": "-1"}) == "000000"
    assert palette.resolve({"rgb": "no colour"}) is None
    assert palette.resolve({"theme": "99"}) is None
    assert Palette(OFFICE_THEME, ["00ABCDEF"]).resolve({"indexed": "0"}) == "ABCDEF"


def test_neighbouring_spans_become_one() -> None:
    spans = SpanList()
    for first, last in ((1, 1), (2, 5), (7, 7)):
        spans.add(first, last)
    assert spans.close() == ((1, 5), (7, 7))
