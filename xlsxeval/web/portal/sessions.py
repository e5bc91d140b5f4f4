"""Sessions of users who logged in. They live in memory: after a restart everyone logs in again."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from xlsxeval.web.portal.roles import PortalRole

_IDLE: Final = dt.timedelta(hours=2)
_LONGEST: Final = dt.timedelta(hours=12)
_MOST: Final = 2000


@dataclass(slots=True)
class PortalSession:
    """A user who logged in. ``roles`` are by the keys of campaigns, ``proofs`` the accounts' records they rest on."""

    user: str
    roles: Mapping[str, PortalRole]
    proofs: Mapping[str, int]
    began: dt.datetime
    used: dt.datetime
    checked: dt.datetime
    notices: list[str] = field(default_factory=list)


class PortalSessions:
    """The sessions by the digests of their cookies."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._known: dict[str, PortalSession] = {}

    def begin(self, user: str, roles: Mapping[str, PortalRole], proofs: Mapping[str, int]) -> str:
        """Begins a session and returns the text of its cookie."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            for digest in [digest for digest, one in self._known.items() if self._is_over(one, now)]:
                del self._known[digest]
            while len(self._known) >= _MOST:
                del self._known[min(self._known, key=lambda digest: self._known[digest].used)]
            self._known[_digest(cookie)] = PortalSession(user, roles, proofs, now, now, now)
        return cookie

    def get(self, cookie: str) -> PortalSession | None:
        """The session of a cookie, None where there is none or it is over."""
        now = self._clock()
        with self._lock:
            found = self._known.get(_digest(cookie))
            if found is None or self._is_over(found, now):
                return None
            found.used = now
            return found

    def end(self, cookie: str) -> None:
        """Ends a session."""
        with self._lock:
            self._known.pop(_digest(cookie), None)

    def csrf(self, cookie: str) -> str:
        """The token that every form of a session carries."""
        return hmac.new(self._secret, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    @staticmethod
    def _is_over(one: PortalSession, now: dt.datetime) -> bool:
        return not (dt.timedelta(0) <= now - one.began < _LONGEST and now - one.used < _IDLE)


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()
