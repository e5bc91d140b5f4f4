"""Disks that are full, folders without rights, files that are no ledger: told, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.books import CAMPAIGN, NOON, WHO, arrive, finding, submit
from xlsxeval.errors import LedgerBusyError, StorageError, UsageError
from xlsxeval.ledger import Ledger

NOBODY = 65534
TOLD = 17


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that other users can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_full_disk_loses_nothing_and_the_next_run_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲")

    def overfill() -> None:
        with Ledger.open(path, CAMPAIGN, NOON) as ledger:
            _limit(ledger, pages=60)
            with ledger.write(WHO, NOON, "collect") as w:
                one = submit(w, "乙")
                w.judgement(one, "findings", [finding(f"G{row}") for row in range(5000)])

    with pytest.raises(StorageError) as told:
        overfill()
    assert not isinstance(told.value, LedgerBusyError)
    assert str(path) in str(told.value)
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        assert len(w.receipts()) == 1
        arrive(w, "乙")
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.read() as r:
        assert len(r.receipts()) == 2


def _limit(ledger: Ledger, pages: int) -> None:
    """SQLite says that the disk is full once the file has that many pages."""

    ledger._engine.dispose()  # connections made from here on

    @sa.event.listens_for(ledger._engine, "connect")
    def _connect(connection: object, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]


def test_a_folder_without_rights_is_told(open_to_all: Path) -> None:
    path = open_to_all / "ledger.sqlite"
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲")
    open_to_all.chmod(0o555)
    path.chmod(0o444)
    assert _in_a_child(lambda: _write(path)) == TOLD
    open_to_all.chmod(0o755)
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.read() as r:
        assert len(r.receipts()) == 1


def _write(path: Path) -> None:
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "乙")


def _in_a_child(act: Callable[[], None]) -> int:
    """Runs it in a process that is not root's, for whom rights mean nothing; TOLD where it raised a StorageError."""
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            act()
        except StorageError:
            os._exit(TOLD)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        Ledger.open(tmp_path / "file" / "ledger.sqlite", CAMPAIGN, NOON)


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be taken for one" * 20, b"SQLite format 3\0" * 99]
)
def test_a_file_that_is_no_ledger_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(content)
    with pytest.raises(StorageError):
        Ledger.open(path, CAMPAIGN, NOON)
    assert path.read_bytes() == content


def test_a_ledger_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    def use() -> None:
        with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
            w.judgement(submit(w, "乙"), "findings", [finding()])

    with pytest.raises(StorageError):
        use()


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "任务？ 100% #1?mode=memory" / "ledger.sqlite"
    Ledger.open(path, CAMPAIGN, NOON).close()
    assert path.is_file()


def test_the_file_of_another_campaign_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger.open(path, "first", NOON).close()
    with Ledger.open(path, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲")  # nothing was recorded under the first id
    with pytest.raises(UsageError, match=CAMPAIGN):
        Ledger.open(path, "renamed", NOON)


@pytest.mark.parametrize("address", ["mysql://u@h/d", "postgresql://u@h:port/d", "://"])
def test_an_address_that_cannot_be_is_told(address: str) -> None:
    with pytest.raises(UsageError):
        Ledger.open(address, CAMPAIGN, NOON)


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as told:
        Ledger.open(f"postgresql://u:secret@/d?host={tmp_path}", CAMPAIGN, NOON)
    assert "secret" not in str(told.value)
