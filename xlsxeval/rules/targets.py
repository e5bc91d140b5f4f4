"""Targets and actuals of indicator lines: read as figures, recognised where they are points, and hits at their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxeval.intake.submission import Submission
from xlsxeval.quantities import Quantity, Reading, Several, Target, read_actual, read_target
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine
from xlsxeval.rules.profile import stated_points

_BARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_LEAST_LINES = 3


def target_of(line: IndicatorLine) -> Reading:
    """The reading of the line's target: a figure, a range, a date, several targets, or the reason why it is none of these."""
    return read_target(line.text("target"))


def actual_of(line: IndicatorLine) -> Reading:
    """The reading of the line's actual, of the same kinds as that of a target."""
    return read_actual(line.text("actual"))


def figures(line: IndicatorLine) -> tuple[Quantity, Quantity] | None:
    """Target and actual where both were read with certainty as a single figure, else None."""
    target, actual = target_of(line), actual_of(line)
    if isinstance(target, Target) and isinstance(actual, Target):
        return target.quantity, actual.quantity
    return None


def kept_open(line: IndicatorLine) -> bool:
    """Whether an actual is a figure kept open (≥90%). Within some days (30天内) is a way to say how long it took; a sign
    (≤30天) is not."""
    actual = actual_of(line)
    parts = actual.parts if isinstance(actual, Several) else (actual,)
    signed = any(sign in folded(line.text("actual")) for sign in "≤<")
    return any(
        isinstance(part, Target)
        and (part.comparator.larger_is_better or (signed and part.comparator.smaller_is_better))
        for part in parts
    )


def line_hit(submission: Submission, line: IndicatorLine, name: str, message: str, expected: str | None = None) -> Hit:
    """A hit at the cell ``name`` of a line, with the text that stands there."""
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


def lines_hit(submission: Submission, lines: Sequence[IndicatorLine], name: str, message: str) -> Hit:
    """One hit for several lines of a worksheet: at the first line, with the others as related places."""
    count = f"，共 {len(lines)} 行（第 {'、'.join(str(line.line) for line in lines)} 行）" if len(lines) > 1 else ""
    first = line_hit(submission, lines[0], name, "")
    return Hit(
        f"{message}{count}",
        first.address,
        field=first.field,
        label=first.label,
        shown=first.shown,
        related=[line.place(submission, name) for line in lines[1:]],
    )


def points_as_targets(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """The lines of a worksheet whose target is the number of points; empty unless most lines are, to rule out coincidence."""
    if "weight" in lines[0].cells:
        told = [line for line in lines if _points(line) is not None and _points(line) == line.number("weight")]
    else:
        told = _adding_up(lines)
    return told if len(told) >= max(_LEAST_LINES, len(lines) / 2) else []


def _adding_up(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """The lines whose bare figures add up to the points stated by their second-level class, or to less."""
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
    """The number of a target that is a bare number, with or without 分; None for any other target."""
    text = folded(line.text("target"))
    return float(text.removesuffix("分")) if _BARE.fullmatch(text) else None
