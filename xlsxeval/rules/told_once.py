"""What the findings of one file say, brought into agreement: a cause once, and one right value for a cell, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Address, Finding, Place, split_a1
from xlsxeval.rules.causes import rests_on
from xlsxeval.rules.culprits import causes
from xlsxeval.rules.display import display

_COMPARING = "LXSN"
_WITH_SPENDING = (FaultCode.COST_TARGET_ABOVE_BUDGET, FaultCode.WITHIN_BUDGET_THOUGH_OVERSPENT)
"""Rules about values that hold them against money."""
_ABOUT_FIGURES = "CLXST"
_BOUND_OR_FORMULA = ("≤", "≥", "=")


def without_consequences(findings: Iterable[Finding], submission: Submission) -> Iterator[Finding]:
    """The findings of rules, without comparisons with a figure that another finding reports as misread or in 元."""
    roots = causes(submission)
    for finding in findings:
        own = (finding.code[0] not in _COMPARING and finding.code not in _WITH_SPENDING) or finding.code in (
            FaultCode.YUAN_FOR_WAN,
            FaultCode.ONE_FIGURE_OFF,
        )
        if own or not roots or not any(_rests_on(submission, place, roots) for place in _all_places(finding)):
            yield finding


def _all_places(finding: Finding) -> Sequence[Place]:
    return (finding.place, *finding.related)


def _rests_on(submission: Submission, place: Place, roots: Collection[Address]) -> bool:
    home = _home(submission, place)
    return home is not None and rests_on(submission.layout, home, roots)


def _home(submission: Submission, place: Place) -> Address | None:
    """The cell of the layout at a place of the file."""
    if place.sheet is None or place.cell is None:
        return None
    try:
        at = Address(place.sheet, *split_a1(place.cell))
    except ValueError:
        return None
    return submission.homes.get(at)


def agreed(findings: Sequence[Finding], submission: Submission) -> Iterator[Finding]:
    """The findings without right values that contradict each other, and without a pair of values that reads alike."""
    named: dict[Place, set[str]] = {}
    for finding in findings:
        if _names_a_value(finding):
            named.setdefault(_cell(finding), set()).add(finding.expected or "")
    for finding in findings:
        if (
            _names_a_value(finding)
            and len(named[_cell(finding)]) > 1
            and finding.expected != _right(submission, finding)
        ):
            finding = replace(finding, message=f"{finding.message}，按这一条是 {finding.expected}", expected=None)
        yield _legible(finding)


def _names_a_value(finding: Finding) -> bool:
    """Whether a finding says which figure should stand in a cell: not a bound, not a formula, not words."""
    expected = finding.expected
    if not expected or finding.place.cell is None or finding.code[0] not in _ABOUT_FIGURES or finding.aspect:
        return False
    return not expected.startswith(_BOUND_OR_FORMULA)


def _cell(finding: Finding) -> Place:
    return replace(finding.place, field=None)


def _right(submission: Submission, finding: Finding) -> str | None:
    """The value of a computed cell as it follows from the inputs; None for any other cell."""
    home = _home(submission, finding.place)
    cell = None if home is None else submission.layout.cells.get(home)
    if cell is None or cell.kind is not CellKind.COMPUTED:
        return None
    return display(submission.recomputed.get(cell.address), cell.look.number_format)


def _legible(finding: Finding) -> Finding:
    """A finding whose two values look different: blanks at their ends are shown, and of equal ones the second is left out."""
    shown, expected = finding.shown, finding.expected
    if shown is None or expected is None or shown.strip() != expected.strip():
        return finding
    if shown == expected:
        return replace(finding, expected=None)
    return replace(finding, shown=_with_blanks(shown), expected=_with_blanks(expected))


def _with_blanks(text: str) -> str:
    """A text whose blanks at both ends can be seen."""
    inner = text.strip()
    before, _, after = text.partition(inner) if inner else (text, "", "")
    return f"{'␣' * len(before)}{inner}{'␣' * len(after)}"
