"""Targets and actuals of indicator lines as figures, and one finding for all lines of a sheet that share a fault."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import Quantity, Reading, Target, read_actual, read_target
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine


def target_of(line: IndicatorLine) -> Reading:
    """What the line's target asks for."""
    return read_target(line.text("target"))


def actual_of(line: IndicatorLine) -> Reading:
    """What the line's actual says."""
    return read_actual(line.text("actual"))


def figures(line: IndicatorLine) -> tuple[Quantity, Quantity] | None:
    """Target and actual where both are one figure, read for sure."""
    target, actual = target_of(line), actual_of(line)
    if isinstance(target, Target) and isinstance(actual, Target):
        return target.quantity, actual.quantity
    return None


def at(submission: Submission, line: IndicatorLine, name: str, message: str, expected: str | None = None) -> Hit:
    """A hit at one cell of a line, with what stands there."""
    place = line.place(submission, name)
    cell = line.cells[name]
    return Hit(
        message,
        line.address(submission, name),
        field=place.field,
        label=cell.slot.label if cell.slot else None,
        shown=line.text(name),
        expected=expected,
    )


def together(submission: Submission, lines: Sequence[IndicatorLine], name: str, message: str) -> Hit:
    """One hit for several lines of a sheet, at the first; the others are related places."""
    count = f"，共 {len(lines)} 行（第 {'、'.join(str(line.line) for line in lines)} 行）" if len(lines) > 1 else ""
    first = at(submission, lines[0], name, "")
    return Hit(
        f"{message}{count}",
        first.address,
        field=first.field,
        label=first.label,
        shown=first.shown,
        related=[line.place(submission, name) for line in lines[1:]],
    )
