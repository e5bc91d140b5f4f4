"""Prose as paragraphs that know where they stand: a cell of a workbook today, a paragraph of a Word report as well."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xlsxeval.model import Place
from xlsxeval.quantities import Quantity, SpanKind, TextSpan, scan

QUOTED = 30
"""Characters that a message quotes of a text."""
_HEADING = 40
_LONGEST_CLAUSE = 120
"""No label is longer: what stands farther from a figure does not name it."""
_ENDS = re.compile(r"[。！？!?]")
_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029]+")
_ASIDE = re.compile(r"[（(](?:(?:单位[：:])?[百千万亿]{0,2}元|境|国)[)）]")
_CLAUSE_ENDS = "。！？!?；;，,、（）()\n"


@dataclass(frozen=True)
class Figure:
    """A figure of a passage: ``text[start:end]``, its quantity, and what stands before it in its clause."""

    start: int
    end: int
    quantity: Quantity
    label: str


@dataclass(frozen=True)
class Passage:
    """One paragraph.

    ``section`` names the part of the outline (a text field's path); ``heading`` is the last short line above it without
    an end mark, perhaps the title under which it stands. ``start`` is where it begins in the section's whole text.
    """

    text: str
    place: Place
    section: str
    heading: str = ""
    start: int = 0

    @cached_property
    def spans(self) -> list[TextSpan]:
        """Every figure of the text, whatever it is."""
        return scan(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that speak of an amount."""
        return tuple(
            Figure(span.start, span.end, span.quantity, self.plain[self.clause_start(span.start) : span.start].strip())
            for span in self.spans
            if span.kind is SpanKind.FIGURE and span.quantity is not None
        )

    @cached_property
    def plain(self) -> str:
        """The text with blanks for brackets that end no clause: （万元）, 因公出国（境）费用."""
        return _ASIDE.sub(lambda match: " " * len(match.group()), self.text)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences begin and end."""
        ends = [match.end() for match in _ENDS.finditer(self.text)]
        starts = [0, *ends]
        return tuple((start, end) for start, end in zip(starts, [*ends, len(self.text)], strict=True) if start < end)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Where the sentence of a character begins and ends."""
        number = bisect_right(self.sentences, offset, key=lambda sentence: sentence[0]) - 1
        return self.sentences[number] if number >= 0 else (0, len(self.text))

    def figures_in(self, start: int, end: int) -> tuple[Figure, ...]:
        """The amounts between two places."""
        first = bisect_left(self.figures, start, key=lambda figure: figure.start)
        last = bisect_right(self.figures, end, key=lambda figure: figure.end)
        return self.figures[first:last]

    def clause_start(self, offset: int) -> int:
        """Where the clause begins that leads to a character."""
        for index in range(offset - 1, max(-1, offset - 1 - _LONGEST_CLAUSE), -1):
            if self.plain[index] in _CLAUSE_ENDS:
                return index + 1
        return max(0, offset - _LONGEST_CLAUSE)

    def quote(self, start: int, end: int) -> str:
        """The words around a place, about thirty characters of them."""
        first, last = self.sentence_at(start)
        room = max(0, QUOTED - (end - start))
        left = max(first, self._whole_clause(start, start - room))
        right = min(last, max(end, left + QUOTED))
        quoted = " ".join(self.text[left:right].split())
        return f"{'…' if left > first else ''}{quoted}{'…' if right < last else ''}"

    def _whole_clause(self, offset: int, least: int) -> int:
        """The beginning of the first clause that fits between ``least`` and the place."""
        start = self.clause_start(offset)
        while start > max(0, least):
            earlier = self.clause_start(start - 1)
            if earlier < max(0, least):
                break
            start = earlier
        return max(start, least, 0)


def passages(text: str, place: Place, section: str, heading: str = "") -> Iterator[Passage]:
    """The paragraphs of a text, one a line; ``heading`` is the title above the first."""
    for line in _LINE.finditer(text):
        if line.group().strip():
            yield Passage(line.group(), place, section, heading, line.start())
            if is_heading(line.group()):
                heading = line.group().strip()


def is_heading(line: str) -> bool:
    """Whether a line looks like a title: short, and no sentence."""
    plain = line.strip()
    return len(plain) <= _HEADING and not plain.endswith(tuple("。；;！？，,：:"))
