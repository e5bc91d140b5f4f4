"""Published reports as pages show them: their tables, with the findings numbered and marked in the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from xlsxeval.audit.documents.report_file import ReportFile, ReportTable
from xlsxeval.judging.lone_files import LoneFile
from xlsxeval.model import Address, Finding, Place
from xlsxeval.output.drawn_return import DrawnReturn, NumberedFinding
from xlsxeval.results.audited_files import AuditWork
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workbook.drawing import DrawnRow, DrawnSheet, PaintedCell
from xlsxeval.workers import Lost

_WIDTH = 900
_HEIGHT = 24
_MOST_ROWS = 300


class ReportDrawer:
    """Audits and draws one report after another, in this process or another."""

    def __init__(self, work: AuditWork) -> None:
        self.work = work

    @property
    def bounds(self):  # type: ignore[no-untyped-def]  # that of AuditWork
        return self.work.bounds

    def __call__(self, file: LoneFile) -> DrawnReturn:
        assert isinstance(file.source, bytes)
        audited, report = self.work.auditor.examined(file.name, file.source)
        return _drawn(audited.verdict, report)

    def lost(self, file: LoneFile, lost: Lost) -> DrawnReturn:
        return _drawn(self.work.lost(file, lost).verdict, None)


def _drawn(verdict: Verdict, report: ReportFile | None) -> DrawnReturn:
    numbered = list(enumerate(verdict.findings, start=1))
    sheets = []
    anchors: dict[tuple[str | None, str | None], str] = {}
    for number, table in enumerate(report.tables if report else (), start=1):
        sheet, own = _sheet(table, number, numbered)
        sheets.append(sheet)
        anchors |= own
    findings = tuple(
        NumberedFinding(number, finding, anchors.get((finding.place.sheet, finding.place.cell)))
        for number, finding in numbered
    )
    return DrawnReturn(verdict.path, verdict.sha256, verdict.subject, findings, tuple(sheets))


def _sheet(
    table: ReportTable, number: int, findings: Sequence[tuple[int, Finding]]
) -> tuple[DrawnSheet, dict[tuple[str | None, str | None], str]]:
    """A table drawn on the columns that its cells' edges make, and the anchors of its cells by their places."""
    edges = sorted({edge for cell in table.cells for edge in (cell.left, cell.right)})
    span = (edges[-1] - edges[0]) or 1.0
    widths = tuple(max(8, round((right - left) / span * _WIDTH)) for left, right in pairwise(edges))
    anchors: dict[tuple[str | None, str | None], str] = {}
    rows: dict[int, list[tuple[int, PaintedCell]]] = {}
    for cell in table.cells:
        column = edges.index(cell.left) + 1
        marks = tuple(at for at, finding in findings if _is_at(finding.place, cell.place))
        gravest = max(
            (finding.severity for at, finding in findings if at in marks), key=lambda one: one.rank, default=None
        )
        address = Address(table.name, cell.row, column)
        anchors[cell.place.sheet, cell.place.cell] = f"s{number}-{address.a1}"
        looks = ("label", *([f"mark-{gravest.value}"] if gravest else []))
        columns = max(1, edges.index(cell.right) + 1 - column)
        painted = PaintedCell(address, cell.rows, columns, cell.text, looks, cell.place.cell or "", marks)
        rows.setdefault(cell.row, []).append((column, painted))
    drawn = tuple(_rows(rows, table.last_row))
    return DrawnSheet(table.name, widths, drawn), anchors


def _rows(rows: Mapping[int, list[tuple[int, PaintedCell]]], last: int) -> Iterator[DrawnRow]:
    for row in range(1, min(last, _MOST_ROWS) + 1):
        cells = tuple(cell for _, cell in sorted(rows.get(row, []), key=lambda pair: pair[0]))
        yield DrawnRow(row, _HEIGHT, cells)


def _is_at(one: Place, other: Place) -> bool:
    return (one.sheet, one.cell) == (other.sheet, other.cell)
