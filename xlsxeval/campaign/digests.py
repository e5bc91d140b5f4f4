"""SHA-256 digests of the program, of the templates' definitions and of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import xlsxeval
from xlsxeval.forms.library import Library

DEFINITIONS = ("editions", "forms", "checks", "summaries")
"""Folders of the templates that define the forms, the checks and the summaries."""
_GENERATOR = ("calc", "forms", "layout")
"""Packages of the program whose code decides the content of a workbook."""


def digest(*parts: str) -> str:
    """SHA-256 of texts in their order, in hex. Texts that are divided differently give another digest."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8))
        whole.update(data)
    return whole.hexdigest()


@cache
def program_digest() -> str:
    """Digest of this program: its version and, where present, its source, which may change without a new version."""
    package = Path(xlsxeval.__file__).parent
    return digest(xlsxeval.__version__, *_contents(package, "*.py"))


@cache
def generator_digest() -> str:
    """Digest of the part of this program that lays workbooks out from definitions."""
    package = Path(xlsxeval.__file__).parent
    return digest(*(text for room in _GENERATOR for text in (room, *_contents(package / room, "*.py"))))


def definitions_digest(library: Library) -> str:
    """Digest of all definitions of forms, checks and summaries, of every edition: a returned file may be of any."""
    return folders_digest(folder for name in DEFINITIONS for folder in library.folder(name))


def folders_digest(folders: Iterable[Path]) -> str:
    """Digest of the names and bytes of all files in these folders."""
    return digest(*(text for folder in folders for text in (folder.name, *_contents(folder, "*"))))


def file_digest(path: Path) -> str | None:
    """SHA-256 of a file, in hex; None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _contents(folder: Path, pattern: str) -> Iterable[str]:
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix()
            yield file_digest(path) or ""
