"""Checks that every request passes, and headers that every answer carries."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, Request, Response, abort, g, redirect, request, url_for

from xlsxeval.web.guards import CSRF_FIELD, CSRF_HEADER, HEADERS
from xlsxeval.web.portal.office import MOST_UPLOADED, Office
from xlsxeval.web.portal.roles import PortalRole
from xlsxeval.web.portal.routes import PORTAL_ROUTES, PortalRoute
from xlsxeval.web.portal.too_often import TooOftenError

PORTAL_COOKIE: Final = "xlsxeval-portal"
_ROUTES: Final[Mapping[str, PortalRoute]] = {route.name: route for route in PORTAL_ROUTES}
_SAFE: Final = ("GET", "HEAD")
_OURS: Final = ("same-origin", "none")
_YEAR: Final = 31_536_000


def guard_portal(app: Flask, office: Office) -> None:
    """Sets up the checks of every request and the headers of every answer."""

    @app.before_request
    def checked() -> Response | None:
        g.session = g.knock = None
        g.csrf, g.role = "", PortalRole.VISITOR
        if request.host.lower() not in office.address.hosts:
            abort(421)
        if (request.content_length or 0) > MOST_UPLOADED:
            abort(413)
        cookie = request.cookies.get(PORTAL_COOKIE, "")
        session = office.sessions.get(cookie) if cookie else None
        route = _ROUTES.get(request.endpoint or "")
        if route is None:
            return None  # the style sheet; or no route, which becomes a page
        if session is not None and not office.still_holds(session):
            office.sessions.end(cookie)
            session = None
        if session is not None:
            g.session, g.csrf = session, office.sessions.csrf(cookie)
        if route.who == frozenset({PortalRole.UNIT}):
            g.knock, g.role = _knocked(office), PortalRole.UNIT
        elif session is not None:
            g.role = _role(office, request.view_args or {})
        if g.role not in route.who:
            return _refused(route)
        if request.method not in _SAFE:
            _ours(request)
            if PortalRole.VISITOR not in route.who and g.role is not PortalRole.UNIT and not _carries(request, g.csrf):
                abort(403)
        return None

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if office.address.secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        if request.endpoint != "static_file":
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _knocked(office: Office) -> Any:
    """The unit of the link that was asked for. A link that works is never held up by others that did not."""
    found = office.knock(str((request.view_args or {}).get("token", "")))
    if found is None:
        wait = office.misses.count(str(request.remote_addr))
        if wait:
            raise TooOftenError(wait)
        abort(404)
    return found


def _role(office: Office, parts: Mapping[str, Any]) -> PortalRole:
    """The role of the user who logged in, for the campaign that the address names; without one, the highest."""
    roles: Mapping[str, PortalRole] = g.session.roles
    key = parts.get("key")
    if request.endpoint in ("task", "task_data"):
        task = office.tasks.get(str(parts.get("number", "")))
        key = "" if task is None else task.campaign
    if key is None:
        return PortalRole.ORGANISER if PortalRole.ORGANISER in roles.values() else PortalRole.AUDITOR
    found = roles.get(key)
    if found is None:
        abort(404)
    return found


def _refused(route: PortalRoute) -> Response:
    if g.session is None and request.method in _SAFE:
        answer = redirect(url_for("login"), 303)
        assert isinstance(answer, Response)
        return answer
    return abort(401 if g.session is None else 403)


def _ours(request: Request) -> None:
    """Refuses a form of another site: the browser says where it comes from; old browsers say nothing."""
    told = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    if told is not None:
        if told not in _OURS:
            abort(403)
    elif origin != "null" and origin.partition("://")[2].lower() != request.host.lower():
        abort(403)


def _carries(request: Request, csrf: str) -> bool:
    told = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
    return hmac.compare_digest(told.encode("utf-8", "replace"), csrf.encode())
