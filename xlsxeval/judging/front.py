"""Judging for programs that serve many users at once: callable from any thread, with bounds on every file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from xlsxeval.workers.pool import each
from xlsxeval.workers.shared import SharedWorkers

Item = TypeVar("Item")
Result = TypeVar("Result")


class Front(SharedWorkers):
    """A few worker processes that judge for all threads of a program, for one campaign or for several.

    Each file may take the time and memory that its campaign allows, however few files there are. A file that takes
    more, or that ends its worker, gets a finding (F050 to F053) in place of its verdict; the worker is replaced.
    """

    def judge(self, work: Callable[[Item], Result], item: Item) -> Result:
        """Does the work of a judge (``Judge``, ``Assessor`` and others) on one item, and waits for the result.

        Raises errors that concern the whole campaign (DefinitionError, StorageError), WorkersError where no process can
        be started, WorkersClosedError after ``close``.
        """
        (result,) = each(work, [item], self)
        return result
