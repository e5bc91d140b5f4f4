"""LibreOffice as a tool: what it may not do, how it is bounded, and that nothing of it is left behind.

Each test that starts it takes two seconds, which is what its start takes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.office import soffice
from xlsxeval.office import OfficeBounds, OfficeError, converted

FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="S"><table:shapes><draw:frame svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="{0}/image.png" xlink:type="simple"/></draw:frame></table:shapes>
<table:table-row><table:table-cell table:formula="of:=WEBSERVICE(&quot;{0}/service&quot;)" office:value-type="string"/></table:table-row>
<table:table-row><table:table-cell table:formula="of:='{0}/other.ods'#$S.A1" office:value-type="float" office:value="1"/>
</table:table-row></table:table><table:table table:name="L"><table:table-source xlink:type="simple"
 xlink:href="{0}/linked.csv" table:filter-name="Text - txt - csv (StarCalc)" table:mode="copy-all"/>
<table:table-row><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document>"""
"""A spreadsheet that would fetch a picture, a service, another workbook and a linked table."""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine, and what it is asked for."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()


@pytest.mark.libreoffice
def test_no_address_is_asked_for(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    """By the settings alone, and where the system keeps it off the network; a LibreOffice without them asks."""
    program, (address, seen) = soffice(), asked
    document = FLAT.format(address).encode()
    for apart in (False, True):
        assert converted(document, "fods", "xlsx", OfficeBounds(apart=apart)).startswith(b"PK")
    assert seen == []
    (tmp_path / "d.fods").write_bytes(document)
    command = [
        program,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "d.fods"], capture_output=True, check=True)
    assert "/image.png" in seen


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A program called soffice that does what the given shell lines say; temporary folders lie apart."""

    def install(*lines: str) -> Path:
        folder, scratch = tmp_path / "bin", tmp_path / "scratch"
        folder.mkdir()
        scratch.mkdir()
        program = folder / "soffice"
        program.write_text("\n".join(["#!/bin/sh", *lines]))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setenv("TMPDIR", str(scratch))
        monkeypatch.setattr(tempfile, "tempdir", None)
        return scratch

    return install


posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")


def gone(process: int) -> bool:
    """Whether a process that was sent the signal is gone within seconds; left alone it would sleep for a minute."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text().split()[2]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


@posix
def test_one_that_hangs_is_ended_with_its_children(fake: Callable[..., Path], tmp_path: Path) -> None:
    note = tmp_path / "child"
    scratch = fake(f"sleep 60 & echo $! > {note}", "wait")
    with pytest.raises(OfficeError, match="超过 1 秒"):
        converted(b"x", "xls", "xlsx", OfficeBounds(seconds=1))
    assert gone(int(note.read_text()))
    assert list(scratch.iterdir()) == []


@posix
def test_one_that_ends_and_leaves_a_child_behind_leaves_none(fake: Callable[..., Path], tmp_path: Path) -> None:
    note = tmp_path / "child"
    fake(f"sleep 60 & echo $! > {note}", "echo could not be loaded >&2")
    with pytest.raises(OfficeError, match="could not be loaded"):
        converted(b"x", "xls", "xlsx", OfficeBounds())
    assert gone(int(note.read_text()))


@posix
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_process_that_asked_for_it(fake: Callable[..., Path], tmp_path: Path, how: int) -> None:
    note = tmp_path / "child"
    scratch = fake(f"echo $$ > {note}.part; mv {note}.part {note}", "sleep 60")
    asking = "from xlsxeval.office import *; converted(b'x', 'xls', 'xlsx', OfficeBounds())"
    with subprocess.Popen([sys.executable, "-c", asking]) as asked:
        until = time.monotonic() + 20
        while not note.exists() and time.monotonic() < until:
            time.sleep(0.02)
        asked.send_signal(how)
    assert gone(int(note.read_text()))
    until = time.monotonic() + 10
    while list(scratch.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(scratch.iterdir()) == []


@posix
def test_what_it_writes_is_bounded(fake: Callable[..., Path]) -> None:
    """Nothing becomes longer than the bound, however long it would be."""
    scratch = fake(
        'while [ "$1" != --outdir ]; do shift; done', "mkdir $2", "head -c 9000000 /dev/zero > $2/document.xlsx", "sync"
    )
    try:
        told = str(len(converted(b"x", "xls", "xlsx", OfficeBounds(result_bytes=1_000_000))))
    except OfficeError as error:
        told = str(error)
    assert "超过" in told or int(told) <= 1_000_000
    assert list(scratch.iterdir()) == []


def test_without_libreoffice_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OfficeError, match="没有找到 LibreOffice"):
        converted(b"x", "xls", "xlsx", OfficeBounds())
