"""Bounds on work in this process, for a few files that are not worth a worker."""

from __future__ import annotations

import ctypes
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread, current_thread, get_ident, main_thread

from xlsxeval.errors import XlsxevalError
from xlsxeval.workers.memory import less_memory
from xlsxeval.workers.protocol import Bounds, Lost, out_of_memory, out_of_time

_REPEAT = 1.0
"""Seconds after which work that went on is interrupted again: some code catches everything."""


class OverBoundsError(XlsxevalError):
    """Raised where work in this process took more than its bounds; ``lost`` has the reason."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(lost.detail)
        self.lost = lost


@contextmanager
def within(bounds: Bounds) -> Iterator[None]:
    """Bounds the time and memory of the block. Raises OverBoundsError where it takes more."""
    alarm = _Alarm(bounds.seconds)
    try:
        with less_memory(bounds.memory_bytes), alarm:
            yield
    except alarm.interruption as interruption:
        raise OverBoundsError(out_of_time(bounds)).with_traceback(interruption.__traceback__) from None
    except MemoryError as error:
        if bounds.memory_bytes is None:
            raise
        raise OverBoundsError(out_of_memory(bounds)).with_traceback(error.__traceback__) from None


class _Alarm:
    """Raises ``interruption`` in the thread that entered it, once the seconds are over.

    In the main thread of Unix by a signal, which also ends waiting and regular expressions; elsewhere by another thread,
    between two steps of Python code.
    """

    def __init__(self, seconds: float | None) -> None:
        # a class of its own, for blocks may stand in one another
        self.interruption: type[BaseException] = type("Interruption", (BaseException,), {})
        self._seconds = seconds
        self._changed = Condition()
        self._is_over = self._is_signal = False

    def __enter__(self) -> None:
        self._thread = ctypes.c_ulong(get_ident())
        if self._seconds is None:
            return
        self._is_signal = (
            hasattr(signal, "setitimer")
            and current_thread() is main_thread()
            and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
        )
        if self._is_signal:
            signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, self._seconds, _REPEAT)
        else:
            Thread(target=self._watch, args=(self._seconds,), daemon=True, name="xlsxeval-alarm").start()

    def __exit__(self, *_: object) -> None:
        if self._is_signal:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            return
        with self._changed:
            self._is_over = True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)
            self._changed.notify()

    def _ring(self, *_: object) -> None:
        raise self.interruption

    def _watch(self, seconds: float) -> None:
        with self._changed:
            while not self._changed.wait_for(lambda: self._is_over, seconds):
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(self.interruption))
                seconds = _REPEAT
