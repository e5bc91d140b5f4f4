"""The portal on the wire: sub-path, reverse proxy, slow and greedy clients, many at once, where it binds."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.conftest import Posted
from tests.web.portal.wire import Wire
from xlsxeval.api import open_campaign
from xlsxeval.errors import UsageError
from xlsxeval.judging.front import Front
from xlsxeval.web.portal.office import Office, portal_address
from xlsxeval.web.portal.server import ServerSettings
from xlsxeval.web.portal.serving import bound_server, require_safe, serve_portal

_MEGABYTES = 4 << 20


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@contextmanager
def open_door(folder: Path, url: str | None = None, **settings: object) -> Iterator[tuple[Wire, Office]]:
    """A portal that listens on this machine."""
    chosen = ServerSettings("127.0.0.1", 0, _MEGABYTES, **settings)  # type: ignore[arg-type]

    def office_of(port: int) -> Office:
        address = portal_address(url, "", port)
        return Office([folder], address, clock=now, log=lambda text: None, fronts=lambda: Front(1))

    office, server = bound_server(office_of, chosen)
    stop = threading.Event()
    thread = threading.Thread(target=serve_portal, args=(office, server, lambda lines: None, stop))
    thread.start()
    try:
        yield Wire("127.0.0.1", server.port, office.address.prefix), office
    finally:
        stop.set()
        thread.join(timeout=30)


@pytest.fixture
def folder(posted: Posted, tmp_path: Path) -> Path:
    shutil.copytree(posted.campaign, tmp_path / "任务")
    return tmp_path / "任务"


def link(folder: Path) -> str:
    (made,) = open_campaign(folder, by="王会计").make_links()
    return made.token


def test_under_a_path_behind_a_proxy(folder: Path, posted: Posted) -> None:
    """The proxy may pass the path on or strip it; its word about the client counts, no other's."""
    with open_door(folder, "https://jixiao.example.gov.cn/portal", proxy="127.0.0.1") as (wire, office):
        told = {"Host": "127.0.0.1:1", "X_Forwarded_Host": "jixiao.example.gov.cn", "X_Forwarded_Proto": "https"}
        told["X_Forwarded_For"] = "203.0.113.7"
        page = wire.ask("GET", "/portal/login", **told)
        assert page.status == 200
        assert 'href="/portal/static/desk.css"' in page.text
        assert wire.ask("GET", "/login", **told).status == 200
        answer = wire.upload(link(folder), "a.xlsx", posted.files["careful"], **told)
        assert 'data-state="current"' in answer.text
        for _ in range(70):
            last = wire.ask("GET", "/portal/u/" + "0" * 22, **told).status
        assert last == 429
        other = {**told, "X_Forwarded_For": "203.0.113.8"}
        assert wire.ask("GET", "/portal/u/" + "0" * 22, **other).status == 404
        assert office.misses.wait("203.0.113.7")


def test_forwarded_headers_of_no_proxy_are_thrown_away(folder: Path) -> None:
    with open_door(folder) as (wire, office):
        wire.ask("GET", "/u/" + "0" * 22, X_Forwarded_For="203.0.113.7", X_Forwarded_Host="evil.example")
        assert "203.0.113.7" not in office.misses._seen
        assert "127.0.0.1" in office.misses._seen


def test_who_sends_slowly_is_cut_off(folder: Path) -> None:
    with open_door(folder, request_seconds=1.0) as (wire, _):
        with socket.create_connection((wire.host, wire.port), timeout=20) as line:
            line.sendall(b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n")
            until = time.monotonic() + 15
            ended = False
            while time.monotonic() < until and not ended:
                try:
                    line.sendall(b"x")
                    line.settimeout(0.2)
                    ended = line.recv(1) == b""
                except TimeoutError:
                    continue
                except OSError:
                    ended = True
            assert ended
        assert wire.ask("GET", "/login").status == 200


def test_who_sends_too_much_is_refused(folder: Path) -> None:
    with open_door(folder) as (wire, _):
        with socket.create_connection((wire.host, wire.port), timeout=20) as line:
            size = _MEGABYTES + 1
            line.sendall(
                f"POST /u/{'0' * 22}/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {size}\r\n\r\n".encode()
            )
            assert line.recv(100).startswith(b"HTTP/1.1 413")
        headers = {f"X_{number}": "y" * 4000 for number in range(20)}
        assert wire.ask("GET", "/login", **headers).status in (400, 413, 431)


def test_many_units_at_once_are_all_answered(folder: Path, posted: Posted) -> None:
    """Twelve uploads of six contents through one link: one counts, all are there."""
    with open_door(folder) as (wire, _), ThreadPoolExecutor(12) as threads:
        token = link(folder)
        files = [(f"{number % 6}.xlsx", posted.files[("careful", "wrong")[number % 2]]) for number in range(12)]
        found = list(threads.map(lambda one: wire.hand_in(token, *one), files))
        assert len(found) == 12
        assert {state for states in found for state in states} <= {"current", "superseded", "duplicate"}
    campaign = open_campaign(folder, by="王会计")
    dossier = campaign.dossier(posted.code)
    assert {file.name for file in dossier.files} == {name for name, _ in files}
    assert sum(file.counts for file in dossier.files) == 1
    assert campaign.verify_archive().is_whole


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "0.0.0.0", "10.1.2.3", "jixiao.example"])
def test_without_tls_it_binds_to_this_machine_alone(host: str) -> None:
    require_safe(host, risk=True)
    if host in ("127.0.0.1", "::1", "localhost"):
        require_safe(host, risk=False)
    else:
        with pytest.raises(UsageError, match="--without-tls"):
            require_safe(host, risk=False)


@pytest.mark.parametrize(
    "url", ["jixiao.example.gov.cn", "ftp://x/", "https://", "https://x/?a=1", "javascript:alert(1)"]
)
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(UsageError, match="网址"):
        portal_address(url, "", 8000)
