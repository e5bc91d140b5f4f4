"""Work without a worker: exceptions are caught, time and memory bounded as far as one process can (``within``); crashes are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from xlsxeval.errors import XlsxevalError
from xlsxeval.workers.protocol import Bounds, LossReason, Lost, out_of_memory
from xlsxeval.workers.within import OverBoundsError, within

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int = 1, bounds: Bounds | None = None
) -> Iterator[Result | Lost]:
    """``protocol.Each`` in this process, one item after another."""
    for item in items:
        try:
            with within(bounds or Bounds()):
                found = attempt(work, item)
        except OverBoundsError as error:
            found = error.lost
        if isinstance(found, Lost) and found.why is LossReason.MEMORY:
            found = out_of_memory(bounds or Bounds())
        yield found


def attempt(work: Callable[[Item], Result], item: Item) -> Result | Lost:
    """The result, or what is told in its place. Raises XlsxevalError and OSError, which concern the whole run."""
    try:
        return work(item)
    except (XlsxevalError, OSError):
        raise
    except MemoryError:
        return Lost(LossReason.MEMORY, "内存不够")
    except Exception as error:
        return Lost(LossReason.BUG, bug(error))


def bug(error: Exception) -> str:
    """What to tell the people who look after the program: the kind of error and the place, no values from the file."""
    frames = extract_tb(error.__traceback__)
    where = f"（{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行）" if frames else ""
    return f"{type(error).__name__}{where}"
