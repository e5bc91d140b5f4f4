"""Every table cell of the report is the workbook's cell: place, merge, text."""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree

from tests.report.reading import Square, opened, squares
from xlsxeval.calc import format_value
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import SheetLayout
from xlsxeval.report import report_bytes

EMPTY_PLAIN = frozenset({*range(5, 15), 17})
LEFT_OUT = {
    "附件3-5": range(30, 42),
    "附件3-6": range(22, 42),
    **dict.fromkeys(("附件4", "附件5", "附件6"), EMPTY_PLAIN),
}
"""Rows of free lines that nobody used, and those that are not for the report."""
WIDE = ("附件2", "附件4", "附件5", "附件6")


def attachment_tables(data: bytes) -> dict[str, list[etree._Element]]:
    """Attachment mark → its tables, in the order of the document."""
    found: dict[str, list[etree._Element]] = {}
    mark = ""
    document = opened(data)
    style = document.styles["附件标记"].style_id
    for node in document.element.body:
        if node.tag == qn("w:p") and node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}[@{qn('w:val')}='{style}']") is not None:
            mark = "".join(text.text or "" for text in node.iter(qn("w:t")))
            found[mark] = []
        elif node.tag == qn("w:tbl"):
            found[mark].append(node)
    return found


def one_grid(tables: list[etree._Element]) -> list[Square]:
    """The parts of one attachment below each other; headings and class labels that stand again are taken once."""
    result: list[Square] = []
    rows = 0
    for table in tables:
        found = squares(table)
        again = _headings_again(found, result)
        for square in found:
            above = next((one for one in result if one.column == square.column and one.row + one.rows == rows), None)
            goes_on = square.row < again < square.row + square.rows or (square.row == again and rows)
            if above is not None and goes_on and square.text == above.text and above.columns == square.columns:
                above.rows += square.row + square.rows - again
            elif square.row >= again:
                square.row += rows - again
                result.append(square)
        rows += len(table.findall(qn("w:tr"))) - again
    return result


def _headings_again(found: list[Square], above: list[Square]) -> int:
    """How many first rows of a part are the headings that the part before it has."""
    told = {tuple(one.text for one in above if one.row == row) for row in {one.row for one in above}}
    first = tuple(one.text for one in found if one.row == 0)
    return 1 if first in told else 0


def expected_texts(sheet: SheetLayout, submission: Submission, rows: list[int]) -> dict[tuple[int, int], str]:
    """Text of every workbook cell that begins in one of ``rows``, by its place in the table."""
    return {
        (rows.index(cell.address.row), cell.address.column - 1): format_value(
            submission.value(cell), cell.look.number_format
        )
        for cell in sheet.cells
        if cell.address.row in rows and cell.address.column <= sheet.print_columns and cell.report
    }


def test_the_attachments_are_the_sheets_with_a_mark(submission, template):
    tables = attachment_tables(report_bytes(submission, template))
    assert list(tables) == ["附件1", "附件2", *(f"附件3-{number}" for number in range(1, 7)), "附件4", "附件5", "附件6"]
    assert all(tables.values())


def test_every_cell_shows_what_the_workbook_shows(submission, template):
    tables = attachment_tables(report_bytes(submission, template))
    compared = 0
    for sheet in submission.layout.sheets:
        if not sheet.attachment:
            continue
        left_out = LEFT_OUT.get(sheet.attachment, range(0))
        rows = [row for row in range(2, sheet.print_rows + 1) if row not in left_out]
        grid = one_grid(tables[sheet.attachment])
        drawn = {(square.row, square.column): square for square in grid}
        area = sum(square.rows * square.columns for square in grid)
        assert area == len(rows) * sheet.print_columns, sheet.attachment
        expected = expected_texts(sheet, submission, rows)
        for spot, text in expected.items():
            square = drawn.get(spot)
            if square is None:  # typed in again below itself, merged in the report
                square = next(
                    area for area in grid if area.column == spot[1] and area.row < spot[0] < area.row + area.rows
                )
            assert square.text == text, (sheet.attachment, spot)
            compared += 1
        beyond = [square for spot, square in drawn.items() if spot not in expected]
        hints = [(cell.address.row, cell.address.column) for cell in sheet.cells if not cell.report]
        silent = {(rows.index(row), column - 1) for row, column in hints if row in rows}
        assert all(square.text == "" for square in beyond), sheet.attachment
        assert {(square.row, square.column) for square in beyond if square.column} == silent, sheet.attachment
    assert compared > 700


def test_merges_are_those_of_the_layout(submission, template):
    tables = attachment_tables(report_bytes(submission, template))
    sheet = submission.layout.sheet("附件3-1")
    drawn = {(square.row, square.column): square for square in one_grid(tables["附件3-1"])}
    merged = [cell for cell in sheet.cells if (cell.rows > 1 or cell.columns > 1) and cell.look.role != "title"]
    assert merged
    for cell in merged:
        square = drawn[cell.address.row - 2, cell.address.column - 1]
        assert (square.rows, square.columns) == (cell.rows, cell.columns), cell.address


def test_equal_neighbours_that_a_unit_typed_are_merged_like_given_ones(submission, template):
    grid = one_grid(attachment_tables(report_bytes(submission, template))["附件3-5"])
    level1 = [(square.text, square.rows) for square in grid if square.column == 1 and square.row > 9][:2]
    assert level1 == [("产出指标", 17), ("满意度指标", 1)]
    level2 = [(square.text, square.rows) for square in grid if square.column == 2 and square.row > 9]
    assert level2 == [("数量指标", 2), ("质量指标", 13), ("时效指标", 2), ("服务对象满意度指标", 1)]


def test_equal_second_levels_do_not_merge_over_a_first_level(make, template):
    submission = make({("project", 5, "indicators[18].level2"): "时效指标"})
    grid = one_grid(attachment_tables(report_bytes(submission, template))["附件3-5"])
    level2 = [(square.text, square.rows) for square in grid if square.column == 2 and square.row > 9]
    assert level2[-2:] == [("时效指标", 2), ("时效指标", 1)]


def test_empty_free_lines_are_left_out_and_a_line_with_anything_stays(make, template):
    submission = make({("project", 6, "indicators[20].reason"): "只写了原因"})
    tables = attachment_tables(report_bytes(submission, template))["附件3-6"]
    rows = {square.row for square in one_grid(tables)}
    assert len(rows) == 9 + 1 + 10 + 1 + 1
    assert any(square.text == "只写了原因" for square in one_grid(tables))


def test_headings_stand_on_each_page_and_only_a_long_text_runs_over(submission, template):
    tables = attachment_tables(report_bytes(submission, template))
    assert {mark for mark, parts in tables.items() if len(parts) > 1} >= {"附件2", "附件3-2", "附件3-5"}
    for mark, parts in tables.items():
        for part in parts[1:]:
            assert part.getprevious().find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
            headings = [square.text for square in squares(part) if square.row == 0 and square.column]
            assert headings[0] == "一级指标", mark
    lines = [line for part in tables["附件3-1"] for line in part.findall(qn("w:tr"))]
    broken = [row for row, line in enumerate(lines) if line.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None]
    assert broken == [8]  # the goals


def test_columns_fill_the_text_block(submission, template):
    tables = attachment_tables(report_bytes(submission, template))
    block = round(156 / 25.4 * 1440)
    wide = round(225 / 25.4 * 1440)
    for mark, parts in tables.items():
        for table in parts:
            widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
            assert abs(sum(widths) - (wide if mark in WIDE else block)) <= 3, mark
            for line in table.findall(qn("w:tr")):
                assert sum(int(width.get(qn("w:w"))) for width in line.iter(qn("w:tcW"))) == sum(widths)


def test_helper_columns_are_not_drawn(submission, template):
    tables = attachment_tables(report_bytes(submission, template))
    texts = [square.text for parts in tables.values() for table in parts for square in squares(table)]
    assert not [text for text in texts if "识别" in text or "建议得分" in text]
