"""Writing files safely: whole or not at all, never over a file that may hold a user's work, under portable names."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxeval.errors import UsageError

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write_file(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: under a temporary name first, then moved to its place."""
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file from pieces, whole or not at all: under a temporary name first, then moved to its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".xlsxeval-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def refuse_existing(paths: Iterable[Path], *, force: bool, way_out: str = "请换一个目录，或确认后加 --force。") -> None:
    """Raises UsageError where a file exists already and ``force`` is off: a person may have typed into it.

    ``way_out`` is the advice to the user.
    """
    there = [path for path in paths if path.exists()]
    if there and not force:
        names = "、".join(str(path) for path in there[:3])
        more = f" 等 {len(there)} 个文件" if len(there) > 3 else ""
        raise UsageError(f"{names}{more} 已经存在，可能有人填过，没有覆盖。{way_out}")


def write_new_files(files: Mapping[Path, bytes], *, force: bool = False, way_out: str | None = None) -> None:
    """Writes several files, none of which may exist already. Raises UsageError before anything is written."""
    if way_out is None:
        refuse_existing(files, force=force)
    else:
        refuse_existing(files, force=force, way_out=way_out)
    for path, content in files.items():
        write_file(path, content)


def set_aside(path: Path, content: bytes) -> Path | None:
    """Renames a file that is in the way of other content to a free name; None where there is nothing to do."""
    if not path.exists() or path.read_bytes() == content:
        return None
    number = 1
    while (aside := path.with_stem(f"{path.stem}（旧{number}）")).exists():
        number += 1
    return path.rename(aside)


def file_name(text: str) -> str:
    """A text made fit to be part of a file name on every system."""
    return _NOT_IN_FILE_NAMES.sub("_", text).strip(" .")[:80] or "_"
