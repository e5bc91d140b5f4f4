"""The report that a unit's figures give today, for comparison with an edited one."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.intake.submission import Submission
from xlsxeval.proofreading import FreshReport, Sketch, read_document
from xlsxeval.report import made_report
from xlsxeval.report.table import DrawnTable


def made_afresh(submission: Submission, templates: Path) -> FreshReport:
    """Today's report, read back, with the source of each cell. Raises UsageError where the edition has no template."""
    layout = submission.layout
    if layout.edition.report is None:
        raise UsageError(
            f"版本「{layout.edition.id}」没有报告模板，报告没有东西可以对照。不属于任何任务的报告，用 xlsxeval audit 核对。"
        )
    made = made_report(submission, Library(templates).find(f"reports/{layout.edition.report}"))
    return FreshReport(submission, read_document(made.data), [_sketch(table) for table in made.tables])


def _sketch(table: DrawnTable) -> Sketch:
    """The cells of each row as Word counts them: one that spans columns once, one that spans rows in each row."""
    squares = table.at()
    rows = []
    for row in range(table.rows):
        cells = []
        column = 0
        while column < table.columns:
            cell = squares.get((row, column))
            cells.append(("", None) if cell is None else (cell.text if cell.row == row else "", cell.source))
            column += cell.columns if cell is not None else 1
        rows.append(cells)
    return rows
