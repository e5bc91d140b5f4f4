"""Archives whose bytes depend on their content alone: names in order, one time, no owner."""

from __future__ import annotations

import gzip
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.bundle.inputs import SOURCE_DATE

_EXECUTABLE: Final = 0o755
_PLAIN: Final = 0o644


def files_of(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in the order of its path."""
    yield from sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def zipped(folder: Path, archive: Path, *, level: int = 9) -> Path:
    """The folder as a zip archive that holds it under its own name."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as pack:
        for path in files_of(folder):
            add(pack, f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes(), level=level)
    return archive


def add(pack: zipfile.ZipFile, name: str, data: bytes, *, level: int = 9) -> None:
    """One member of a zip archive. Names that are not ASCII are marked as UTF-8."""
    member = zipfile.ZipInfo(name, SOURCE_DATE.timetuple()[:6])
    member.create_system = 3
    member.external_attr = (0o100000 | _PLAIN) << 16
    member.compress_type = pack.compression
    pack.writestr(member, data, compresslevel=level)


def tarred(folder: Path, archive: Path) -> Path:
    """The folder as a ``.tar.gz`` that holds it under its own name; files that may be run stay so."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, SOURCE_DATE.timestamp()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as pack,
    ):
        for path in files_of(folder):
            member = tarfile.TarInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}")
            member.size, member.mtime = path.stat().st_size, int(SOURCE_DATE.timestamp())
            member.mode = _EXECUTABLE if path.stat().st_mode & 0o100 else _PLAIN
            with path.open("rb") as file:
                pack.addfile(member, file)
    return archive


def settle_times(folder: Path) -> None:
    """Gives every file and folder the bundle's time: installers read it."""
    when = SOURCE_DATE.timestamp()
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (when, when))
