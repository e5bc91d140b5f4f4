"""Two desks on one campaign: the first writes, the second reads and names the first."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_STALE: Final = dt.timedelta(minutes=3)
_AGAIN: Final = dt.timedelta(seconds=30)
_FILE: Final = Path(".xlsxeval") / "desk.json"


class Occupancy:
    """A mark in a campaign's folder, renewed while its desk is used; after three minutes without it counts as left.

    It is a courtesy between people: what two programs write at once is kept apart by the ledger.
    """

    def __init__(self, folder: Path, by: str, clock: Callable[[], dt.datetime], seat: str) -> None:
        """``seat`` is where this desk keeps its settings: a user has one desk on a machine, so an older mark of the same
        seat was left by a desk that is no more.
        """
        self._seat = seat
        self._path = folder / _FILE
        self._by = by
        self._clock = clock
        self._token = secrets.token_hex(8)
        self._renewed: dt.datetime | None = None

    def other(self) -> str:
        """Who else is there, as 姓名（机器）; empty where nobody is, and then the place is taken."""
        now = self._clock()
        if self._renewed is not None and now - self._renewed < _AGAIN:
            return ""
        held = self._read()
        mine = held is not None and (held["host"], held["seat"]) == (socket.gethostname(), self._seat)
        if held is not None and not mine and abs(now - held["at"]) < _STALE:
            return f"{held['by']}（{held['host']}）"
        self._write(now)
        return ""

    def leave(self) -> None:
        """Removes the mark where it is this desk's."""
        held = self._read()
        if held is not None and held["token"] == self._token:
            self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any] | None:
        try:
            data: Any = json.loads(self._path.read_text(encoding="utf-8"))
            at = dt.datetime.fromisoformat(str(data["at"]))
            found = {name: str(data[name]) for name in ("token", "by", "host", "seat")} | {"at": at}
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if at.tzinfo is not None else None

    def _write(self, now: dt.datetime) -> None:
        data = {"token": self._token, "by": self._by, "host": socket.gethostname(), "seat": self._seat}
        data["at"] = now.isoformat()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            self._renewed = now
        except OSError:
            self._renewed = now  # a folder that can only be read is not occupied by anybody
