"""Targets and actuals of indicator lines as figures, and one finding for all lines of a sheet that share a fault."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import Quantity, Reading, Target, read_actual, read_target
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import stated_points

_BARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_LEAST_LINES = 3


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


def points_as_targets(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """The lines of a sheet whose targets are their points: most of them, so that no single coincidence counts."""
    if "weight" in lines[0].cells:
        told = [line for line in lines if _points(line) is not None and _points(line) == line.number("weight")]
    else:
        told = _adding_up(lines)
    return told if len(told) >= max(_LEAST_LINES, len(lines) / 2) else []


def _adding_up(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """Bare figures that add up to the points behind the second-level class, or stay below them where a line lacks."""
    groups: dict[tuple[str, str], list[IndicatorLine]] = {}
    for line in lines:
        groups.setdefault((line.level1, line.level2), []).append(line)
    told = []
    exact = 0
    for (_, name), group in groups.items():
        stated = stated_points(name)
        figures = [_points(line) for line in group]
        if stated is None or None in figures:
            continue
        total = sum(figure or 0 for figure in figures)
        if total <= stated:
            told += group
            exact += total == stated
    return told if exact * 2 >= len(groups) else []


def _points(line: IndicatorLine) -> float | None:
    """A target that is a bare number, perhaps with 分."""
    text = folded(line.text("target"))
    return float(text.removesuffix("分")) if _BARE.fullmatch(text) else None
