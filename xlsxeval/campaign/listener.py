"""Reports of a use case while it works, received by its caller: a terminal, a page, a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from xlsxeval.board.steps import Step

Item = TypeVar("Item")
Progress = Callable[[int, int, str], None]
"""Called with the number of items done, the total, and the name of the work."""
Tell = Callable[[str, Step | None], None]
"""Called with a Chinese sentence and the next step for the user, None where there is none."""


def _no_progress(done: int, total: int, what: str) -> None:
    pass


def _tell_no_one(message: str, step: Step | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Listener:
    """Receives progress and remarks. Without one a use case works in silence; its result holds everything that matters."""

    progress: Progress = _no_progress
    told: Tell = _tell_no_one

    def tell(self, message: str, step: Step | None = None) -> None:
        """Reports one remark."""
        self.told(message, step)

    def counted(self, items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
        """Yields the items and reports after each the number done."""
        self.progress(0, total, what)
        for done, item in enumerate(items, start=1):
            yield item
            self.progress(done, total, what)


SILENT = Listener()
