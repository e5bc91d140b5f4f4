"""A report's figures as a submission of the neutral edition: what every rule reads, with the report's own places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from xlsxeval.audit.documents.report_file import ReportCell
from xlsxeval.audit.figures import PrintedFigure
from xlsxeval.audit.reading import TableReading
from xlsxeval.calc import Scalar
from xlsxeval.forms.seal import Seal
from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.cells import RawCell, RawSheet, RawWorkbook
from xlsxeval.intake.comparison import Difference
from xlsxeval.intake.identity import Identity
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell
from xlsxeval.model import Address, Place

_MONEY = frozenset({"money", "signed_money"})


@dataclass(frozen=True, eq=False)
class ReportSubmission(Submission):
    """A report's figures in the neutral edition; ``printed`` are those that stand on formulas, ``places`` the report's."""

    printed: Mapping[Address, Scalar] = field(default_factory=dict)
    places: Mapping[Address, Place] = field(default_factory=dict)

    @cached_property
    def differences(self) -> Sequence[Difference]:
        return ()

    @cached_property
    def overtyped(self) -> Mapping[Address, Scalar]:
        """The printed figures that are not what their formulas give."""
        right = self.recomputed
        return {at: value for at, value in self.printed.items() if not _alike(value, right.get(at))}


def _alike(one: Scalar, other: Scalar) -> bool:
    return one == other or (isinstance(one, float) and isinstance(other, float) and abs(one - other) < _SAME)


_SAME = 1e-9


class JudgedReading:
    """A reading without the zones that are not to be judged."""

    def __init__(self, reading: TableReading, refused: frozenset[str]) -> None:
        self.reading = reading
        names = {name: _zone(reading.kind, name) in refused for name in reading.figures}
        self.refused = {name for name, doubtful in names.items() if doubtful}
        self.figures = {name: figure for name, figure in reading.figures.items() if not names[name]}
        self.lines = {
            block: lines
            for block, lines in reading.lines.items()
            if ("indicators" if block == "indicators" else "spending") not in refused
        }
        self.columns = frozenset(reading.columns) if "indicators" in self.lines else frozenset()


def _zone(kind: str, name: str) -> str:
    head = name.partition(".")[0]
    if head in ("total",):
        return "indicators"
    if kind == "basic":
        return head if head in ("staff", "building") else "spending"
    return "" if head in ("name", "unit") else "funds"


def by_sheet(present: Sequence[JudgedReading], layout: Layout) -> dict[str, JudgedReading]:
    """The readings by the worksheet of the layout that has them."""
    names = {one.reading.table.name: one for one in present}
    return {sheet.name: names[sheet.name] for sheet in layout.sheets if sheet.name in names}


def report_submission(layout: Layout, by_sheet: Mapping[str, JudgedReading]) -> ReportSubmission:
    printed: dict[Address, Scalar] = {}
    places: dict[Address, Place] = {}
    sheets: dict[str, RawSheet] = {}
    for sheet in layout.sheets:
        one = by_sheet.get(sheet.name)
        if one is None:
            continue
        raw: dict[tuple[int, int], RawCell] = {}
        for cell in sheet.cells:
            figure = _figure(one, cell)
            if figure is None or cell.slot is None:
                continue
            at = cell.address
            places[at] = _place(figure.cell, cell)
            value = _value(one, cell, figure)
            if value is None:
                continue
            if cell.kind is CellKind.COMPUTED:
                printed[at] = value
            kind, text = ("n", f"{value:.15g}") if isinstance(value, float) else ("s", str(value))
            raw[at.row, at.column] = RawCell(at.row, at.column, kind, text, value)  # type: ignore[arg-type]
        sheets[sheet.name] = RawSheet(sheet.name, cells=raw)
    book = RawWorkbook(tuple(sheets.values()))
    views = {}
    for sheet in layout.sheets:
        if sheet.name in sheets:
            rows = {cell.address.row: cell.address.row for cell in sheet.cells}
            columns = {cell.address.column: cell.address.column for cell in sheet.cells}
            views[sheet.name] = SheetView(sheet, sheets[sheet.name], rows, columns)
    seal = Seal(layout.campaign, layout.unit, layout.edition.version, layout.edition.digest, None, "{}", "")
    identity = Identity(seal, layout, "none", (), layout.settings)
    return ReportSubmission(book, identity, views, printed=printed, places=places)


def _figure(one: JudgedReading, cell: PlacedCell) -> PrintedFigure | None:
    slot = cell.slot
    if slot is None:
        return None
    if slot.line is None:
        return one.figures.get(slot.field.id)
    lines = one.lines.get(slot.field.block or "", [])
    return lines[slot.line - 1].get(slot.field.short) if slot.line <= len(lines) else None


def _place(at: ReportCell, cell: PlacedCell) -> Place:
    return replace(at.place, field=cell.slot.path if cell.slot else None)


def _value(one: JudgedReading, cell: PlacedCell, figure: PrintedFigure) -> Scalar:
    """What is typed: a number for a field that holds one, else the words; a dash is nothing."""
    slot = cell.slot
    assert slot is not None
    if slot.field.type.kind != "number":
        words = "".join(figure.text.split("\n")).strip()
        return words or None
    if figure.value is None:
        return None
    value = figure.value
    if slot.field.type.name in _MONEY:
        value *= one.reading.scale
    elif slot.field.type.name == "percent":
        value = _exact_rate(one, slot.field.id, figure)
        if not value and cell.kind is CellKind.COMPUTED and not _denominator(one, slot.field.id):
            return None  # forms print 0 where there is nothing to divide by
    return float(value)


def _exact_rate(one: JudgedReading, name: str, figure: PrintedFigure) -> Decimal:
    """A rate as printed, or the exact one where fewer than two decimals were printed of it: 93% of 93.48%."""
    value = figure.value or Decimal(0)
    signed = "%" in figure.text or "％" in figure.text
    if not signed and value > _MOST_RATE:
        value, signed = value / 100, True  # the sign stands in the head of the column
    row, executed, budget = name.partition(".")[0], "executed", "budget"
    if row == "staff":
        executed, budget = "actual", "posts"
    above, below = one.figures.get(f"{row}.{executed}"), one.figures.get(f"{row}.{budget}")
    if above is None or below is None or above.value is None or not below.value:
        return value
    exact = above.value / below.value
    decimals = figure.decimals + (2 if signed else 0)
    step = Decimal(1).scaleb(-decimals)
    if decimals < _DECIMALS and exact.quantize(step, ROUND_HALF_UP) == value.quantize(step, ROUND_HALF_UP):
        return exact.quantize(_FINEST, ROUND_HALF_UP)
    return value


def _denominator(one: JudgedReading, name: str) -> Decimal | None:
    row = name.partition(".")[0]
    found = one.figures.get(f"{row}.{'posts' if row == 'staff' else 'budget'}")
    return found.value if found else None


_MOST_RATE = Decimal(3)
"""A rate of more than 300 % without a percent sign is one in percent."""
_DECIMALS = 4
_FINEST = Decimal("0.0001")
