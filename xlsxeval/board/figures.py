"""The points and rates of a submission that a board shows."""

from __future__ import annotations

from xlsxeval.board.state import SheetPoints
from xlsxeval.calc import Scalar
from xlsxeval.intake.submission import Submission

_SCORE, _RATE = "total.score", "funds.rate"
_SCORED = "indicators"
"""A worksheet with this block is scored itself; others only repeat its total."""


def figures_of(submission: Submission) -> tuple[SheetPoints, ...]:
    """What each scored worksheet comes to; the unit's own come before those of its projects."""
    found = []
    slots = submission.layout.slots
    scored = [sheet for sheet in submission.layout.sheets if sheet.form is not None and sheet.block(_SCORED)]
    for sheet in sorted(scored, key=lambda sheet: sheet.instance is not None):
        assert sheet.form is not None
        cells = (slots.get((sheet.form.id, sheet.instance, path)) for path in (_SCORE, _RATE))
        score, rate = (None if cell is None else _number(submission.value(cell)) for cell in cells)
        if score is not None:
            found.append(SheetPoints(sheet.name, score, rate))
    return tuple(found)


def _number(value: Scalar) -> float | None:
    """None for blanks, texts and Excel's errors; a truth value is no number here."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
