"""A portal without a server: the application, asked as browsers ask it."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from tests.web.desks import NOON
from xlsxeval.judging.front import Front
from xlsxeval.ledger.portal import AccountRole
from xlsxeval.web.portal.application import portal_application
from xlsxeval.web.portal.office import Office, portal_address
from xlsxeval.web.portal.server import under_prefix
from xlsxeval.workers import Bounds

URL = "https://jixiao.example.gov.cn"
PASSWORD = "今天天气很好适合报表"
HASH = generate_password_hash(PASSWORD, "scrypt:1024:8:1")


class Inline(Front):
    """Judges in this process: a worker takes as long to start as twenty tests take."""

    def do(self, work: Callable[[Any], Any], item: Any, bounds: Bounds) -> Any:
        return work(item)

    def each(self, work: Callable[[Any], Any], items: Sequence[Any], bounds: Bounds) -> Iterator[Any]:
        return map(work, items)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


class Portal:
    """A portal over campaigns; ``log`` has what it wrote."""

    def __init__(self, *folders: Path, url: str | None = URL, prefix: str = "", **more: Any) -> None:
        self.log: list[str] = []
        self.clock = Clock()
        self.address = portal_address(url, prefix, 8000)
        self.office = Office(folders, self.address, clock=self.clock, log=self.log.append, fronts=Inline, **more)
        self.app = portal_application(self.office)
        self.app.wsgi_app = under_prefix(self.app.wsgi_app, self.address.prefix)  # type: ignore[assignment]
        self.key = self.office.keys[0]

    def browser(self, **environ: str) -> PortalBrowser:
        return PortalBrowser(self, environ)

    def user(self, role: AccountRole, name: str | None = None) -> PortalBrowser:
        """A browser in which a new user of that role is logged in."""
        name = name or f"{role.word}甲"
        for key in self.office.keys:
            campaign = self.office.campaign(key)
            assert campaign is not None
            campaign.set_account(name, role, HASH)
        browser = self.browser()
        answer = browser.post("/login", {"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    def link(self, code: str) -> str:
        """The path of a new link of a unit."""
        campaign = self.office.campaign(self.key)
        assert campaign is not None
        (made,) = campaign.make_links([code])
        return f"/u/{made.token}"

    def close(self) -> None:
        self.office.close()


class PortalBrowser:
    """A browser of its own: its cookies and, where it logged in, the token of its forms."""

    def __init__(self, portal: Portal, environ: Mapping[str, str]) -> None:
        self.portal = portal
        self.client: FlaskClient = portal.app.test_client()
        self.environ = dict(environ)

    def open(self, method: str, address: str, **more: Any) -> TestResponse:
        base = self.portal.address.base
        more.setdefault("headers", {})
        prefix = self.portal.address.prefix
        path = address if prefix and address.startswith(f"{prefix}/") else f"{prefix}{address}"
        return self.client.open(
            path, method=method, base_url=base[: len(base) - len(prefix)], environ_base=self.environ, **more
        )

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.open("GET", address, headers=headers)

    def page(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text)
        return answer.text

    def post(
        self,
        address: str,
        fields: Mapping[str, str | Sequence[str]] | None = None,
        files: Sequence[tuple[str, bytes]] | None = None,
        **headers: str,
    ) -> TestResponse:
        data: dict[str, Any] = dict(fields or {})
        csrf = self.csrf()
        if csrf:
            data.setdefault("csrf", csrf)
        if files is not None:
            data["files"] = [(io.BytesIO(content), name) for name, content in files]
        return self.open("POST", address, data=data, content_type="multipart/form-data", headers=headers)

    def csrf(self) -> str:
        cookie = self.client.get_cookie("xlsxeval-portal", domain=self._domain, path=self.portal.address.prefix or "/")
        return "" if cookie is None else self.portal.office.sessions.csrf(cookie.value)

    @property
    def _domain(self) -> str:
        return self.portal.address.base.split("/")[2].partition(":")[0]

    def hand_in(self, link: str, *files: tuple[str, bytes]) -> str:
        """Hands files in and returns the page with the answer."""
        answer = self.post(f"{link}/files", files=files)
        assert answer.status_code == 303, answer.text
        return self.page(answer.headers["Location"])

    def done(self, answer: TestResponse, wait: Callable[[float], None]) -> dict[str, Any]:
        """The task that a form began, once it is over."""
        assert answer.status_code == 303, answer.text
        for _ in range(1200):
            task: dict[str, Any] = self.get(f"{answer.headers['Location']}.json").get_json()
            if task["state"] != "running":
                return task
            wait(0.05)
        raise AssertionError(answer.headers["Location"])


def told(answer: TestResponse) -> str:
    """The message of a fault."""
    match = re.search(r'class="notice bad message"[^>]*>([^<]+)<', answer.text)
    assert match is not None, answer.text
    return html.unescape(match[1])


def states(page: str) -> list[str]:
    """The states of the files on an answer's page."""
    return re.findall(r'data-state="([a-z_]+)"', page)
