"""The folders of a campaign that people see, and the tables in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

SENT = "下发"
RETURNED = "收回"
RESULTS = "结果"
ANNOTATED = "标注版"
"""In the results: the annotated workbooks that go back to the units."""

_TABLES = {".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".et", ".ett", ".ods", ".csv", ".numbers", ".zip", ".rar", ".7z"}
"""Kinds of files that units send as their forms. Only .xlsx can be read; the others are told with their reason."""
_DOCUMENTS = {".docx", ".doc", ".docm", ".dotx", ".dot", ".rtf", ".wps", ".odt"}
"""Kinds of files that are taken for reports. Only .docx can be read; the others are told with their reason."""
_SKIPPED_PREFIXES = ("~$", ".", "下发清单")


def tables_in(folder: Path) -> list[Path]:
    """The tables and archives of a folder at any depth, by name, without lock files and hidden ones."""
    return sorted(path for path in folder.rglob("*") if is_table(path) and path.is_file())


def is_table(path: PurePath) -> bool:
    """Whether a file's name is that of a table or an archive, and of no lock file or hidden one."""
    return path.suffix.lower() in _TABLES and not path.name.startswith(_SKIPPED_PREFIXES)


def split(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Workbooks (and whatever else is no document), and Word documents."""
    documents = [path for path in files if path.suffix.casefold() in _DOCUMENTS]
    return [path for path in files if path not in documents], documents
