"""Judging for programs that serve many people at once: any thread may ask, and every file has its bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from xlsxeval.workers.pool import each
from xlsxeval.workers.shared import SharedWorkers

Item = TypeVar("Item")
Result = TypeVar("Result")


class Front(SharedWorkers):
    """A few worker processes that judge for all threads of a program, for one campaign or for several.

    Each file may take the time and the memory that its campaign allows, however few files there are. One that takes
    more, or that ends its worker, gets a finding (F050 to F053) in the place of its verdict; the worker is replaced.
    """

    def judge(self, work: Callable[[Item], Result], item: Item) -> Result:
        """The result of a judge's work (``Judge``, ``Assessor`` and others) on one item, once a worker had time for it.

        Raises what concerns the whole campaign (DefinitionError, StorageError), WorkersError where no process can be
        started, WorkersClosedError after ``close``.
        """
        (result,) = each(work, [item], self)
        return result
