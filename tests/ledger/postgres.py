"""A PostgreSQL server of one's own: in a new folder, reached by a socket there, stopped at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

_DEBIAN = Path("/usr/lib/postgresql")


def program(name: str) -> str:
    """The path of a server program; without it the test is skipped, or fails where CI is true."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(_DEBIAN.glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"PostgreSQL ({name}) is needed on this machine")
        pytest.skip(f"PostgreSQL ({name}) is not installed")
    return found


@contextmanager
def server() -> Iterator[str]:
    """Runs a server and gives the folder of its socket. The server refuses to run as root: then another user runs it."""
    initdb, postgres = program("initdb"), program("postgres")
    with tempfile.TemporaryDirectory(prefix="xlsxeval-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        run_as: dict[str, Any] = {"env": {**os.environ, "HOME": name, "LC_ALL": "C.UTF-8"}, "cwd": name}
        if os.getuid() == 0:
            user, group = _user()
            os.chown(folder, user, group)
            run_as |= {"user": user, "group": group, "extra_groups": []}
        data = folder / "data"
        made = [initdb, "-D", str(data), "-U", "ledger", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, **run_as)
        started = [postgres, "-D", str(data), "-k", name, "-c", "listen_addresses=", "-c", "fsync=off"]
        with (folder / "log").open("wb") as log, subprocess.Popen(started, stdout=log, stderr=log, **run_as) as process:
            try:
                _wait(process, folder)
                yield name
            finally:
                process.send_signal(signal.SIGINT)  # ends sessions, then itself
                process.wait(timeout=60)


@contextmanager
def database(folder: str, name: str) -> Iterator[str]:
    """A new empty database of a server, as an address."""
    with psycopg.connect(host=folder, user="ledger", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield f"postgresql://ledger@/{name}?host={folder}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _user() -> tuple[int, int]:
    """User and group of somebody who is not root."""
    import pwd  # not on every system, and needed only where one can be root

    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    pytest.fail("no user other than root to run PostgreSQL")


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="ledger", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail((folder / "log").read_text(encoding="utf-8", errors="replace"))
