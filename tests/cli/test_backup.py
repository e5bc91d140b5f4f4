"""A campaign in one file and back; what the ledger says where it, the archive or the files disagree."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.cli.collectdesk import Desk, states
from tests.cli.running import files_below, run
from xlsxeval.campaign.backup import CONTENTS
from xlsxeval.campaign.signing_key import signing_key
from xlsxeval.forms.keys import campaign_keys


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A campaign that collected something, with a name that is no UTF-8."""
    desk.put("一.xlsx", "001a")
    desk.put(os.fsdecode(b"\xb1\xed.xlsx"), "002a")
    desk.put("坏.xlsx", b"no workbook")
    desk.collect()
    return desk


def of_folder(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_below(folder).items() if "ledger.sqlite" not in str(name)}


def test_what_was_backed_up_comes_back_byte_for_byte(full: Desk, tmp_path: Path) -> None:
    made = full.run("backup", "-o", tmp_path / "备份.zip")
    assert made.code == 0, made.err
    before, told, times = of_folder(full.task), full.recorded(), (full.inbox / "一.xlsx").stat().st_mtime
    shutil.move(full.task, tmp_path / "原来")
    assert run("restore", tmp_path / "备份.zip", full.task).code == 0
    assert of_folder(full.task) == before
    assert json.loads(full.recorded()) == json.loads(told)
    assert (full.inbox / "一.xlsx").stat().st_mtime == pytest.approx(times)
    assert full.run("ledger verify").code == 0
    assert states(full.collect())["一.xlsx"] == "current"
    assert oct((full.task / ".xlsxeval").stat().st_mode)[-3:] == "700"


def test_a_folder_with_something_in_it_is_renamed_only_when_told(full: Desk, tmp_path: Path) -> None:
    full.run("backup", "-o", tmp_path / "备份.zip")
    (full.task / "新的.txt").write_text("x")
    assert run("restore", tmp_path / "备份.zip", full.task).code == 2
    assert run("restore", tmp_path / "备份.zip", full.task, "--force").code == 0
    assert not (full.task / "新的.txt").exists()
    assert (full.task.with_name("任务（旧1）") / "新的.txt").exists()


def test_a_backup_is_never_overwritten_and_not_put_into_the_campaign(full: Desk, tmp_path: Path) -> None:
    (tmp_path / "备份.zip").write_text("x")
    assert full.run("backup", "-o", tmp_path / "备份.zip").code == 2
    assert full.run("backup", "-o", full.task / "备份.zip").code == 2


@pytest.mark.parametrize("harm", ["a byte", "a member", "the end", "a path", "no backup"])
def test_a_damaged_backup_writes_nothing(full: Desk, tmp_path: Path, harm: str) -> None:
    backup = tmp_path / "备份.zip"
    full.run("backup", "-o", backup)
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head = json.loads(parts[CONTENTS])
    if harm == "a byte":
        parts[head["files"][0]["member"]] += b"x"
    elif harm == "a member":
        del parts[head["files"][0]["member"]]
    elif harm == "a path":
        head["files"][1]["name"] = "../heraus.txt"
        parts[CONTENTS] = json.dumps(head).encode()
    elif harm == "no backup":
        del parts[CONTENTS]
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    if harm == "the end":
        backup.write_bytes(backup.read_bytes()[:-100])
    before = set(tmp_path.iterdir())
    assert run("restore", backup, tmp_path / "恢复").code == 2
    assert set(tmp_path.iterdir()) == before


# the ledger beside the archive


@pytest.mark.parametrize("act", ["collect", "run", "status", "ledger verify", "ledger history"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_ledger_that_is_gone_is_told_and_not_begun_anew(full: Desk, act: str, empty: bool) -> None:
    for path in (full.task / ".xlsxeval").glob("ledger.sqlite*"):
        path.unlink()
    ledger = full.task / ".xlsxeval" / "ledger.sqlite"
    if empty:
        ledger.touch()
    done = full.run(act)
    assert done.code == 2
    assert "restore" in done.err
    assert "ledger begin" in done.err
    assert ledger.exists() is empty
    assert not empty or ledger.stat().st_size == 0


def test_a_new_ledger_is_begun_when_told(full: Desk) -> None:
    before = states(full.collect())
    for path in (full.task / ".xlsxeval").glob("ledger.sqlite*"):
        path.unlink()
    assert full.run("ledger begin", "--by", "王会计").code == 0
    assert states(full.collect()) == before
    assert full.run("ledger begin", "--by", "王会计").code == 2


def test_a_ruined_page_is_found(full: Desk) -> None:
    with full.workspace().ledger() as ledger:
        ledger.copy_to(full.task / "copy.sqlite")
    path = full.task / ".xlsxeval" / "ledger.sqlite"
    shutil.move(full.task / "copy.sqlite", path)
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    assert full.run("ledger verify").code == 0
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'decisions'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size + 8 : page * size] = bytes(size - 8)
    path.write_bytes(data)
    done = full.run("ledger verify")
    assert done.code != 0
    assert "完好" not in done.out


def test_what_the_ledger_does_not_know_is_told(full: Desk) -> None:
    full.workspace().archive.store(b"unknown to the ledger")
    done = full.run("ledger verify")
    assert done.code == 1
    assert "台账没有记" in done.out


# keys


def _made(folder: str, barrier: object) -> tuple[str, str]:
    barrier.wait()  # type: ignore[attr-defined]
    return campaign_keys(Path(folder)).key.hex(), signing_key(Path(folder)).hex()


def test_of_many_first_uses_at_once_all_get_the_same_keys(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    count = 12
    with context.Manager() as manager, context.Pool(count) as pool:
        barrier = manager.Barrier(count)
        keys = pool.starmap(_made, [(str(tmp_path), barrier)] * count)
    assert len(set(keys)) == 1
    assert keys[0][0] == campaign_keys(tmp_path).key.hex()
    assert sorted(path.name for path in (tmp_path / ".xlsxeval").iterdir()) == ["key", "password", "signing-key"]
    assert {oct(path.stat().st_mode)[-3:] for path in (tmp_path / ".xlsxeval").iterdir()} == {"600"}
