"""What every request must pass, and what every answer carries: host, session, CSRF token, security headers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from threading import Lock
from typing import Final

from flask import Flask, Request, Response, abort, g, redirect, request

COOKIE: Final = "xlsxeval-desk"
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-CSRF-Token"
_OPEN: Final = frozenset({"enter", "static_file"})
"""Endpoints without a session: the way in, and the style of its error page."""

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Doorkeeper:
    """One-time tokens that become sessions, and the tokens of their forms."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._tokens: set[str] = set()
        self._sessions: set[str] = set()

    def token(self) -> str:
        """A new token for the address with which a browser is opened; it opens once."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens.add(token)
        return token

    def admit(self, token: str) -> str | None:
        """The session that a token becomes, None where it is none or was used."""
        with self._lock:
            found = next((one for one in self._tokens if hmac.compare_digest(one.encode(), token.encode())), None)
            if found is None:
                return None
            self._tokens.remove(found)
            session = secrets.token_urlsafe(32)
            self._sessions.add(session)
            return session

    def knows(self, session: str) -> bool:
        """Whether a session was admitted."""
        return session in self._sessions

    def csrf(self, session: str) -> str:
        """The token that every form of a session carries."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()


def guard(app: Flask, door: Doorkeeper, hosts: Callable[[], frozenset[str]]) -> None:
    """Sets up the checks of every request and the headers of every answer. ``hosts`` are the Host headers allowed."""

    @app.before_request
    def checked() -> None:
        if request.host not in hosts():
            abort(421)
        session = request.cookies.get(COOKIE, "")
        g.session = session if door.knows(session) else ""
        g.csrf = door.csrf(g.session) if g.session else ""
        if request.endpoint in _OPEN:
            return
        if not g.session:
            abort(401)
        if request.method not in ("GET", "HEAD") and not _carries(request, g.csrf):
            abort(403)

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static_file":
            response.headers["Cache-Control"] = "no-store"
        return response


def entered(door: Doorkeeper, token: str) -> Response:
    """The answer to the address with a token: a cookie, and the way to the first page."""
    session = door.admit(token)
    if session is None:
        abort(401)
    response = redirect("/")
    response.set_cookie(COOKIE, session, httponly=True, samesite="Strict", path="/")
    assert isinstance(response, Response)
    return response


def _carries(request: Request, csrf: str) -> bool:
    told = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
    return hmac.compare_digest(told.encode("utf-8", "replace"), csrf.encode())
