"""The folders of a campaign that people see, and the tables in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from xlsxeval.file_kinds import DOCUMENTS, TABLES
from xlsxeval.parcels import archive_suffixes, is_passed_over

SENT = "下发"
RETURNED = "收回"
RESULTS = "结果"
ANNOTATED = "标注版"
"""In the results: the annotated workbooks that go back to the units."""


def tables_in(folder: Path) -> list[Path]:
    """The tables and archives of a folder at any depth, by name, without lock files and hidden ones."""
    return sorted(path for path in folder.rglob("*") if is_table(path) and path.is_file())


def is_table(path: PurePath) -> bool:
    """Whether a file's name is that of a table or an archive, and of no lock file or hidden one."""
    suffix = path.suffix.lower()
    return (suffix in TABLES or suffix in archive_suffixes()) and not is_passed_over(path.name)


def split(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Workbooks (and whatever else is no document), and Word documents."""
    documents = [path for path in files if path.suffix.casefold() in DOCUMENTS]
    return [path for path in files if path not in documents], documents
