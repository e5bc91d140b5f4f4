"""Runs of hidden rows or columns, joined where they touch."""

from __future__ import annotations

from xlsxeval.intake.cells import Span


class SpanList:
    """Collects runs; neighbours that follow each other become one."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def add(self, first: int, last: int) -> None:
        """One more run, both ends included."""
        if self._spans and self._spans[-1][1] + 1 == first:
            self._spans[-1] = (self._spans[-1][0], last)
        else:
            self._spans.append((first, last))

    def close(self) -> tuple[Span, ...]:
        """All runs in the order of the file."""
        return tuple(self._spans)
