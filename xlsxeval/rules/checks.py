"""The checks (勾稽) of the forms, evaluated on a submission: each failure that 自查 shows becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCheck
from xlsxeval.model import Address, Finding, Place, split_a1
from xlsxeval.rules import sharper
from xlsxeval.rules.causes import rests_on, unreadable
from xlsxeval.rules.culprits import meant
from xlsxeval.rules.display import display, display_both


@dataclass(frozen=True, slots=True)
class Failure:
    """One failing result of a check; ``index`` is the number of the line, from 0 (0 for a check of the whole form).

    ``values`` are those on which it fails. ``typed`` says that they have the figure that was typed over the formula of
    the target, and for all other cells what follows from the inputs.
    """

    placed: PlacedCheck
    index: int
    values: Mapping[Address, Scalar]
    typed: bool = False


def failures(submission: Submission) -> Iterator[Failure]:
    """All failing results on what follows from the inputs, without those that only follow from a fault of an input.

    A figure typed over a formula is held against everything else as it follows from the inputs, by the checks that name
    the right figure: no check works on with another figure that was typed.
    """
    right = submission.recomputed
    roots = unreadable(submission)
    as_meant = meant(submission)
    overtyped = submission.overtyped
    for placed in submission.layout.checks:
        for index, result in enumerate(placed.results):
            target = placed.targets[index]
            values, typed = as_meant, False
            failed = _fails(placed, right.get(result))
            judged = sharper.fails(submission, placed, index, failed)
            if judged != failed:
                if judged:
                    yield Failure(placed, index, values)
                continue
            if not failed:
                if target not in overtyped or placed.expected[index] is None:
                    continue
                values, typed = _with_typed(submission, placed, index), True
            if _fails(placed, values.get(result)) and not (roots and rests_on(submission.layout, result, roots)):
                yield Failure(placed, index, values, typed)


def _fails(placed: PlacedCheck, result: Scalar) -> bool:
    return isinstance(result, str) and result.startswith(placed.mark)


def _with_typed(submission: Submission, placed: PlacedCheck, index: int) -> Mapping[Address, Scalar]:
    """The cells of one result, computed with the figure that was typed over the formula of its target."""
    target, expected = placed.targets[index], placed.expected[index]
    values = {**meant(submission), target: submission.overtyped[target]}
    wanted = [placed.results[index], placed.shown[index], *([] if expected is None else [expected])]
    return {**values, **submission.layout.each(values, [cell for cell in wanted if cell != target])}


def check_findings(submission: Submission) -> Iterator[Finding]:
    """The findings of all failing checks, each at its cell."""
    for failure in failures(submission):
        placed, index, values = failure.placed, failure.index, failure.values
        check = placed.check
        target = submission.layout.cells[placed.targets[index]]
        look = target.look.number_format
        address = submission.place(target.address)
        expected = placed.expected[index]
        slot = target.slot
        shown = placed.shown[index]
        shown_value = values[shown] if shown in values else submission.value(submission.layout.cells[shown])
        message = check.title
        if target.address in submission.overtyped and not failure.typed:
            message += f"：按公式算是 {display(shown_value, look)}"
            shown_value = submission.overtyped[target.address]
        expected_value = None if expected is None else values.get(expected)
        shown_text, expected_text = display_both(shown_value, expected_value, look)
        finding = Finding(
            code=check.code,
            slug=check.slug,
            severity=check.severity,
            message=message,
            fix=check.fix,
            basis=check.basis,
            place=Place(address.sheet, address.a1, slot.path if slot else None),
            label=slot.label if slot else None,
            shown=shown_text,
            expected=None if expected is None else f"{check.bound}{expected_text}",
            related=tuple(_moved(submission, place) for place in placed.related[index]),
        )
        yield sharper.worded(submission, placed, index, finding)


def _moved(submission: Submission, place: Place) -> Place:
    """The place in the file of a place in the layout."""
    if place.sheet is None or place.cell is None:
        return place
    address = submission.place(Address(place.sheet, *split_a1(place.cell)))
    return replace(place, sheet=address.sheet, cell=address.a1)
