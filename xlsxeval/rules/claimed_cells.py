"""Statements in the prose, and the cells that they refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from xlsxeval.forms.definition import Claim
from xlsxeval.forms.types import wan
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place
from xlsxeval.narrative import Statement
from xlsxeval.narrative.comparison import agrees, can_be
from xlsxeval.narrative.field_columns import FieldColumns
from xlsxeval.quantities import Quantity, QuantityKind
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number
from xlsxeval.rules.prose import Prose, TextSection, text_hit

TOLERANCES = {"money": "tolerance.money", "percent": "tolerance.rate", "score": "tolerance.score"}
"""Type of a field → the parameter of an edition that holds its tolerance."""
_TOTALS = {"money": (QuantityKind.MONEY, "万元"), "count": (QuantityKind.COUNT, "人")}


def claimed_cells(submission: Submission, statement: Statement) -> Iterator[PlacedCell]:
    """The cells of the fields that a statement names, as far as they hold a number."""
    return _cells(submission, statement.claim, statement.project)


def _cells(submission: Submission, claim: Claim, project: int | None) -> Iterator[PlacedCell]:
    for name in claim.fields:
        form, _, path = name.partition("!")
        for instance in (None, project):
            cell = submission.layout.slots.get((form, instance, path))
            if cell is None or cell.address.sheet not in submission.views:
                continue
            if isinstance(submission.value(cell), float):
                yield cell
                break


def totals(submission: Submission, text: Prose) -> dict[str, list[Quantity]]:
    """The amounts of money and people that the fields of each claim hold, this year's and of no single project."""
    found: dict[str, list[Quantity]] = {}
    for claim in text.claims:
        if claim.previous or claim.counts:
            continue
        for cell in _cells(submission, claim, text.setting.project):
            if (quantity := _quantity(submission, cell)) is not None:
                found.setdefault(claim.name, []).append(quantity)
    return found


def rows(submission: Submission, text: Prose) -> dict[str, FieldColumns]:
    """The claimed amounts of this year (``….final``) with last year's (``….previous``) and the budget (``….budget``) beside them."""
    found = {}
    for claim in text.claims:
        form, _, path = claim.fields[0].partition("!") if len(claim.fields) == 1 else ("", "", "")
        row, _, column = path.rpartition(".")
        if column == "final" and not claim.previous:
            slots = (
                submission.layout.slots.get((form, None, f"{row}.{one}")) for one in ("final", "previous", "budget")
            )
            this, last, budget = (None if cell is None else _quantity(submission, cell) for cell in slots)
            if this is not None:
                found[claim.name] = FieldColumns(this, last, budget)
    return found


def _quantity(submission: Submission, cell: PlacedCell) -> Quantity | None:
    """The amount of money or the number of people that a cell holds."""
    if cell.slot is None:
        return None
    of_field = cell.slot.field.type
    kind = _TOTALS.get(of_field.name)
    value = submission.value(cell) if cell.address.sheet in submission.views else None
    if kind is None or not isinstance(value, float):
        return None
    shown = f"{display(value, cell.look.number_format)}{of_field.unit or kind[1]}"
    return Quantity(Decimal(str(round(wan(of_field, value), 10))), kind[1], kind[0], shown, Decimal(0))


def comparable_cells(submission: Submission, statement: Statement) -> list[PlacedCell]:
    """The claimed cells that hold the kind of quantity that the figure states: money, people, a share, points."""
    quantity = statement.figure.quantity
    cells = claimed_cells(submission, statement)
    return [cell for cell in cells if cell.slot and can_be(quantity, cell.slot.field.type.name)]


def stands_in(submission: Submission, statement: Statement, cell: PlacedCell) -> bool:
    """Whether the figure agrees with the cell's number, within its digits and the edition's tolerance."""
    value = submission.value(cell)
    assert cell.slot is not None
    assert isinstance(value, float)
    parameter = TOLERANCES.get(cell.slot.field.type.name)
    tolerance = Decimal(str(number(submission, parameter, 0.0))) if parameter else Decimal(0)
    exact = Decimal(str(round(wan(cell.slot.field.type, value), 10)))
    return agrees(statement.figure.quantity, exact, tolerance)


def repeated(texts: Iterable[Prose]) -> Iterator[tuple[TextSection, Statement, str]]:
    """Yields each statement with its section and a name that is unique in that text; skips repetitions of a figure."""
    for text in texts:
        named: Counter[tuple[object, str]] = Counter()
        seen: set[tuple[object, str, int | None, Decimal]] = set()
        for statement in text.stated:
            place, claim = statement.passage.place, statement.claim.name
            key = (place, claim, statement.project, statement.figure.quantity.value)
            if key in seen:
                continue
            seen.add(key)
            named[place, claim] += 1
            number = named[place, claim]
            yield text.section_at(place), statement, claim if number == 1 else f"{claim} {number}"


def differences(submission: Submission, texts: Iterable[Prose], *, sure: bool) -> Iterator[Hit]:
    """Yields a hit for each statement, sure or doubtful, whose figure is that of none of the cells that it names."""
    for section, statement, aspect in repeated(texts):
        cells = comparable_cells(submission, statement) if statement.sure is sure else []
        if cells and not any(stands_in(submission, statement, cell) for cell in cells):
            yield _difference(submission, section, statement, cells[0], aspect)


def _difference(
    submission: Submission, section: TextSection, statement: Statement, cell: PlacedCell, aspect: str
) -> Hit:
    slot = cell.slot
    assert slot is not None
    unit = "" if slot.field.type.unit == "%" else slot.field.type.unit
    expected = f"{display(submission.value(cell), cell.look.number_format)}{unit}"
    there, shown = submission.place(cell.address), statement.figure.quantity.text
    what = f"“{statement.quote}”：{statement.claim.name}写的是 {shown}，{there.sheet} {there.a1}（{slot.label}）是 {expected}"
    related = (Place(there.sheet, there.a1, slot.path),)
    return replace(
        text_hit(section, what, statement.passage.place), shown=shown, expected=expected, related=related, aspect=aspect
    )
