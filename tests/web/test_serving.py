"""The desk's life: one for a user, found again, on this machine alone, ended by its button or by itself."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.running import run
from tests.web.desks import NOON
from xlsxeval.errors import UsageError
from xlsxeval.web import serving
from xlsxeval.web.serving import ADDRESS, DeskMark, serve_desk
from xlsxeval.web.settings import SettingsFile
from xlsxeval.web.workplace import Workplace


def workplace(folder: Path, clock: Callable[[], dt.datetime] = lambda: NOON) -> Workplace:
    return Workplace(SettingsFile(folder / "settings"), folder / "home", clock=clock)


@contextmanager
def served(folder: Path, work: Workplace, *, stays: bool = True) -> Iterator[tuple[str, threading.Thread]]:
    """A running desk: the address that opens it, and the thread in which it lives."""
    told: queue.Queue[str] = queue.Queue()
    stop = threading.Event()
    thread = threading.Thread(
        target=serve_desk, args=(work, DeskMark(folder), told.put), kwargs={"stays": stays, "stop": stop}, daemon=True
    )
    thread.start()
    try:
        yield told.get(timeout=20), thread
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def ask(address: str, path: str, cookie: str = "", method: str = "GET") -> tuple[int, dict[str, str], str]:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    line.request(method, path, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def enter(address: str) -> str:
    parts = urlsplit(address)
    status, headers, _ = ask(address, f"{parts.path}?{parts.query}")
    assert status == 302
    return headers["Set-Cookie"].partition(";")[0]


def test_it_serves_this_machine_alone(tmp_path: Path) -> None:
    with served(tmp_path, workplace(tmp_path)) as (address, _):
        assert urlsplit(address).hostname == ADDRESS == "127.0.0.1"
        cookie = enter(address)
        status, _, page = ask(address, "/", cookie)
        assert status == 200
        assert "绩效自评工作台" in page


def test_a_second_start_finds_the_first(tmp_path: Path) -> None:
    mark = DeskMark(tmp_path)
    assert mark.address() is None
    with served(tmp_path, workplace(tmp_path)) as (address, _):
        again = mark.address()
        assert again is not None
        assert urlsplit(again).netloc == urlsplit(address).netloc
        assert enter(again) != enter(address)
        if os.name == "posix":
            assert mark.path.stat().st_mode & 0o077 == 0
    assert mark.address() is None
    assert not mark.path.exists()


def test_a_token_is_given_only_to_who_knows_the_secret(tmp_path: Path) -> None:
    with served(tmp_path, workplace(tmp_path)) as (address, _):
        assert ask(address, "/token", method="POST")[0] == 403
        data = json.loads(DeskMark(tmp_path).path.read_text(encoding="utf-8"))
        DeskMark(tmp_path).path.write_text(json.dumps({**data, "secret": "guessed"}), encoding="utf-8")
        assert DeskMark(tmp_path).address() is None


def test_what_a_dead_desk_left_is_no_desk(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    mark = DeskMark(tmp_path)
    for left in (json.dumps({"port": port, "secret": "x", "pid": 1}), "{", "[]", ""):
        mark.path.write_text(left, encoding="utf-8")
        assert mark.address() is None


class FastClock:
    """A clock on which time goes by as fast as it is looked at, until ``limit``."""

    def __init__(self) -> None:
        self.now = self.limit = NOON
        self.reached = threading.Event()

    def __call__(self) -> dt.datetime:
        if self.now < self.limit:
            self.now += dt.timedelta(seconds=20)  # the desk looks twice a turn
        else:
            self.reached.set()
        return self.now

    def go(self, minutes: int) -> None:
        self.reached.clear()
        self.limit += dt.timedelta(minutes=minutes)
        assert self.reached.wait(20)


def test_it_ends_by_itself_when_nobody_has_asked_for_half_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_PAUSE", 0.002)
    clock = FastClock()
    with served(tmp_path, workplace(tmp_path, clock), stays=False) as (address, thread):
        cookie = enter(address)
        clock.go(minutes=28)
        assert ask(address, "/alive", cookie)[0] == 200
        clock.go(minutes=28)
        assert thread.is_alive()
        clock.limit += dt.timedelta(minutes=5)
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.parametrize("hours", [8, -8])
def test_a_machine_that_slept_finds_its_desk_again(tmp_path: Path, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_PAUSE", 0.002)
    clock = FastClock()
    with served(tmp_path, workplace(tmp_path, clock), stays=False) as (address, thread):
        cookie = enter(address)
        clock.now = clock.limit = clock.now + dt.timedelta(hours=hours)
        clock.go(minutes=5)
        assert thread.is_alive()
        assert ask(address, "/alive", cookie)[0] == 200
        clock.limit += dt.timedelta(minutes=40)
        thread.join(20)
        assert not thread.is_alive()


def test_an_upload_that_breaks_off_leaves_nothing_and_the_desk_goes_on(tmp_path: Path) -> None:
    work = workplace(tmp_path)
    with served(tmp_path, work) as (address, _):
        cookie = enter(address)
        parts = urlsplit(address)
        with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as line:
            head = f"POST /look HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nContent-Length: 100000\r\n"
            line.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n".encode())
        assert ask(address, "/", cookie)[0] == 200
        assert work.tasks.running() == []


def test_a_desk_that_died_does_not_lock_its_user_out(tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    campaign.mkdir()
    first, second = workplace(tmp_path), workplace(tmp_path)
    other = workplace(tmp_path / "别人")
    assert first.occupied_by(campaign) == ""
    assert other.occupied_by(campaign) != ""
    assert second.occupied_by(campaign) == ""  # of the same user, after the first was killed
    for one in (first, second, other):
        one.close()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    work = workplace(tmp_path)
    with socket.socket() as other:
        other.bind((ADDRESS, 0))
        other.listen()
        with pytest.raises(UsageError, match="用不了"):
            serve_desk(work, DeskMark(tmp_path), print, port=other.getsockname()[1])
    work.close()


def test_a_campaign_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run("desk", tmp_path / "没有", "--no-browser")
    assert done.code == 2
    assert "没有这个任务" in done.err


@pytest.mark.parametrize("change", [{"version": "0.0.1"}, {"program": "elsewhere"}, {"version": None, "program": None}])
def test_a_desk_of_another_program_is_named_and_not_opened(tmp_path: Path, change: dict[str, str | None]) -> None:
    mark = DeskMark(tmp_path)
    with served(tmp_path, workplace(tmp_path)):
        data = json.loads(mark.path.read_text(encoding="utf-8")) | change
        mark.path.write_text(json.dumps({key: value for key, value in data.items() if value}), encoding="utf-8")
        with pytest.raises(UsageError, match="退出"):
            mark.address()


def test_a_mark_that_an_older_desk_left_behind_is_none(tmp_path: Path) -> None:
    mark = DeskMark(tmp_path)
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        port = free.getsockname()[1]
    mark.path.write_text(json.dumps({"port": port, "secret": "x", "pid": 1}), encoding="utf-8")
    assert mark.address() is None
