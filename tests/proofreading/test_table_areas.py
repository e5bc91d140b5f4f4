"""Cells of Word tables as rectangles: spans, vertical merges, rows that begin further right, grids without widths."""

from __future__ import annotations

from tests.proofreading.test_reading import MERGED, document, run
from xlsxeval.proofreading import DocumentTable, read_document
from xlsxeval.proofreading.table_areas import TableArea, table_areas

GOES_ON = "<w:vMerge/>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def span(columns: int | str) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def areas(rows: str, grid: tuple[int, ...] = ()) -> tuple[TableArea, ...]:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    (table,) = read_document(document(f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")).blocks
    assert isinstance(table, DocumentTable)
    return table_areas(table)


def boxes(found: tuple[TableArea, ...]) -> list[tuple[str, int, int, int, int]]:
    return [(area.text, area.row, area.column, area.last_row, area.last_column) for area in found]


def test_merged_cells_are_one_area():
    rows = (
        f"<w:tr>{cell('绩效指标', MERGED)}{cell('产出', span(2))}{cell('10')}</w:tr>"
        f"<w:tr>{cell('', GOES_ON)}{cell('数量')}{cell('质量')}{cell('9')}</w:tr>"
        f"<w:tr>{cell('', GOES_ON)}{cell('总分', span(3))}</w:tr>"
    )
    assert boxes(areas(rows)) == [
        ("绩效指标", 1, 1, 3, 1),
        ("产出", 1, 2, 1, 3),
        ("10", 1, 4, 1, 4),
        ("数量", 2, 2, 2, 2),
        ("质量", 2, 3, 2, 3),
        ("9", 2, 4, 2, 4),
        ("总分", 3, 2, 3, 4),
    ]


def test_edges_are_those_of_the_page():
    found = areas(f"<w:tr>{cell('甲', span(2))}{cell('乙')}</w:tr>", grid=(300, 200, 1000))
    assert [(area.left, area.right, area.cell) for area in found] == [(0, 500, 1), (500, 1500, 2)]


def test_a_row_may_begin_further_right():
    rows = f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell('甲')}</w:tr>"
    assert boxes(areas(rows)) == [("甲", 1, 3, 1, 3)]


def test_what_goes_on_with_nothing_stands_for_itself():
    rows = f"<w:tr>{cell('甲', span(2))}</w:tr><w:tr>{cell('乙', GOES_ON)}{cell('丙')}</w:tr>"
    assert boxes(areas(rows)) == [("甲", 1, 1, 1, 2), ("乙", 2, 1, 2, 1), ("丙", 2, 2, 2, 2)]


def test_a_span_is_bounded_and_nonsense_is_one():
    rows = "".join(f"<w:tr>{cell('甲', span(value))}</w:tr>" for value in ("99999999999999", "9999", "-3", "x", ""))
    assert [area.columns for area in areas(rows)] == [1, 1000, 1, 1, 1]
