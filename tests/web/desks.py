"""A desk without a server: the application, asked as a browser asks it."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from xlsxeval.judging.front import Front
from xlsxeval.web.application import desk_application
from xlsxeval.web.guards import COOKIE, Doorkeeper
from xlsxeval.web.settings import SettingsFile
from xlsxeval.web.workplace import Workplace

HOST = "127.0.0.1:8080"
NOON = dt.datetime(2025, 6, 1, 4, tzinfo=dt.UTC)


class DeskBrowser:
    """A browser that follows links and fills in forms; ``log`` has what the desk told its log."""

    def __init__(
        self, folder: Path, clock: Callable[[], dt.datetime] = lambda: NOON, front: Front | None = None
    ) -> None:
        self.log: list[str] = []
        self.work = Workplace(
            SettingsFile(folder / "settings"), folder / "绩效自评", clock=clock, log=self.log.append, front=front
        )
        self.door = Doorkeeper()
        self.app = desk_application(self.work, self.door, lambda: frozenset({HOST}))
        self.client: FlaskClient = self.app.test_client()
        entered = self.get(f"/enter?token={self.door.token()}")
        assert entered.status_code == 302
        cookie = self.client.get_cookie(COOKIE, domain="127.0.0.1")
        assert cookie is not None
        self.session = cookie.value
        self.last_task = ""
        self.csrf = str(self._found('name="csrf" value="([^"]+)"', self.get("/").text))

    def twin(self) -> DeskBrowser:
        """Another page of the same session, for another thread."""
        other = copy.copy(self)
        other.client = self.app.test_client()
        other.client.set_cookie(COOKIE, self.session, domain="127.0.0.1")
        return other

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, base_url=f"http://{HOST}", headers=headers)

    def page(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text)
        return answer.text

    def post(
        self,
        address: str,
        fields: Mapping[str, str | Sequence[str]] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> TestResponse:
        data: dict[str, Any] = {"csrf": self.csrf, **(fields or {})}
        if files is not None:
            data["files"] = [(io.BytesIO(content), name) for name, content in files.items()]
        return self.client.post(address, base_url=f"http://{HOST}", data=data, content_type="multipart/form-data")

    def done(self, answer: TestResponse) -> dict[str, Any]:
        """The task that a form began, once it is over."""
        assert answer.status_code == 303, answer.text
        address = self.last_task = answer.headers["Location"]
        assert "/tasks/" in address
        until = time.monotonic() + 120
        while time.monotonic() < until:
            task: dict[str, Any] = self.get(f"{address}.json").get_json()
            if task["state"] != "running":
                return task
            time.sleep(0.05)
        raise AssertionError(address)

    def told(self, answer: TestResponse) -> str:
        """The message of a fault."""
        return str(self._found('class="notice bad message">([^<]+)<', answer.text))

    def close(self) -> None:
        self.work.close()

    @staticmethod
    def _found(pattern: str, text: str) -> str:
        match = re.search(pattern, text)
        assert match is not None, text
        return match[1]
