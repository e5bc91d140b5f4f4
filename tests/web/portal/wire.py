"""A unit's program on the wire: requests over HTTP without a browser."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from urllib.parse import quote

_BOUNDARY = "----made-of-paper"


@dataclass(frozen=True)
class Reply:
    """An answer of the server."""

    status: int
    headers: dict[str, str]
    text: str


class Wire:
    """A server by its address; ``prefix`` is the path that it is under."""

    def __init__(self, host: str, port: int, prefix: str = "", seconds: float = 120) -> None:
        self.host, self.port, self.prefix, self.seconds = host, port, prefix, seconds

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        line = http.client.HTTPConnection(self.host, self.port, timeout=self.seconds)
        try:
            line.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answer = line.getresponse()
            data = answer.read()
            return Reply(answer.status, dict(answer.getheaders()), data.decode("utf-8", "replace"))
        finally:
            line.close()

    def upload(self, token: str, name: str, data: bytes, **headers: str) -> Reply:
        """The answer's page after an upload, or the page of what went wrong."""
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{quote(name, safe=" .()")}"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
        kind = {"Content_Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        reply = self.ask("POST", f"{self.prefix}/u/{token}/files", body, **kind, **headers)
        return self.ask("GET", reply.headers["Location"], **headers) if reply.status == 303 else reply

    def hand_in(self, token: str, name: str, data: bytes) -> list[str]:
        """The states of the files of an upload."""
        reply = self.upload(token, name, data)
        assert reply.status == 200, reply
        return re.findall(r'data-state="([a-z_]+)"', reply.text)
