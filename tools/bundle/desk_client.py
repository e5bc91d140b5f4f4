"""A browser's part at the desk: enters with a token, keeps the cookie, posts forms and files."""

from __future__ import annotations

import http.client
import json
import re
import time
import urllib.parse
from pathlib import Path
from typing import Any, Final

from tools.bundle.inputs import BundleError

_BOUNDARY: Final = "xlsxeval-trial"


class DeskClient:
    """A browser's part: enters with a token, keeps the cookie, posts forms."""

    def __init__(self, mark: dict[str, Any]) -> None:
        self.port, self.cookie = int(mark["port"]), ""
        _, token = self.ask("POST", "/token", headers={"X-Desk-Secret": mark["secret"]})
        self.ask("GET", f"/enter?token={urllib.parse.quote(token)}")
        found = re.search(r'name="csrf" value="([^"]+)"', self.ask("GET", "/")[1])
        if found is None:
            raise BundleError("the first page has no form")
        self.csrf = found[1]

    def ask(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[str, str]:
        """An answer: where it leads to, and its text."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        more = {"Cookie": self.cookie} if self.cookie else {}
        line.request(method, address, body, {**(headers or {}), **more})
        answer = line.getresponse()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise BundleError(f"{address} answered {answer.status}")
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        return answer.getheader("Location") or "", answer.read().decode("utf-8", "replace")

    def post(self, address: str, fields: dict[str, str] | None = None) -> str:
        """A form; returns the page that it leads to."""
        body = urllib.parse.urlencode({"csrf": self.csrf, **(fields or {})}).encode()
        return self.ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})[0]

    def finish(self, task: str) -> None:
        """Waits until a task is finished."""
        while self.finished(task) is None:
            time.sleep(0.2)

    def upload(self, address: str, path: Path) -> str:
        """A file by a form; returns the page that it leads to."""
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{self.csrf}\r\n--{_BOUNDARY}\r\n'
        head += f'Content-Disposition: form-data; name="files"; filename="{path.name}"\r\n\r\n'
        body = head.encode() + path.read_bytes() + f"\r\n--{_BOUNDARY}--\r\n".encode()
        return self.ask("POST", address, body, {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"})[0]

    def finished(self, task: str) -> str | None:
        """What a task has to say once it is finished."""
        data = json.loads(self.ask("GET", f"{task}.json")[1])
        return None if data["state"] == "running" else "；".join(line["text"] for line in data["lines"])
