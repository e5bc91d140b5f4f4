"""The desk's life: it finds a running one, else binds to this machine alone, opens the browser, and ends by itself."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from waitress.server import create_server

from xlsxeval import __version__
from xlsxeval.errors import UsageError
from xlsxeval.web.application import MOST_UPLOADED, desk_application
from xlsxeval.web.guards import Doorkeeper
from xlsxeval.web.workplace import Workplace

ADDRESS: Final = "127.0.0.1"
_UNUSED: Final = dt.timedelta(minutes=30)
_ASLEEP: Final = dt.timedelta(minutes=1)
_PAUSE: Final = 0.2
_THREADS: Final = 12
_SECONDS: Final = 2.0
_CONTROL: Final = "X-Desk-Secret"
_PROGRAM: Final = str(Path(__file__).resolve().parents[2])
"""The folder that the program runs from: with a folder to double-click, two may be there."""


class DeskMark:
    """The file by which a second start finds the first: its port, and a secret that only this user can read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "running.json"

    def address(self) -> str | None:
        """An address that opens the running desk in a browser, None where none runs.

        Raises UsageError where the desk that runs is one of another program folder or version.
        """
        try:
            data: Any = json.loads(self.path.read_text(encoding="utf-8"))
            port, secret = int(data["port"]), str(data["secret"])
            line = http.client.HTTPConnection(ADDRESS, port, timeout=_SECONDS)
            line.request("POST", "/token", headers={_CONTROL: secret})
            answer = line.getresponse()
            token = answer.read(200).decode()
            if answer.status != http.HTTPStatus.OK:
                return None
        except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
            return None
        _require_own(str(data.get("version", "")), str(data.get("program", "")))
        return f"http://{ADDRESS}:{port}/enter?token={token}"

    def announce(self, port: int, secret: str) -> None:
        """Writes the file, for this user's eyes only."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            own = {"version": __version__, "program": _PROGRAM}
            json.dump({"port": port, "secret": secret, "pid": os.getpid(), **own}, file)

    def withdraw(self) -> None:
        """Removes the file."""
        self.path.unlink(missing_ok=True)


def _require_own(version: str, program: str) -> None:
    """Raises UsageError where a desk is not of this program: its pages would show another version than was started."""
    if (version, program) == (__version__, _PROGRAM):
        return
    told = f"{version}，在 {program}" if version else "更早的版本"
    raise UsageError(f"另一个工作台还开着（{told}）。请先在它的页面上按“退出”，再打开这一个（{__version__}）。")


class _Control:
    """Answers a second start of the same user, which asks for a new token; all else goes to the application."""

    def __init__(self, app: Callable[..., Any], door: Doorkeeper, secret: str) -> None:
        self.app, self.door, self.secret = app, door, secret

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        told = environ.get("HTTP_X_DESK_SECRET", "")
        if environ.get("PATH_INFO") != "/token" or environ.get("REQUEST_METHOD") != "POST":
            return self.app(environ, start)
        if not secrets.compare_digest(told.encode("utf-8", "replace"), self.secret.encode()):
            start("403 Forbidden", [("Content-Type", "text/plain")])
            return [b""]
        start("200 OK", [("Content-Type", "text/plain")])
        return [self.door.token().encode()]


def serve_desk(
    work: Workplace,
    instance: DeskMark,
    opened: Callable[[str], object],
    *,
    port: int = 0,
    stays: bool = False,
    stop: threading.Event | None = None,
) -> None:
    """Serves until 退出 is pressed, ``stop`` is set, or nobody has asked for thirty minutes (not where it ``stays``).

    ``opened`` gets the address with the one-time token once the desk listens. Raises UsageError where the port is taken.
    """
    door, secret = Doorkeeper(), secrets.token_urlsafe(32)
    hosts: set[str] = set()
    app = _Control(desk_application(work, door, lambda: frozenset(hosts)), door, secret)
    try:
        server = create_server(
            app, host=ADDRESS, port=port, threads=_THREADS, max_request_body_size=MOST_UPLOADED, ident=None
        )
    except OSError as error:
        raise UsageError(f"端口 {port} 用不了：{error.strerror or error}。请换一个，或不写 --port。") from None
    bound = int(server.effective_port)  # type: ignore[union-attr]  # of one socket
    hosts |= {f"{name}:{bound}" for name in (ADDRESS, "localhost")}
    instance.announce(bound, secret)
    thread = threading.Thread(target=server.run, name="desk-server", daemon=True)
    thread.start()
    try:
        opened(f"http://{ADDRESS}:{bound}/enter?token={door.token()}")
        seen = work.clock()
        while not _is_over(work, stop, stays=stays):
            time.sleep(_PAUSE)
            now = work.clock()
            if not dt.timedelta() <= now - seen < _ASLEEP:
                work.last_asked = now  # the machine slept, or its clock was set: an open page gets its time to ask
            seen = now
    finally:
        instance.withdraw()
        time.sleep(0.3)  # the last page is still on its way
        server.close()
        work.close()


def _is_over(work: Workplace, stop: threading.Event | None, *, stays: bool) -> bool:
    if work.quitting or (stop is not None and stop.is_set()):
        return True
    return not stays and work.is_idle and work.clock() - work.last_asked > _UNUSED
