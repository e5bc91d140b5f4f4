"""Stores a file and dies at the n-th act on the disk: before it, after it, or in the middle of a write.

``python -m tests.archive.dying FOLDER CONTENT N MOMENT``; exit code 9 where it died, 0 where it came to the end before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xlsxeval.archive import Archive

ACTS = ("mkdir", "open", "write", "fsync", "link", "rename", "unlink", "chmod")


def _count(act: str, moment: str, last: int) -> None:
    real: Callable[..., Any] = getattr(os, act)

    def counted(*args: Any, **kwargs: Any) -> Any:
        _count.number += 1  # type: ignore[attr-defined]
        if _count.number < last:  # type: ignore[attr-defined]
            return real(*args, **kwargs)
        if moment == "torn" and act == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        elif moment == "after":
            real(*args, **kwargs)
        os._exit(9)

    setattr(os, act, counted)


_count.number = 0  # type: ignore[attr-defined]


def main(folder: str, content: str, number: str, moment: str) -> None:
    for act in ACTS:
        _count(act, moment, int(number))
    Archive(Path(folder)).store(content.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
