"""What a use case reports while it works, handed in by whoever started it: a terminal, a page, a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from xlsxeval.board.steps import Step

Item = TypeVar("Item")
Progress = Callable[[int, int, str], None]
"""Called with how many items are done, of how many, and what is done with them."""
Tell = Callable[[str, Step | None], None]
"""Called with a Chinese sentence, and with what can be done about it where something can."""


def _no_progress(done: int, total: int, what: str) -> None:
    pass


def _tell_no_one(message: str, step: Step | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Listener:
    """Receives progress and remarks. Without one, a use case works in silence; its result has all that matters."""

    progress: Progress = _no_progress
    told: Tell = _tell_no_one

    def tell(self, message: str, step: Step | None = None) -> None:
        """Reports one remark."""
        self.told(message, step)

    def counted(self, items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
        """Yields the items and reports after each how many are done."""
        self.progress(0, total, what)
        for done, item in enumerate(items, start=1):
            yield item
            self.progress(done, total, what)


SILENT = Listener()
