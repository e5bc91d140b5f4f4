"""What is wrong with the arithmetic of a text, with the numbers that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxeval.narrative.passage import Figure, Passage
from xlsxeval.narrative.words import is_rough
from xlsxeval.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that does not follow from the others: where it stands, what it says, what it should say, and why.

    ``kind`` names what was recomputed, ``what`` is a Chinese clause for people.
    """

    kind: str
    passage: Passage
    start: int
    end: int
    what: str
    shown: str
    expected: str
    working: str


def figures_line(quantities: Sequence[Quantity], sign: str) -> str:
    """The figures of a working as they were written, joined by a sign."""
    return f" {sign} ".join(quantity.text for quantity in quantities)


def any_rough(passage: Passage, figures: Sequence[Figure]) -> bool:
    """Whether one of the figures is told as a bound or as roughly so: nothing can be worked out from it."""
    return any(is_rough(passage.text, figure.start, figure.end) for figure in figures)
