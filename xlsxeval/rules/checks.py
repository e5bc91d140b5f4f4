"""The checks (勾稽) of the forms, evaluated on a submission: each failure that 自查 shows becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCheck
from xlsxeval.model import Address, Finding, Place, split_a1
from xlsxeval.rules import sharper
from xlsxeval.rules.display import display
from xlsxeval.rules.settings import is_off


@dataclass(frozen=True, slots=True)
class Failure:
    """One failing result of a check; ``index`` is the number of the line, from 0 (0 for a check of the whole form)."""

    placed: PlacedCheck
    index: int


def failures(submission: Submission) -> Iterator[Failure]:
    """All failing results, computed from the values that the file would show after a recalculation."""
    values = submission.effective
    recomputed = _results_of_intact_checks(submission)
    for placed in submission.layout.checks:
        for index, address in enumerate(placed.results):
            result = recomputed.get(address, values.get(address))
            failed = isinstance(result, str) and result.startswith(placed.mark)
            if sharper.fails(submission, placed, index, failed):
                yield Failure(placed, index)


def _results_of_intact_checks(submission: Submission) -> dict[Address, Scalar]:
    """The results of checks whose own formula was changed, computed with the original formula: no check can be overwritten."""
    results = {address for placed in submission.layout.checks for address in placed.results}
    overtyped = {
        difference.cell.address
        for difference in submission.differences
        if difference.cell is not None and difference.cell.address in results
    }
    if not overtyped:
        return {}
    kept = {
        address: submission.effective[address]
        for address, cell in submission.layout.cells.items()
        if cell.slot is not None and cell.formula is not None and address in submission.effective
    }
    computed = submission.layout.compute({**submission.inputs, **kept})
    return {address: computed[address] for address in overtyped}


def failing_targets(submission: Submission) -> list[Place]:
    """The places in the file that a failing check with an expected value already reports."""
    places = []
    for failure in failures(submission):
        if is_off(failure.placed.check.code, submission.identity.settings):
            continue
        if failure.placed.expected[failure.index] is not None:
            address = submission.place(failure.placed.targets[failure.index])
            places.append(Place(address.sheet, address.a1))
    return places


def check_findings(submission: Submission) -> Iterator[Finding]:
    """The findings of all failing checks, each at its cell."""
    values = submission.effective
    for failure in failures(submission):
        placed, index = failure.placed, failure.index
        check = placed.check
        target = submission.layout.cells[placed.targets[index]]
        look = target.look.number_format
        address = submission.place(target.address)
        expected = placed.expected[index]
        slot = target.slot
        shown = placed.shown[index]
        shown_value = values[shown] if shown in values else submission.value(submission.layout.cells[shown])
        finding = Finding(
            code=check.code,
            slug=check.slug,
            severity=check.severity,
            message=check.title,
            fix=check.fix,
            basis=check.basis,
            place=Place(address.sheet, address.a1, slot.path if slot else None),
            label=slot.label if slot else None,
            shown=display(shown_value, look),
            expected=None if expected is None else display(values.get(expected), look),
            related=tuple(_moved(submission, place) for place in placed.related[index]),
        )
        yield sharper.worded(submission, placed, index, finding)


def _moved(submission: Submission, place: Place) -> Place:
    """The place in the file of a place in the layout."""
    if place.sheet is None or place.cell is None:
        return place
    address = submission.place(Address(place.sheet, *split_a1(place.cell)))
    return replace(place, sheet=address.sheet, cell=address.a1)
