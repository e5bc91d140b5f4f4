"""``check`` of files elsewhere, by other machines, with Parquet: what it tells is what the plain command tells."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fsspec.implementations.memory import MemoryFileSystem

from tests.workers.clusterdesk import cluster
from xlsxeval.cli import cli
from xlsxeval.errors import UsageError
from xlsxeval.judging.remote_files import FarJudge
from xlsxeval.resources import samples_directory

SENT = samples_directory() / "chenxi-2024" / "submitted"


def check(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, ["check", *map(str, arguments), "--fail-on", "never"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A return, the same once more, and rubbish."""
    folder = tmp_path / "in"
    (folder / "再报").mkdir(parents=True)
    for name in ("1.xlsx", "再报/2.xlsx"):
        shutil.copy(SENT / "as-printed.xlsx", folder / name)
    (folder / "坏的.xlsx").write_bytes(b"rubbish")
    return folder


def parquet(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_a_cluster_tells_what_the_plain_command_tells(inbox: Path, tmp_path: Path) -> None:
    plain = check(inbox, "--format", "json").stdout
    with cluster() as desk:
        told = check(inbox, "--format", "json", "--scheduler", desk.address, "--parquet", tmp_path / "out").stdout
    assert told == plain
    here = tmp_path / "here"
    assert check(inbox, "--format", "json", "--parquet", here).stdout == plain
    assert parquet(here) == parquet(tmp_path / "out")


def test_files_of_an_object_store_are_told_by_their_address(inbox: Path, tmp_path: Path) -> None:
    store = MemoryFileSystem()
    store.put(str(inbox), "/收到", recursive=True)
    store.pipe_file("/收到/~$1.xlsx", b"lock")
    try:
        plain = check(inbox, "--format", "jsonl").stdout
        told = check("memory://收到", "--format", "jsonl", "-j", 1).stdout
        check("memory://收到", "--parquet", "memory://结果", "-j", 1)
        kept = store.find("/结果")
    finally:
        store.rm("/收到", recursive=True)
    assert told.replace("memory:///收到", str(inbox)) == plain
    assert len(kept) == 2 * len({path.rpartition("/")[2] for path in kept})


def test_an_address_of_this_machine_is_a_path(inbox: Path) -> None:
    assert check(f"file://{inbox}", "--format", "jsonl").stdout == check(inbox, "--format", "jsonl").stdout


def test_what_is_missing_for_a_cluster_is_told(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxeval.workers.cluster", None)
    told = CliRunner().invoke(cli, ["check", str(inbox), "--scheduler", "tcp://127.0.0.1:9"]).exception
    assert "pip install 'xlsxeval[cluster]'" in str(told)


@pytest.mark.parametrize("address", ["nosuch://x/y", "memory://没有的"])
def test_an_address_that_leads_nowhere_is_told(address: str) -> None:
    told = CliRunner().invoke(cli, ["check", address]).exception
    assert isinstance(told, UsageError)
    assert address in str(told)


def test_what_was_judged_is_not_judged_again(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "out"
    first = check(inbox, "--format", "json", "--parquet", results).stdout
    (inbox / "新来的.xlsx").write_bytes(b"new")
    judged = []
    plain = FarJudge.__call__
    monkeypatch.setattr(FarJudge, "__call__", lambda self, where: judged.append(Path(where).name) or plain(self, where))
    assert (
        check(inbox / "1.xlsx", inbox / "再报", inbox / "坏的.xlsx", "--format", "json", "--parquet", results).stdout
        == first
    )
    assert judged == []
    check(inbox, "--parquet", results)
    assert judged == ["新来的.xlsx"]
    before = len(parquet(results))
    (inbox / "新来的.xlsx").unlink()
    check(inbox, "--parquet", results)
    assert len(parquet(results)) == before - 2


def test_an_annotated_copy_is_for_this_machine(inbox: Path, tmp_path: Path) -> None:
    arguments = ["check", str(inbox), "--parquet", str(tmp_path / "out"), "--annotate", str(tmp_path / "marked")]
    assert "--annotate" in str(CliRunner().invoke(cli, arguments).exception)
