"""Work on many items, in this process or in several: chooses between them, sets bounds, and reports lost items."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.workers import Bounds, Lost

Item = TypeVar("Item")
Result = TypeVar("Result")

AUTO: Final = 0
HERE: Final = 1
FEW: Final = 10
"""Most items that are done in this process: starting a worker takes some half a second, which the user would notice."""
_ENOUGH = 50
"""Files judged in the time that a worker takes to start: with fewer for each, another worker saves no time."""
_MOST = 8
"""Most workers that are started unasked: each may take its bound of memory."""


class WorkLostError(XlsxevalError):
    """Raised where the work on an item did not finish, and nothing can take the place of its result."""


@runtime_checkable
class Guarded(Protocol):
    """Work on unverified files: it has bounds, and a result for lost items."""

    @property
    def bounds(self) -> Bounds: ...

    def lost(self, item: Any, lost: Lost) -> Any:
        """The result for an item whose work did not finish."""


class Elsewhere(Protocol):
    """Workers that exist already: on other machines (``workers.cluster.Cluster``) or shared by threads of this process."""

    are_near: bool
    """Whether they are processes of this machine, and see all that this process sees."""

    def each(
        self, work: Callable[[Item], Result], items: Sequence[Item], bounds: Bounds
    ) -> Iterator[Result | Lost]: ...


Hands = int | Elsewhere
"""Workers: a number of processes of this machine, or workers that exist already."""


def hands_of(jobs: int, scheduler: str | None) -> Hands:
    """The workers for these options. Raises UsageError where the cluster's software is not installed."""
    if scheduler is None:
        return jobs
    try:
        from xlsxeval.workers.cluster import Cluster
    except ImportError as error:
        raise UsageError(f"用集群要另装软件（{error}）。请先运行：pip install 'xlsxeval[cluster]'") from None
    return Cluster(scheduler)


def near(hands: Hands) -> Hands:
    """Workers for items that must not leave this machine."""
    return hands if isinstance(hands, int) or hands.are_near else AUTO


def each(work: Callable[[Item], Result], items: Sequence[Item], jobs: Hands) -> Iterator[Result]:
    """The results in the order of the items; ``jobs`` may be AUTO. See ``workers.Each`` for what must be picklable.

    Work that is ``Guarded`` gives a result for lost items; for other work WorkLostError is raised.
    """
    asked: object = work
    guarded = asked if isinstance(asked, Guarded) else None
    with closing(_results(work, items, jobs, guarded.bounds if guarded else Bounds())) as results:
        for item, result in zip(items, results, strict=True):
            if not isinstance(result, Lost):
                yield result
            elif guarded is not None:
                yield guarded.lost(item, result)
            else:
                raise WorkLostError(
                    f"{item}：没有做完：{result.detail}。请再运行一次；还是这样，请把这句话告诉维护程序的人。"
                )


def _results(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: Hands, bounds: Bounds
) -> Generator[Result | Lost, None, None]:
    from xlsxeval.workers import inline, local  # processes only where there is work to share out

    if not isinstance(jobs, int):
        yield from jobs.each(work, items, bounds)
    elif not is_here(len(items), jobs):
        yield from local.each(work, items, workers_for(len(items), jobs), bounds)
    elif os.environ.get("XLSXEVAL_DEBUG"):
        yield from map(work, items)
    else:
        yield from inline.each(work, items, HERE, bounds)


def is_here(count: int, jobs: int) -> bool:
    """Whether ``count`` items are worked on in this process."""
    return count < 2 or jobs == HERE or (jobs == AUTO and count <= FEW)


def workers_for(count: int, jobs: int) -> int:
    """Number of workers for ``count`` items."""
    if jobs != AUTO:
        return min(jobs, max(1, count))
    return max(1, min(os.cpu_count() or 1, _MOST, count // _ENOUGH))
