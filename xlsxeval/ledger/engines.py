"""Engines that a process keeps, one for each ledger: what was compiled for one opening serves the next.

Connections are kept only while somebody holds the ledger, so that its file can be moved, copied or deleted after the last
one let go. A program that is asked all the time holds it as long as it runs.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy import URL, Engine

from xlsxeval.ledger.database import PATIENCE, address_of, engine_at

_KEPT: Final = 16


@dataclass(slots=True)
class _Kept:
    engine: Engine
    holders: int = 0


class Engines:
    """The engines of a process, by address and patience. Used from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[tuple[URL, float], _Kept] = OrderedDict()
        self._left: list[object] = []

    def take(self, target: str | Path, patience: float) -> HeldEngine:
        """The engine of a ledger, held until it is let go. Raises UsageError as :func:`open_engine` does."""
        address = address_of(target)
        with self._lock:
            key = (address, patience)
            found = self._known.pop(key, None) or _Kept(engine_at(address, patience))
            self._known[key] = found
            found.holders += 1
            for idle in [one for one, kept in self._known.items() if not kept.holders][
                : max(0, len(self._known) - _KEPT)
            ]:
                del self._known[idle]
        return HeldEngine(self, found)

    def leave(self, kept: _Kept) -> None:
        """Lets go of an engine; the last one closes its connections."""
        with self._lock:
            kept.holders -= 1
            if not kept.holders:
                kept.engine.dispose()

    def forget(self) -> None:
        """In a fork: connections are those of the parent, and neither used nor closed."""
        self._left.append(self._known)
        self._lock, self._known = Lock(), OrderedDict()


class HeldEngine:
    """An engine that is held; let it go once."""

    def __init__(self, engines: Engines, kept: _Kept) -> None:
        self.engine = kept.engine
        self._engines = engines
        self._kept: _Kept | None = kept

    def leave(self) -> None:
        """Lets it go. Does nothing a second time."""
        kept, self._kept = self._kept, None
        if kept is not None:
            self._engines.leave(kept)


ENGINES: Final = Engines()


def hold(target: str | Path) -> HeldEngine:
    """Keeps the connections of a ledger until it is let go; opens nothing."""
    return ENGINES.take(target, PATIENCE)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=ENGINES.forget)
