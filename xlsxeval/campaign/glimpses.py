"""Glimpses: the attributes of files, without their content. Two equal glimpses mean that no file changed in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsxeval.campaign.digests import DEFINITIONS
from xlsxeval.forms.campaign import FILE_NAME
from xlsxeval.resources import template_folders

Glimpse = tuple[tuple[str, int, int, int], ...]


def glimpse(files: Iterable[Path]) -> Glimpse:
    """Name, time of change, size and inode number of each file that exists."""
    return tuple(_seen(files))


def definition_glimpse(campaign: Path | None, templates: Path) -> Glimpse:
    """Glimpse of all that a campaign is read from: its own files, and the templates' definitions."""
    own = [] if campaign is None else campaign_files(campaign)
    folders = (folder / name for folder in template_folders(templates) for name in DEFINITIONS)
    definitions = (path for folder in folders for path in sorted(folder.rglob("*.yaml")))
    return glimpse([*own, *definitions])


def campaign_files(path: Path) -> list[Path]:
    """Files that a campaign may be read from: those of a folder, or the one that was named."""
    return [path / FILE_NAME, *sorted(path.glob("*.xlsx"))] if path.is_dir() else [path]


def _seen(files: Iterable[Path]) -> Iterator[tuple[str, int, int, int]]:
    for path in files:
        try:
            stat = path.lstat()
        except OSError:
            continue
        yield str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino
