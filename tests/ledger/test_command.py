"""``xlsxeval ledger`` on a campaign."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.running import CAMPAIGN, run, run_process
from tests.ledger.books import NOON, WHO, finding, later
from xlsxeval.archive import Archive
from xlsxeval.ledger import Ledger
from xlsxeval.ledger.schema import EVENTS

ID = "shili-2024"


@pytest.fixture
def task(tmp_path: Path) -> Path:
    """A campaign of which one file came back."""
    folder = tmp_path / "任务"
    folder.mkdir()
    shutil.copy(CAMPAIGN / "campaign.yaml", folder)
    sha256 = Archive(folder / ".xlsxeval" / "archive").store(b"data")
    with _ledger(folder) as ledger, ledger.write(WHO, NOON, "collect") as w:
        one = w.submission("001", None, sha256, w.receipt(sha256, 4, "表.xlsx", "收回/表.xlsx"))
        w.judgement(one, "findings", [finding()])
        w.accept(one)
    return folder


def _ledger(folder: Path) -> Ledger:
    return Ledger.open(folder / ".xlsxeval" / "ledger.sqlite", ID, NOON)


def test_history_tells_actions_and_what_they_recorded(task: Path) -> None:
    done = run("ledger", "history", task)
    assert done.code == 0, done.err
    head, *lines = done.out.splitlines()
    assert head.startswith("1  ")
    assert WHO in head
    assert "收回/表.xlsx" in lines[0]
    assert run("ledger", "history", task, "--unit", "001").out == done.out


def test_an_unknown_unit_and_a_campaign_without_ledger_are_told(task: Path, tmp_path: Path) -> None:
    assert run("ledger", "history", task, "--unit", "999").code == 2
    shutil.rmtree(task / ".xlsxeval")
    for arguments in (["history"], ["verify"], ["unlock"], ["export", "-o", str(tmp_path / "out")]):
        assert run("ledger", *arguments, task).code == 2
    assert not (task / ".xlsxeval").exists()


def test_export_writes_a_file_a_table(task: Path, tmp_path: Path) -> None:
    for style in ("csv", "json", "parquet"):
        done = run("ledger", "export", task, "-o", tmp_path / style, "--format", style)
        assert done.code == 0, done.err
        files = [str(tmp_path / style / f"{table.name}.{style}") for table in EVENTS]
        assert done.out.splitlines() == files
        assert sorted(map(str, (tmp_path / style).iterdir())) == sorted(files)
    with (tmp_path / "csv" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["cell"], row["shown"]) == ("G4", "'=1+1")
    (kept,) = json.loads((tmp_path / "json" / "findings.json").read_text(encoding="utf-8"))["rows"]
    assert kept["shown"] == "=1+1"
    assert pq.read_table(tmp_path / "parquet" / "findings.parquet").num_rows == 1


def test_an_export_is_replaced_only_when_asked(task: Path, tmp_path: Path) -> None:
    assert run("ledger", "export", task, "-o", tmp_path / "out").code == 0
    assert run("ledger", "export", task, "-o", tmp_path / "out").code == 2
    assert run("ledger", "export", task, "-o", tmp_path / "out", "--force").code == 0


def test_without_pyarrow_parquet_is_told_and_nothing_written(
    task: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("ledger", "export", task, "-o", tmp_path / "out", "--format", "parquet")
    assert done.code == 2
    assert "xlsxeval[parquet]" in done.err
    assert not (tmp_path / "out").exists()


def test_verify_finds_what_is_damaged_and_what_is_missing(task: Path) -> None:
    assert run("ledger", "verify", task).code == 0
    archive = Archive(task / ".xlsxeval" / "archive")
    (sha256,) = archive
    path = archive.path(sha256)
    path.chmod(0o644)
    path.write_bytes(b"dat")
    damaged = run("ledger", "verify", task)
    path.unlink()
    missing = run("ledger", "verify", task)
    assert (damaged.code, missing.code) == (1, 1)
    assert len(damaged.out.splitlines()) == len(missing.out.splitlines()) == 1
    assert sha256[2:] in damaged.out
    assert "收回/表.xlsx" in missing.out


def test_unlock_frees_the_ledger(task: Path) -> None:
    with _ledger(task) as ledger:
        held = ledger.run(WHO, NOON, "collect")
        held.__enter__()
        assert run("ledger", "unlock", task).code == 0
        with ledger.run(WHO, later(1), "collect"):
            pass


def test_the_ledger_is_where_the_environment_says(task: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite"
    shutil.move(task / ".xlsxeval" / "ledger.sqlite", elsewhere)
    assert run("ledger", "history", task).code == 2
    by_option = run("ledger", "history", task, "--ledger", elsewhere)
    by_environment = run_process("ledger", "history", task, environment={"XLSXEVAL_LEDGER": str(elsewhere)})
    assert by_option.code == by_environment.code == 0
    assert by_option.out == by_environment.out


@pytest.mark.parametrize("name", ["history", "export", "verify", "unlock"])
def test_every_subcommand_has_an_example_and_the_exit_codes(name: str) -> None:
    done = run("ledger", name, "--help")
    assert done.code == 0
    assert f"xlsxeval ledger {name} 任务" in done.out
    assert "退出码：" in done.out
