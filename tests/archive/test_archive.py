"""Bytes are kept first, whole, once, and for ever."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import threading
from pathlib import Path

import pytest

from xlsxeval import durable
from xlsxeval.archive import Archive
from xlsxeval.errors import StorageError

DATA = "收回的表".encode() * 1000
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / ".xlsxeval" / "archive")


def _files(archive: Archive) -> list[str]:
    return sorted(path.relative_to(archive.folder).as_posix() for path in archive.folder.rglob("*") if path.is_file())


def _put(archive: Archive, content: bytes) -> None:
    """As somebody would who changes a stored file by hand."""
    path = archive.path(SHA)
    path.chmod(0o644)
    path.write_bytes(content)


def test_what_is_stored_is_read_back(archive: Archive) -> None:
    assert archive.store(DATA) == SHA
    assert archive.read(SHA) == DATA
    assert archive.path(SHA).read_bytes() == DATA
    assert SHA in archive
    assert list(archive) == [SHA]
    assert _files(archive) == [f"{SHA[:2]}/{SHA[2:]}"]


def test_the_empty_file_is_a_content_too(archive: Archive) -> None:
    assert archive.read(archive.store(b"")) == b""


def test_storing_again_changes_nothing(archive: Archive) -> None:
    archive.store(DATA)
    before = archive.path(SHA).stat()
    archive.store(DATA)
    after = archive.path(SHA).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert _files(archive) == [f"{SHA[:2]}/{SHA[2:]}"]


def test_stored_files_are_read_only(archive: Archive) -> None:
    archive.store(DATA)
    assert not archive.path(SHA).stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


@pytest.mark.parametrize("content", [b"", DATA[:-1], DATA[:-1] + b"x", DATA + b"x"])
def test_a_damaged_file_is_found_kept_and_stored_anew(archive: Archive, content: bytes) -> None:
    archive.store(DATA)
    other = archive.store("别的".encode())
    _put(archive, content)
    assert [damage.sha256 for damage in archive.verify()] == [SHA]
    with pytest.raises(StorageError):
        archive.read(SHA)
    archive.store(DATA)
    assert archive.verify() == []
    assert archive.read(SHA) == DATA
    beside = archive.path(SHA).with_name(f"{SHA[2:]}.damaged-1")
    assert beside.read_bytes() == content
    assert sorted(archive) == sorted([SHA, other])
    _put(archive, b"again")
    archive.store(DATA)
    assert beside.read_bytes() == content
    assert beside.with_name(f"{SHA[2:]}.damaged-2").read_bytes() == b"again"


def test_what_is_not_there_is_told(archive: Archive) -> None:
    assert SHA not in archive
    assert list(archive) == []
    assert archive.verify() == []
    assert archive.tidy() == 0
    with pytest.raises(StorageError):
        archive.read(SHA)


@pytest.mark.parametrize("name", ["", "ab", "../" * 20 + "x" * 4, SHA.upper(), SHA + "0", SHA[:-1] + "/"])
def test_only_a_sha256_is_a_name(archive: Archive, name: str) -> None:
    assert name not in archive
    with pytest.raises(ValueError, match="SHA-256"):
        archive.path(name)


def test_leftovers_of_killed_runs_are_cleared_away_and_nothing_else(archive: Archive) -> None:
    archive.store(DATA)
    (archive.folder / "incoming" / "0123.tmp").write_bytes(b"half")
    assert list(archive) == [SHA]
    assert archive.tidy() == 1
    assert _files(archive) == [f"{SHA[:2]}/{SHA[2:]}"]


@pytest.mark.parametrize("act", ["open", "write", "fsync", "link"])
@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_fails_is_told_and_leaves_nothing_behind(
    archive: Archive, act: str, reason: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.store(b"first")
    before = _files(archive)

    def fail(*_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    with monkeypatch.context() as patched:
        patched.setattr(os, act, fail)
        if act == "fsync":  # of a folder it may fail, of a file never
            patched.setattr(durable, "sync_folder", lambda folder: None)
        with pytest.raises(StorageError) as told:
            archive.store(DATA)
    assert str(archive.folder) in str(told.value)
    assert _files(archive) == before
    archive.store(DATA)
    assert archive.read(SHA) == DATA


def test_a_file_system_without_links_will_do(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    archive.store(DATA)
    archive.store(DATA)
    assert archive.read(SHA) == DATA
    assert _files(archive) == [f"{SHA[:2]}/{SHA[2:]}"]


def test_a_run_that_begins_and_tidies_takes_nothing_from_who_is_storing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tidied = durable.write_through, []

    def write(path: Path, data: bytes) -> None:
        real(path, data)
        if not tidied:
            tidied.append(archive.tidy())

    monkeypatch.setattr("xlsxeval.archive.archive.write_through", write)
    assert archive.store(DATA) == SHA
    assert tidied == [1]
    assert archive.read(SHA) == DATA
    assert _files(archive) == [f"{SHA[:2]}/{SHA[2:]}"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive").touch()
    with pytest.raises(StorageError):
        Archive(tmp_path / "archive").store(DATA)


def test_several_who_store_the_same_at_once_store_it_once(archive: Archive) -> None:
    faults: list[Exception] = []

    def work() -> None:
        try:
            for number in range(10):
                archive.store(DATA + bytes([number]))
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(list(archive)) == 10
    assert archive.verify() == []
    assert len(_files(archive)) == 10


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are read-only cannot be removed, as on Windows."""
    unlink = Path.unlink

    def refusing(path: Path, missing_ok: bool = False) -> None:
        if path.exists() and not path.stat().st_mode & stat.S_IWRITE:
            raise PermissionError(errno.EACCES, "Access is denied", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refusing)


@pytest.mark.usefixtures("windows")
def test_a_leftover_that_is_read_only_is_removed_and_its_content_stays_protected(archive: Archive) -> None:
    archive.store(DATA)
    leftover = archive.folder / "incoming" / "0123.tmp"
    os.link(archive.path(SHA), leftover)
    assert not leftover.stat().st_mode & stat.S_IWRITE
    assert archive.tidy() == 1
    assert _files(archive) == [f"{SHA[:2]}/{SHA[2:]}"]
    assert not archive.path(SHA).stat().st_mode & stat.S_IWRITE
    assert archive.store(DATA) == SHA


@pytest.mark.usefixtures("windows")
def test_a_folder_with_read_only_files_is_removed(tmp_path: Path) -> None:
    for name in ("a", "b/c"):
        path = tmp_path / "staging" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        path.chmod(0o400)
    durable.remove_folder(tmp_path / "staging")
    assert not (tmp_path / "staging").exists()
