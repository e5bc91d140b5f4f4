"""Files with secrets: made once, whole or not at all, written through to the disk, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

from xlsxeval.durable import sync_folder, write_through

_WAITS = 50
_SECONDS = 0.1


def keep_once(path: Path, text: str) -> str:
    """What the file holds from now on: ``text`` where there was none, else what was there before. Raises OSError.

    Of any number of processes that make the same file at once, all get the same text, and after a crash there is
    either the whole file or none.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = f"{text}\n".encode("ascii")
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}.tmp")
    write_through(temporary, line)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    except OSError:  # a file system without links: a stick, a share
        with contextlib.suppress(FileExistsError):
            write_through(path, line)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    return _whole(path)


def _whole(path: Path) -> str:
    """The text, up to its end of line: whoever writes it just then without links may not have got there yet."""
    text = path.read_text(encoding="ascii")
    for _ in range(_WAITS):
        if text.endswith("\n"):
            break
        time.sleep(_SECONDS)
        text = path.read_text(encoding="ascii")
    return text.strip()
