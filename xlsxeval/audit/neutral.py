"""Readings typed into the neutral edition: a submission to which every rule applies as to a returned workbook.

Figures are typed into inputs; rates, scores and sums that a table prints stand on formulas, so that each is held against
what follows from the inputs, as a figure that a unit typed over a formula is. What the report lacks is left out of the
edition: columns of indicators as fields, checks that name a figure that no table has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from xlsxeval.audit.documents.report_file import ReportCell
from xlsxeval.audit.figures import PrintedFigure
from xlsxeval.audit.reading import TableReading
from xlsxeval.audit.vocabulary import Vocabulary
from xlsxeval.calc import Name, Scalar, walk
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Check, Edition, Field, Form, GridEntry
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.forms.seal import Seal
from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.cells import RawCell, RawSheet, RawWorkbook
from xlsxeval.intake.comparison import Difference
from xlsxeval.intake.identity import Identity
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell
from xlsxeval.layout.placing import build_layout
from xlsxeval.model import Address, Place

_COLUMNS = ("level1", "share", "level2", "level3", "target", "actual", "criterion", "weight", "score", "reason")
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


def typed(
    found: Sequence[TableReading],
    refused: Mapping[int, frozenset[str]],
    edition: Edition,
    words: Vocabulary,
    year: int,
    *,
    whole: bool,
) -> ReportSubmission:
    """The readings of one unit as a submission: at most one basic and one overall form, any number of projects.

    ``refused`` has the zones of a reading (by its number) that are not to be judged. ``whole`` is false where some
    form of the report was not understood: sums over all projects are then not compared.
    """
    present = [_Present(reading, refused.get(number, frozenset())) for number, reading in enumerate(found)]
    projects = [one for one in present if one.reading.kind == "project"]
    forms = []
    for form in edition.forms:
        own = [one for one in present if one.reading.kind == form.id]
        if own:
            forms.append(_reduced(form, own, present, words, whole=whole))
    kinds = tuple(form.id for form in forms)
    names = [one.reading.name for one in present if one.reading.kind != "project" and one.reading.name]
    given = tuple(
        Project(one.reading.name or one.reading.table.name, one.reading.table.name, "", {}) for one in projects
    )
    unit = Unit(
        "", names[0] if names else "", given, {}, (*kinds, *(["project"] if whole and "project" not in kinds else []))
    )
    known = [form for form in edition.forms if form.id not in kinds]
    neutral = replace(edition, forms=(*forms, *known))
    campaign = Campaign("", edition.id, year, unit.name, None, (unit,))
    layout = build_layout(campaign, unit, neutral)
    return _submission(layout, _by_sheet(present, layout))


class _Present:
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


def _reduced(form: Form, own: list[_Present], present: list[_Present], words: Vocabulary, *, whole: bool) -> Form:
    """The form with the columns, lines and checks for which its tables have figures."""
    columns = frozenset().union(*(one.columns for one in own))
    gone = {f"indicators.{name}" for name in _COLUMNS if name not in columns and name != "level3"}
    counts = {block: max(1, *(len(one.lines.get(block, ())) for one in own)) for block in _blocks(form)}
    have = {name for one in own for name in one.figures}
    have |= {f"{block}.{name}" for one in own for block, lines in one.lines.items() for line in lines for name in line}
    fields = {}
    for name, one in form.fields.items():
        if name in gone:
            continue
        fields[name] = replace(one, formula=None) if _stands_alone(one, have, form) else one
    checks = [check for check in form.checks if _applies(check, form, own, have, present, gone, words, whole=whole)]
    sheet = own[0].reading.table.name if form.each is None else form.sheet
    grid = tuple(_entry(entry, counts, gone) for entry in form.grid)
    return replace(form, sheet=sheet, attachment="", fields=fields, grid=grid, checks=tuple(checks))


def _blocks(form: Form) -> Iterator[str]:
    return (entry.spec.repeat for entry in form.grid if isinstance(entry.spec, RepeatSpec))


def _entry(entry: GridEntry, counts: Mapping[str, int], gone: set[str]) -> GridEntry:
    if not isinstance(entry.spec, RepeatSpec):
        return entry
    spec = entry.spec
    line = [
        cell.model_copy(update={"text": "~"}) if f"{spec.repeat}.{(cell.text or '')[1:]}" in gone else cell
        for cell in spec.line
    ]
    return replace(entry, spec=spec.model_copy(update={"lines": counts[spec.repeat], "line": line}))


def _names(of: Field | Check) -> set[tuple[str | None, str]]:
    """The fields that a formula or a check names."""
    formulas = [of.formula] if isinstance(of, Field) else [of.that, of.where, of.expected, of.shown]
    found = {(node.sheet, node.name) for one in formulas if one for node in walk(one.tree) if isinstance(node, Name)}
    return {pair for pair in found if pair[0] not in ("edition", "campaign")}


def _stands_alone(one: Field, have: set[str], form: Form) -> bool:
    """Whether a computed field is an input here, since the report has nothing that it is made of."""
    if one.formula is None:
        return False
    if one.id.startswith("total.") and one.id not in have:
        return True
    named = {name for sheet, name in _names(one) if sheet is None and name in form.fields}
    return bool(named) and not named & (have | {"funds.rate"} if one.id == "funds.score" else have)


def _applies(
    check: Check,
    form: Form,
    own: Sequence[_Present],
    have: set[str],
    present: list[_Present],
    gone: set[str],
    words: Vocabulary,
    *,
    whole: bool,
) -> bool:
    """Whether every figure that a check names is in the report, and no row is unknown that its sum may lack."""
    at = check.at if check.at in form.fields else f"{check.each}.{check.at}"
    printed = at.partition(".")[0] in _blocks(form) or any(
        at in one.figures and not one.figures[at].is_blank for one in own
    )
    if not printed and at != "funds.rate":
        return False
    kinds = {one.reading.kind for one in present}
    others = {name for one in present for name in one.figures if one.reading.kind != form.id}
    for sheet, name in _names(check):
        if sheet is not None:
            if sheet not in kinds or name not in others or (sheet == "project" and not whole):
                return False
            continue
        full = name if name in form.fields or check.each is None else f"{check.each}.{name}"
        if any(one.refused & {full, *_made_of(full, form)} for one in own):
            return False  # it stands there, in a zone whose reading is in doubt
        if full in gone or (full not in have and full not in words.may_lack and not full.startswith("edition")):
            return False
    unknown = any(one.reading.unknown_rows for one in present if one.reading.kind == form.id)
    return not (unknown and check.code in words.sums)


def _made_of(name: str, form: Form) -> set[str]:
    """The fields of the form that a computed field names."""
    known = form.fields.get(name)
    return {other for sheet, other in _names(known) if sheet is None} if known else set()


def _by_sheet(present: Sequence[_Present], layout: Layout) -> dict[str, _Present]:
    """The readings by the worksheet of the layout that has them."""
    names = {one.reading.table.name: one for one in present}
    return {sheet.name: names[sheet.name] for sheet in layout.sheets if sheet.name in names}


def _submission(layout: Layout, by_sheet: Mapping[str, _Present]) -> ReportSubmission:
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


def _figure(one: _Present, cell: PlacedCell) -> PrintedFigure | None:
    slot = cell.slot
    if slot is None:
        return None
    if slot.line is None:
        return one.figures.get(slot.field.id)
    lines = one.lines.get(slot.field.block or "", [])
    return lines[slot.line - 1].get(slot.field.short) if slot.line <= len(lines) else None


def _place(at: ReportCell, cell: PlacedCell) -> Place:
    return replace(at.place, field=cell.slot.path if cell.slot else None)


def _value(one: _Present, cell: PlacedCell, figure: PrintedFigure) -> Scalar:
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


def _exact_rate(one: _Present, name: str, figure: PrintedFigure) -> Decimal:
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


def _denominator(one: _Present, name: str) -> Decimal | None:
    row = name.partition(".")[0]
    found = one.figures.get(f"{row}.{'posts' if row == 'staff' else 'budget'}")
    return found.value if found else None


_MOST_RATE = Decimal(3)
"""A rate of more than 300 % without a percent sign is one in percent."""
_DECIMALS = 4
_FINEST = Decimal("0.0001")
