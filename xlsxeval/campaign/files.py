"""TODO"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxeval.errors import UsageError

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write_file(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: under another name first, then moved to its place."""
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a content that is made piece by piece."""
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
    """Raises UsageError where a file is there already and ``force`` is off: somebody may have typed into it.

    ``way_out`` says what the user can do.
    """
    there = [path for path in paths if path.exists()]
    if there and not force:
        names = "、".join(str(path) for path in there[:3])
        more = f" 等 {len(there)} 个文件" if len(there) > 3 else ""
        raise UsageError(f"{names}{more} 已经存在，可能有人填过，没有覆盖。{way_out}")


def write_new_files(files: Mapping[Path, bytes], *, force: bool = False, way_out: str | None = None) -> None:
    """Writes several files, none of which may be there already. Raises UsageError before anything is written."""
    if way_out is None:
        refuse_existing(files, force=force)
    else:
        refuse_existing(files, force=force, way_out=way_out)
    for path, content in files.items():
        write_file(path, content)


def set_aside(path: Path, content: bytes) -> Path | None:
    """Renames a file that is in the way of other content, to a name that is free; None where there is nothing to do."""
    if not path.exists() or path.read_bytes() == content:
        return None
    number = 1
    while (aside := path.with_stem(f"{path.stem}（旧{number}）")).exists():
        number += 1
    return path.rename(aside)


def file_name(text: str) -> str:
    """A text as part of a file name that every system takes."""
    return _NOT_IN_FILE_NAMES.sub("_", text).strip(" .")[:80] or "_"
