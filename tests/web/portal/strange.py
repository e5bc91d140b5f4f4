"""Odd requests as a logged-in organiser with a link would send them."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote, urlencode

from tests.fuzz.portal_requests import OddRequest
from tests.web.portal.portals import PortalBrowser
from xlsxeval.web.portal.routes import PORTAL_ROUTES

_LONG = ("make_result", "send", "collect", "leave", "close_user", "change_password", "links", "link_file", "export")
"""Routes whose work takes seconds, or that end what the others need."""


def targets(key: str, code: str, link: str) -> list[tuple[str, str]]:
    """The addresses of all routes with their methods; some with a real campaign, unit and link, some with anything."""
    found = []
    for route in PORTAL_ROUTES:
        if route.name not in _LONG:
            found.append((route.method, route.address))
            real = route.address.replace("/u/<token>", link).replace("<key>", key).replace("<code>", code)
            found += [(route.method, real)] * 3
    return found


def harmless(one: OddRequest) -> bool:
    """Whether a request does not log the browser out, for then the rest would be refused."""
    return "/logout" not in one.path


def ask(browser: PortalBrowser, one: OddRequest) -> int:
    """Sends a request and returns the status; without an answer it raises what the application raised."""
    data: Any = one.body
    headers = dict(one.headers)
    if data is None:
        data = {}
        for name, text in one.fields:
            data.setdefault(name, []).append(text)
        if "csrf" not in data:
            data["csrf"] = [browser.csrf()]
        if one.files:
            data["files"] = [(io.BytesIO(content), name) for name, content in one.files]
            headers.pop("Content-Type", None)
    else:
        headers.setdefault("X-CSRF-Token", browser.csrf())
    path = quote(one.path, safe="/%", errors="replace")
    query = urlencode(one.query, errors="replace")
    headers = {name: text for name, text in headers.items() if name != "Transfer-Encoding"}
    headers = {name: text.encode("utf-8").decode("latin-1") for name, text in headers.items()}
    cookie = headers.pop("Cookie", None)
    if cookie is not None:
        headers["X-Cookie"] = cookie
    return browser.open(one.method, path, query_string=query, data=data, headers=headers).status_code
