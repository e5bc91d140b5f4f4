"""Workers that many threads share: each thread hands in one item and waits for its result.

``local.each`` works through a list that is known when it begins. Here items come at any moment: each worker has one
item at a time, so that an item that hangs does not delay others while a worker is free.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Condition, Lock
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from xlsxeval.errors import XlsxevalError
from xlsxeval.workers.exit_codes import farewell
from xlsxeval.workers.local import SECONDS_TO_START, STARTS, WorkersError, slow_start
from xlsxeval.workers.packed_work import packed
from xlsxeval.workers.process import Worker
from xlsxeval.workers.protocol import Bounds, LossReason, Lost, out_of_memory, out_of_time
from xlsxeval.workers.worker import Raised

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_EACH: Final = 500
"""Items after which a worker is replaced, so that memory that files have left behind is freed."""
_MOST: Final = 4
"""Number of workers by default: each may take its bound of memory."""
_KEPT_ORDERS: Final = 16


class WorkersClosedError(XlsxevalError):
    """Raised where the workers were ended while an item was waiting or being worked on; it has no result."""


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Work as it is sent to a worker, and the bounds for one item."""

    work: object
    content: bytes
    bounds: Bounds


class SharedWorkers:
    """Processes of this machine that do items for many threads, with bounds of time and memory for each item.

    A process is started when an item comes and none is free, up to ``most`` of them. It stays for later items and is
    replaced after ``items_each``. One that dies, takes too long or asks for too much memory is replaced as well, and
    only its current item is affected. An item whose worker died or ran out of memory is tried once more in a new worker
    before it is reported as lost. All workers end with :meth:`close`, or when this process ends in any way.
    """

    are_near = True

    def __init__(self, most: int | None = None, items_each: int = ITEMS_EACH) -> None:
        count = most or min(os.cpu_count() or 1, _MOST)
        self._slots = [_Slot(items_each) for _ in range(count)]
        self._free = list(self._slots)
        self._queue: deque[object] = deque()
        self._changed = Condition()
        self._orders: OrderedDict[int, _Order] = OrderedDict()
        self._ordering = Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def waiting(self) -> int:
        """Number of items that now wait for a worker."""
        with self._changed:
            return len(self._queue)

    def do(self, work: Callable[[Item], Result], item: Item, bounds: Bounds) -> Result | Lost:
        """The result of one item, once a worker has had time for it; callers are served in order.

        Requirements and errors are those of ``workers.Each``. Raises WorkersError where no
        worker can be started, WorkersClosedError where the workers were ended.
        """
        result: Result | Lost = self._do(self._order(work, bounds), item)
        return result

    def each(self, work: Callable[[Item], Result], items: Sequence[Item], bounds: Bounds) -> Iterator[Result | Lost]:
        """The results in the order of the items, with several in work at once (``pool.Elsewhere``)."""
        if not items:
            return
        order = self._order(work, bounds)
        if len(items) == 1:
            yield self._do(order, items[0])
            return
        with ThreadPoolExecutor(min(len(items), len(self._slots)), "xlsxeval-items") as threads:
            yield from threads.map(lambda item: self._do(order, item), items)

    def close(self) -> None:
        """Ends every worker at once. Calls that wait for an item raise WorkersClosedError."""
        with self._changed:
            self._is_closed = True
            free, self._free = self._free, []
            self._changed.notify_all()
        for slot in self._slots:
            slot.close()
        for slot in free:
            slot.end()

    def _do(self, order: _Order, item: Any) -> Any:
        with self._turn(order) as slot:
            return slot.do(order, item)

    @contextmanager
    def _turn(self, order: _Order) -> Iterator[_Slot]:
        """A slot for one item, preferably one whose worker has this work open."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            try:
                self._changed.wait_for(lambda: self._is_closed or (self._free and self._queue[0] is ticket))
                if self._is_closed:
                    raise WorkersClosedError("程序正在停，这一份没有核对。请等它重新打开，再交一次。")
                slot = min(self._free, key=lambda one: one.cost(order))
                self._free.remove(slot)
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
        try:
            yield slot
        finally:
            self._give_back(slot)

    def _give_back(self, slot: _Slot) -> None:
        with self._changed:
            is_over = self._is_closed
            if not is_over:
                self._free.append(slot)
            self._changed.notify_all()
        if is_over:
            slot.end()

    def _order(self, work: object, bounds: Bounds) -> _Order:
        """The packed work, kept for repeated use."""
        with self._ordering:
            known = self._orders.pop(id(work), None)
            if known is None or known.work is not work or known.bounds != bounds:
                known = _Order(work, packed(work), bounds)
            self._orders[id(work)] = known
            if len(self._orders) > _KEPT_ORDERS:
                self._orders.popitem(last=False)
            return known


class _Slot:
    """Slot for one worker. One thread uses it at a time; only :meth:`close` may be called from another."""

    def __init__(self, items_each: int) -> None:
        self._items_each = items_each
        self._order: _Order | None = None
        self._worker: Worker | None = None
        self._done = 0
        self._changing = Lock()
        self._is_closed = False

    def cost(self, order: _Order) -> int:
        """Cost of this slot for some work: lowest with a worker that has it open, then without one, then with other work."""
        if self._worker is None:
            return 1
        return 0 if self._order is order else 2

    def do(self, order: _Order, item: Any) -> Any:
        """The result of an item, or the reason why it is lost."""
        answer = self._attempt(order, item)
        if isinstance(answer, Lost) and answer.why in (LossReason.DIED, LossReason.MEMORY):
            answer = self._attempt(order, item)
        if isinstance(answer, Raised):
            raise answer.error
        if self._done >= self._items_each:
            self.end()
        if self._worker is None:
            with suppress(XlsxevalError, OSError):  # the next caller gets the error
                self._start(order)  # gets ready while no one waits for it
        return answer

    def close(self) -> None:
        """Kills the worker for good; a thread that waits for it gets its error at once."""
        with self._changing:
            self._is_closed = True
            if self._worker is not None:
                self._worker.process.kill()

    def end(self) -> None:
        """Ends the worker, if there is one."""
        with self._changing:
            worker, self._worker, self._order, self._done = self._worker, None, None, 0
        if worker is not None:
            worker.end()

    def _attempt(self, order: _Order, item: Any) -> Any:
        worker = self._prepared(order)
        answer = self._asked(worker, item, order.bounds)
        self._done += 1
        if isinstance(answer, Lost) and answer.why is not LossReason.BUG:
            self.end()
        return answer

    def _asked(self, worker: Worker, item: Any, bounds: Bounds) -> Any:
        try:
            worker.pipe.send((0, item))
            if not worker.pipe.poll(bounds.seconds):
                return out_of_time(bounds)
            answer = worker.pipe.recv()[1]
        except (EOFError, OSError):
            return self._farewell(worker)
        except BaseException:
            self.end()  # its answer would be taken for that of the next item
            raise
        if isinstance(answer, Lost) and answer.why is LossReason.MEMORY:
            return out_of_memory(bounds)
        return answer

    def _prepared(self, order: _Order) -> Worker:
        """The worker with this work, ready for an item. Raises WorkersError, and errors of the work's preparation."""
        if self._order is not order:
            self.end()
        lost = Lost(LossReason.DIED, "")
        for _ in range(STARTS):
            worker = self._worker or self._start(order)
            if worker.ready:
                return worker
            try:
                left = worker.since + SECONDS_TO_START - time.monotonic()
                answer = worker.pipe.recv()[1] if worker.pipe.poll(max(0.0, left)) else slow_start()
            except (EOFError, OSError):
                answer = self._farewell(worker)
            if answer is None:
                worker.ready = True
                return worker
            self.end()
            if isinstance(answer, Raised):
                raise answer.error
            lost = answer
        raise WorkersError(
            f"另开的工作进程起不来：{lost.detail}。由脚本调用的，脚本的主程序要写在 if __name__ == '__main__': 里。"
        )

    def _start(self, order: _Order) -> Worker:
        with self._changing:
            self._refuse_closed()
            self._worker, self._order, self._done = Worker(order.content, order.bounds), order, 0
            return self._worker

    def _farewell(self, worker: Worker) -> Lost:
        """Reason why a worker is gone. Raises WorkersClosedError where it was ended by :meth:`close`."""
        worker.process.join()
        with self._changing:
            self._refuse_closed()
        return farewell(worker.process.exitcode)

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise WorkersClosedError("程序正在停，这一份没有核对完。请等它重新打开，再交一次。")
