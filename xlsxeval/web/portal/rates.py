"""Bounds on how often something may be tried, and on how many uploads are in hand at once."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

_MOST_KEYS: Final = 20_000


class RateLimit:
    """At most ``times`` events of one key within ``seconds``. Keys that were quiet longest are forgotten first."""

    def __init__(self, times: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self.times = times
        self.seconds = seconds
        self._now = now
        self._lock = Lock()
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Seconds until the next event of a key is allowed; 0 where it is now. Counts nothing."""
        with self._lock:
            return self._wait(key, self._now())

    def count(self, key: str) -> int:
        """Counts an event where it is allowed; otherwise the seconds to wait for it."""
        with self._lock:
            now = self._now()
            wait = self._wait(key, now)
            if not wait:
                self._seen.setdefault(key, deque()).append(now)
                self._seen.move_to_end(key)
                while len(self._seen) > _MOST_KEYS:
                    self._seen.popitem(last=False)
            return wait

    def forget(self, key: str) -> None:
        """Forgets the events of a key."""
        with self._lock:
            self._seen.pop(key, None)

    def _wait(self, key: str, now: float) -> int:
        seen = self._seen.get(key)
        while seen and seen[0] <= now - self.seconds:
            seen.popleft()
        if not seen or len(seen) < self.times:
            return 0
        return max(1, int(seen[0] + self.seconds - now) + 1)


class UploadQueue:
    """A bounded number of uploads at work, a bounded number that wait, and the rest told to come again."""

    def __init__(self, at_work: int, waiting: int) -> None:
        self._places = BoundedSemaphore(at_work)
        self._most = at_work + waiting
        self._lock = Lock()
        self._in_hand = 0
        self.at_work = at_work

    @property
    def length(self) -> int:
        """Number of uploads that wait for their turn."""
        return max(0, self._in_hand - self.at_work)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Waits for a turn and yields True; where too many wait already, yields False at once."""
        with self._lock:
            full = self._in_hand >= self._most
            self._in_hand += not full
        if full:
            yield False
            return
        try:
            with self._places:
                yield True
        finally:
            with self._lock:
                self._in_hand -= 1
