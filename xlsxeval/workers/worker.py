"""Inside a worker process: items come through its own pipe, answers go back through it."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from xlsxeval.interpreter import settle
from xlsxeval.workers.inline import attempt, bug
from xlsxeval.workers.memory import limit_memory
from xlsxeval.workers.packed_work import unpacked
from xlsxeval.workers.protocol import LossReason, Lost

READY = -1
"""The number that a worker answers to before its first item, when it has prepared."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that concerns the whole run, on its way to the process that started the worker."""

    error: Exception


def run(pipe: Connection, memory_bytes: int | None) -> None:
    """What a worker does from its first moment. First comes ``work``, pickled, then numbers with items; then the pipe ends."""
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal: the first one decides
    inbox: SimpleQueue[tuple[int, Any]] = SimpleQueue()
    try:
        work: Callable[[Any], Any] = unpacked(pipe.recv_bytes())
        getattr(work, "prepare", lambda: None)()
    except Exception as error:
        pipe.send((READY, Raised(error)))
        return
    limit_memory(memory_bytes)
    Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    pipe.send((READY, None))
    while True:
        number, item = inbox.get()
        _answer(pipe, number, _attempt(work, item))


def _receive(pipe: Connection, inbox: SimpleQueue[tuple[int, Any]]) -> None:
    """Always at the pipe, so that the other side never waits; where that side is gone, this process ends at once."""
    try:
        while True:
            inbox.put(pipe.recv())
    finally:
        os._exit(0)


def _attempt(work: Callable[[Any], Any], item: Any) -> object:
    try:
        return attempt(work, item)
    except Exception as error:
        return Raised(error)


def _answer(pipe: Connection, number: int, answer: object) -> None:
    try:
        packed = pickle.dumps((number, answer))
    except MemoryError:
        packed = pickle.dumps((number, Lost(LossReason.MEMORY, "内存不够")))
    except Exception as error:
        packed = pickle.dumps((number, Lost(LossReason.BUG, bug(error))))
    try:
        pipe.send_bytes(packed)
    except OSError:
        os._exit(0)  # nobody is there any more
