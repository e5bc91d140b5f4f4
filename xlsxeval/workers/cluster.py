"""Workers on many machines: ``protocol.Each`` through the scheduler of a Dask cluster.

Dask gives a run of items to another worker when the one that had it is gone. So a run may be carried out twice, and is
answered once. distributed is imported nowhere else.
"""

from __future__ import annotations

import logging
import pickle
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar
from uuid import uuid4

from distributed import Client, Future, KilledWorker
from distributed.comm import CommClosedError

from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.workers.far import Agreeing, Errand, Traits, carry_out, differences, traits_of
from xlsxeval.workers.protocol import Bounds, LossReason, Lost
from xlsxeval.workers.runs import runs_of

Item = TypeVar("Item")
Result = TypeVar("Result")

_SECONDS_TO_CONNECT: Final = 10.0
_SECONDS_WITHOUT_WORKERS: Final = 30.0
_SECONDS_TO_ASK: Final = 2.0
_GLANCE: Final = 0.5
_AHEAD: Final = 3
"""Runs under way for each thread of a worker: enough that none waits, few enough that the scheduler stays small."""
_NAMED: Final = 20
_GONE: Final = (TimeoutError, CommClosedError, CancelledError)
"""What is raised where a machine is gone: also for what waited for it."""
_LOUD: Final = ("distributed", "tornado", "asyncio")


class ClusterError(XlsxevalError):
    """The cluster was lost on the way. Its message names the items without a result."""


class Cluster:
    """The workers of one scheduler; ``address`` is ``tcp://host:8786`` or ``tls://host:8786``."""

    are_near = False

    def __init__(self, address: str, patience: float = _SECONDS_WITHOUT_WORKERS) -> None:
        """``patience`` is how many seconds a cluster without workers is waited for."""
        self.address = address
        self._patience = patience

    def each(
        self, work: Callable[[Item], Result], items: Sequence[Item], bounds: Bounds | None = None
    ) -> Iterator[Result | Lost]:
        """The results in the order of the items, see ``protocol.Each``.

        Raises UsageError where the scheduler cannot be reached, has no workers, or has some that are not like this
        machine; ClusterError where it is lost later.
        """
        if not items:
            return
        packed = pickle.dumps(work)
        traits: Traits = work.traits() if isinstance(work, Agreeing) else {}
        errands = [Errand(packed, traits, tuple(run), bounds or Bounds()) for run in runs_of(items)]
        with _quiet():
            client = self._connected()
            try:
                round_ = _Round(client, errands, self._patience)
                with round_.hearing():
                    self._compare(client, packed, traits)
                yield from round_.results()
            finally:
                with suppress(OSError, *_GONE):
                    client.close(timeout=5)

    def _connected(self) -> Client:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # versions are compared below
                return Client(self.address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"连不上调度器 {self.address}（{type(error).__name__}）。请检查地址、端口和防火墙，"
                "确认那台机器上 dask scheduler 在运行。"
            ) from None

    def _compare(self, client: Client, packed: bytes, traits: Traits) -> None:
        """Every worker that is there must be like this machine. Those that come later are held to it when they begin.

        One that ends meanwhile is none of them; where it was the only one, others are waited for.
        """
        until = time.monotonic() + self._patience
        while not (alive := self._asked(client, packed)):
            if time.monotonic() > until:
                raise UsageError(f"调度器 {self.address} 上没有工作机。请先在各台机器上运行 dask worker，再运行一次。")
        for address, told in alive.items():
            if isinstance(told, ImportError):
                raise UsageError(f"工作机 {address} 上缺少程序（{told}）。请在那里安装同一版本的 'xlsxeval[cluster]'。")
            if isinstance(told, XlsxevalError):
                raise UsageError(f"工作机 {address} 上不能开始：{told}")
            if isinstance(told, BaseException):
                raise UsageError(f"工作机 {address} 上不能开始：{type(told).__name__}：{told}")
            if faults := differences(traits, told):
                raise UsageError(f"工作机 {address} 的{'；'.join(faults)}。请让它们一样，再运行一次。")

    def _asked(self, client: Client, packed: bytes) -> dict[str, Any]:
        """What each worker finds on its machine, by its address, without those that could not be asked."""
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=min(self._patience, _SECONDS_TO_ASK))
            found = client.run(traits_of, packed, on_error="return")
            return {address: told for address, told in found.items() if not isinstance(told, _GONE)}
        return {}


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences the loggers of Dask: the callers report errors in words of their own."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.partition(".")[0] in _LOUD]
    before = [(logger, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in before:
            logger.disabled = disabled


class _Round:
    """All errands of one call: those that wait, those under way, those answered."""

    def __init__(self, client: Client, errands: Sequence[Errand], patience: float) -> None:
        self._client = client
        self._errands = errands
        self._patience = patience
        self._name = uuid4().hex
        self._waiting = deque(range(len(errands)))
        self._under_way: dict[str, int] = {}
        self._futures: dict[str, Future] = {}
        self._arrived: SimpleQueue[Future] = SimpleQueue()
        self._answers: dict[int, list[Any]] = {}
        self._threads = 0
        self._without_workers: float | None = None
        self._raised: Exception | None = None
        """What the work raised: it concerns the whole run."""

    def results(self) -> Iterator[Any]:
        """What each errand gave, in their order. Raises ClusterError."""
        with self.hearing():
            self._threads = sum(self._client.nthreads().values())
        for number in range(len(self._errands)):
            with self.hearing(number):
                while number not in self._answers and self._raised is None:
                    self._send()
                    self._take(number)
            if self._raised is not None:
                raise self._raised
            yield from self._answers.pop(number)

    @contextmanager
    def hearing(self, wanted: int = 0) -> Iterator[None]:
        """Raises ClusterError where the scheduler goes while it is spoken to. ``wanted`` is the errand waited for."""
        try:
            yield
        except (OSError, *_GONE):
            raise self._lost("与调度器的连接断了", wanted) from None

    def _send(self) -> None:
        while self._waiting and len(self._under_way) < _AHEAD * self._threads + 1:
            number = self._waiting.popleft()
            key = f"xlsxeval-{self._name}-{number}"
            future = self._client.submit(carry_out, self._errands[number], key=key, pure=False)
            self._under_way[key], self._futures[key] = number, future
            future.add_done_callback(self._arrived.put)

    def _take(self, wanted: int) -> None:
        """Takes one answer, or looks after the cluster where none comes. ``wanted`` is the one that is waited for."""
        try:
            future = self._arrived.get(timeout=_GLANCE)
        except Empty:
            self._look_after(wanted)
            return
        number = self._under_way.get(future.key)
        if number is None:
            return
        answer = self._answer(future, number)
        if self._raised is not None:
            return
        if answer is None:
            raise self._lost("调度器不在了", wanted)
        del self._under_way[future.key], self._futures[future.key]
        self._answers[number] = answer

    def _answer(self, future: Future, number: int) -> list[Any] | None:
        """The results; None where the scheduler forgot the errand, or the work raised something."""
        if future.status == "finished":
            results: list[Any] = future.result(timeout=self._patience)
            return results
        if future.status != "error":
            return None
        error = future.exception(timeout=self._patience)
        if isinstance(error, KilledWorker):
            return self._apart(number)
        self._raised = error if isinstance(error, Exception) else ClusterError(str(error))
        return None

    def _apart(self, number: int) -> list[Any]:
        """One by one, those of a run whose workers were gone again and again. An item can end its own process only, so
        this is a machine's fault, or that of all of them; but whoever it is, the others get their results."""
        found: list[Any] = []
        errand = self._errands[number]
        for item in errand.items:
            alone = Errand(errand.work, errand.traits, (item,), errand.bounds)
            future = self._client.submit(carry_out, alone, pure=False, key=f"xlsxeval-{uuid4().hex}")
            while not future.done():
                if self._client.status != "running":
                    raise CommClosedError
                time.sleep(_GLANCE / 10)
            error = future.exception(timeout=self._patience)
            if error is None:
                found += future.result(timeout=self._patience)
            elif isinstance(error, KilledWorker):
                found.append(Lost(LossReason.DIED, "核对它的工作机几次中途停了"))
            else:
                self._raised = error
                break
        return found

    def _look_after(self, wanted: int) -> None:
        """Raises ClusterError where the scheduler is gone, or has been without workers for too long."""
        if self._client.status != "running":
            raise self._lost("调度器不在了", wanted)
        self._threads = sum(self._client.nthreads().values())
        if self._threads:
            self._without_workers = None
        elif self._without_workers is None:
            self._without_workers = time.monotonic()
        elif time.monotonic() - self._without_workers > self._patience:
            raise self._lost(f"{self._patience:.0f} 秒没有一台工作机在线", wanted)

    def _lost(self, why: str, wanted: int) -> ClusterError:
        """What to say: how much is done, and what is missing."""
        missing = [
            item
            for number, errand in enumerate(self._errands)
            if number >= wanted and number not in self._answers
            for item in errand.items
        ]
        count = sum(len(errand.items) for errand in self._errands)
        named = "、".join(map(str, missing[:_NAMED])) + ("……" if len(missing) > _NAMED else "")
        return ClusterError(
            f"集群中途断了：{why}。{count} 份里 {count - len(missing)} 份做完了，还缺 {len(missing)} 份：{named}。"
        )
