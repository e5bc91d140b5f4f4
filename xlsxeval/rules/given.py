"""What the campaign gives (indicators, classes, targets, weights) as something that rules can judge before anything is sent.

A rule about the plan speaks to who wrote it: to the organiser at ``lint``, about cells that the campaign gives; to a unit
about cells that it filled in itself. :func:`concerned` is where the two part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.cells import RawSheet, RawWorkbook
from xlsxeval.intake.identity import Identity
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, Layout
from xlsxeval.rules.indicators import IndicatorLine


@dataclass(frozen=True, eq=False)
class GivenContent(Submission):
    """A workbook in which no unit has written anything yet."""


def given_content(layout: Layout) -> GivenContent:
    """What a layout holds before it is sent."""
    views = {sheet.name: SheetView(sheet, RawSheet(sheet.name), {}, {}) for sheet in layout.sheets}
    seal = make_seal(layout.campaign, layout.unit, layout.edition, b"", layout.part)
    return GivenContent(RawWorkbook(()), Identity(seal, layout, "unchecked", (), layout.settings), views)


def is_given(line: IndicatorLine, name: str) -> bool:
    """Whether the campaign wrote the line's cell of that name."""
    return name in line.cells and line.cells[name].kind is CellKind.GIVEN


def concerned(submission: Submission, lines: Iterable[IndicatorLine], name: str) -> list[IndicatorLine]:
    """The lines whose cell of that name was written by those who will read the findings."""
    for_organiser = isinstance(submission, GivenContent)
    return [line for line in lines if name in line.cells and is_given(line, name) is for_organiser]


def concern(submission: Submission, lines: Sequence[IndicatorLine], name: str) -> bool:
    """Whether the column of that name, as a whole, was written by those who will read the findings.

    A column that the campaign gave in some lines only is the unit's: it wrote the rest to fit.
    """
    given = all(is_given(line, name) for line in lines if name in line.cells)
    return given is isinstance(submission, GivenContent)
