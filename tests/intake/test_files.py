"""Opening what lies in an inbox: only ordinary files, and never a wait."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xlsxeval.intake.reader import Rejected, read_file
from xlsxeval.limits import Limits


def fault_code(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Rejected) as caught:
        read_file(path, limits)
    return caught.value.fault.code


def test_an_ordinary_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "株洲 \u202e.xlsx"
    path.write_bytes(b"abc")
    assert read_file(path) == b"abc"


def test_folder_missing_file_and_bad_name(tmp_path: Path) -> None:
    assert fault_code(tmp_path) == "F040"
    assert fault_code(tmp_path / "none.xlsx") == "F040"
    assert fault_code(tmp_path / "a\0b.xlsx") == "F040"
    assert fault_code(tmp_path / ("长" * 300 + ".xlsx")) == "F040"


@pytest.mark.parametrize("name", ["~$附件1.xlsx", ".~lock.附件1.xlsx#", ".~附件1.xlsx"])
def test_lock_files_of_excel_libreoffice_and_wps(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert fault_code(tmp_path / name) == "F041"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a matter of POSIX")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert fault_code(tmp_path / "pipe.xlsx") == "F040"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.xlsx").write_bytes(b"x")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "real.xlsx")
    assert fault_code(tmp_path / "link.xlsx") == "F040"


def test_a_device_is_refused() -> None:
    assert fault_code(Path(os.devnull)) == "F040"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    assert fault_code(path) == "F040"


def test_a_file_beyond_the_bound_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(11))
    assert fault_code(path, Limits(file_bytes=10)) == "F010"
    assert len(read_file(path, Limits(file_bytes=11))) == 11


def test_a_file_that_is_still_growing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"first half")
    true_fstat = os.fstat

    def grows_after_the_first_look(descriptor: int) -> os.stat_result:
        status = true_fstat(descriptor)
        with path.open("ab") as stream:
            stream.write(b"more")
        return status

    monkeypatch.setattr(os, "fstat", grows_after_the_first_look)
    assert fault_code(path) == "F040"
