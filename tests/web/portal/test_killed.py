"""kill -9 at every step of an upload: what was answered is there, and the same upload once more goes through."""

from __future__ import annotations

import datetime as dt
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.forked import exit_code_of
from tests.web.conftest import Posted
from tests.web.portal.wire import Wire
from xlsxeval.api import open_campaign
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.collection.handing_in import hand_in
from xlsxeval.collection.reception import Reception
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.workers.pool import HERE

NOON = dt.datetime(2025, 5, 20, 4, tzinfo=dt.UTC)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_every_step_nothing_is_half_done(posted: Posted, tmp_path: Path) -> None:
    library = Library(templates_directory())

    def upload(folder: Path, name: str, stop: int, seen: list[str]) -> None:
        workspace = open_workspace(folder, library, clock=lambda: NOON, by="单位")

        def step(act: str) -> None:
            seen.append(act)
            if len(seen) == stop:
                os.kill(os.getpid(), signal.SIGKILL)

        hand_in(workspace, reception, posted.code, posted.files[name], "附件.xlsx", NOON, HERE, step)

    whole, acts = tmp_path / "全", list[str]()
    shutil.copytree(posted.campaign, whole)
    reception = Reception()
    upload(whole, "wrong", 0, acts)
    assert acts[:2] == ["archive", "archived"]
    assert {"recorded", "decided", "kept"} <= set(acts)
    for stop in range(1, len(acts) + 1):
        folder = tmp_path / str(stop)
        shutil.copytree(posted.campaign, folder)
        reception = Reception()
        assert exit_code_of(lambda folder=folder, stop=stop: upload(folder, "wrong", stop, [])) == -signal.SIGKILL
        reception = Reception()
        upload(folder, "wrong", 0, [])
        campaign = open_campaign(folder, by="王会计", clock=lambda: NOON)
        dossier = campaign.dossier(posted.code)
        assert [file.state for file in dossier.files] == ["current"], (stop, acts[stop - 1])
        assert campaign.verify_archive().is_whole, (stop, acts[stop - 1])


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_a_server_that_is_killed_has_what_it_answered(posted: Posted, tmp_path: Path) -> None:
    """Takes as long as two starts of the server and its workers. The second upload is cut off in the middle."""
    folder = tmp_path / "任务"
    shutil.copytree(posted.campaign, folder)
    campaign = open_campaign(folder, by="王会计")
    (link,) = campaign.make_links()
    process, port = started(folder)
    try:
        wire = Wire("127.0.0.1", port)
        assert wire.hand_in(link.token, "a.xlsx", posted.files["wrong"]) == ["current"]
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.putrequest("POST", f"/u/{link.token}/files")
        line.putheader("Content-Type", "multipart/form-data; boundary=x")
        line.putheader("Content-Length", "100000")
        line.endheaders()
        line.send(b"--x\r\nContent-Disposition: form-data; name=files; filename=b.xlsx\r\n\r\nPK")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert [file.state for file in campaign.dossier(posted.code).files] == ["current"]
    process, port = started(folder)
    try:
        wire = Wire("127.0.0.1", port)
        assert wire.hand_in(link.token, "b.xlsx", posted.files["careful"]) == ["current"]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert campaign.verify_archive().is_whole


def started(folder: Path) -> tuple[subprocess.Popen[str], int]:
    """A server in a process of its own, once it says where it is."""
    command = [sys.executable, "-m", "xlsxeval", "serve", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, encoding="utf-8")
    assert process.stderr is not None
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = re.search(r"上报页面：http://127\.0\.0\.1:(\d+)/", process.stderr.readline())
        if found is not None:
            return process, int(found[1])
    os.killpg(process.pid, signal.SIGKILL)
    raise AssertionError("it did not start")
