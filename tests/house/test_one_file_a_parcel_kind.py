"""A kind of parcel is one file: with it come opening, the files that a folder is searched for, and what ``check`` says."""

from __future__ import annotations

import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlsxeval.parcels.kinds as package
from xlsxeval.campaign.folders import is_table
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.sniff import require_zip
from xlsxeval.parcels import Origin, archive_suffixes, open_parcel, parcel_name
from xlsxeval.parcels.kinds import parcel_kinds

HELD = """
import io
import tarfile

from xlsxeval.parcels.kind import ParcelKind


def members(data, limits, origin):
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return origin, [(one.name, archive.extractfile(one).read()) for one in archive if one.isfile()]


KIND = ParcelKind("tar 归档", suffixes=(".tar",), magic=b"unit/", is_archive=True, members=members)
"""
REFUSED = """
from xlsxeval.parcels.kind import ParcelKind

KIND = ParcelKind("磁盘映像", suffixes=(".iso",), advice="是磁盘映像，打不开；请把里面的文件发来")
"""
NAMES = ("added_tar", "added_iso")


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two more modules in the package of kinds."""
    for name, text in zip(NAMES, (HELD, REFUSED), strict=True):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
        _forget()
        yield
    for name in NAMES:
        sys.modules.pop(f"{package.__name__}.{name}", None)
    _forget()


def _forget() -> None:
    parcel_kinds.cache_clear()
    archive_suffixes.cache_clear()


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        entry = tarfile.TarInfo("unit/表.xlsx")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"book"))
    return buffer.getvalue()


@pytest.mark.usefixtures("added")
def test_a_new_file_is_all_that_a_new_kind_needs() -> None:
    (piece,) = open_parcel("收表", _tar(), Origin())
    assert (piece.source, piece.data) == ("收表 › unit/表.xlsx", b"book")
    assert is_table(Path("收回/收表.TAR"))
    with pytest.raises(Rejected) as refused:
        require_zip(_tar())
    assert (refused.value.fault.code, "tar 归档" in refused.value.fault.detail) == ("F014", True)


@pytest.mark.usefixtures("added")
def test_a_kind_that_is_not_opened_is_refused_with_its_advice() -> None:
    (piece,) = open_parcel("光盘.ISO", b"\0" * 9, Origin())
    assert piece.fault is not None
    assert (piece.fault.code, piece.fault.detail) == ("F014", "是磁盘映像，打不开；请把里面的文件发来")
    assert not is_table(Path("光盘.iso"))


def test_without_its_file_a_kind_is_not_known() -> None:
    assert not is_table(Path("收表.tar"))
    assert parcel_name(_tar()) is None
    (piece,) = open_parcel("光盘.iso", _tar(), Origin())
    assert (piece.data, piece.fault) == (_tar(), None)


@pytest.mark.parametrize("kind", parcel_kinds(), ids=lambda kind: kind.name)
def test_a_kind_can_be_told_from_the_others(kind: package.ParcelKind) -> None:
    others = [one for one in parcel_kinds() if one is not kind]
    assert kind.magic or kind.suffixes
    assert not any(one.magic and kind.magic.startswith(one.magic) for one in others)
    assert not any(ours.endswith(one.suffixes) for one in others for ours in kind.suffixes)


@pytest.mark.parametrize("suffix", [suffix for kind in parcel_kinds() for suffix in kind.suffixes])
def test_the_page_for_collecting_names_it(suffix: str) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "guide" / "collection.md"
    table = page.read_text(encoding="utf-8").partition("\n## 能收什么\n")[2].partition("\n## ")[0]
    assert suffix in table
