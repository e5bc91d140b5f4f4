"""Folders and files that a page may name: each is known by a key that the server gave out, never by its path."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Lock

_DIGITS = 16


class PathKeys:
    """Paths by the keys under which pages know them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._paths: dict[str, Path] = {}

    def key(self, path: Path) -> str:
        """The key of a path; pages may name it from now on."""
        path = path.absolute()
        key = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        with self._lock:
            self._paths[key] = path
        return key

    def path(self, key: str) -> Path | None:
        """The path of a key that was given out, else None."""
        return self._paths.get(key)
