"""Workbooks of any origin: each visible worksheet with content is a table, cells at their addresses."""

from __future__ import annotations

from xlsxeval.audit.documents.report_file import ReportBuilder, ReportFile
from xlsxeval.calc import format_value
from xlsxeval.intake.cells import RawCell, RawSheet, RawWorkbook
from xlsxeval.intake.reader import read_workbook
from xlsxeval.model import column_letters

MOST_CELLS = 50_000


def read_sheets(data: bytes) -> ReportFile:
    """The report in a workbook. Raises Rejected, whatever the bytes are."""
    book = read_workbook(data)
    report = ReportBuilder()
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet.state == "visible":
            _sheet(report, book, sheet)
    return report.done()


def _sheet(report: ReportBuilder, book: RawWorkbook, sheet: RawSheet) -> None:
    filled = {place: text for place, cell in sheet.cells.items() if (text := _shown(book, cell)).strip()}
    if len(filled) > MOST_CELLS:
        report.unread.append(f"工作表「{sheet.name}」有 {len(filled)} 个有内容的格，不像一张自评表，没有读")
        return
    merges = {(box[0], box[1]): box for box in sheet.merges}
    covered = {
        (row, column)
        for box in sheet.merges
        if (box[2] - box[0] + 1) * (box[3] - box[1] + 1) <= MOST_CELLS
        for row in range(box[0], box[2] + 1)
        for column in range(box[1], box[3] + 1)
    }
    rows = range(min((row for row, _ in filled), default=1), max((row for row, _ in filled), default=0) + 1)
    columns = range(min((column for _, column in filled), default=1), max((c for _, c in filled), default=0) + 1)
    cells = []
    for row in rows:
        for column in columns:
            box = merges.get((row, column), (row, column, row, column))
            if (row, column) in covered and (row, column) not in merges:
                continue
            height = min(box[2], rows[-1]) - row + 1
            text, spot = filled.get((row, column), ""), f"{column_letters(column)}{row}"
            cells.append((row, height, float(column), float(box[3] + 1), text, spot))
    title = [text for (row, _), text in sorted(filled.items()) if sum(at[0] == row for at in filled) == 1][:2]
    for line in title:
        report.paragraph(line)
    report.table(cells, sheet.name)


def _shown(book: RawWorkbook, cell: RawCell) -> str:
    if isinstance(cell.value, str) and cell.kind != "e":
        return cell.value
    if cell.value is None:
        return ""
    return format_value(cell.value, book.style(cell).number_format) if cell.kind != "e" else str(cell.value)
