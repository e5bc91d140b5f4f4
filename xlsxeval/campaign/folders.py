"""The folders of a campaign that people see, and the tables in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from xlsxeval.campaign.names import distribution_name
from xlsxeval.campaign.source import is_campaign
from xlsxeval.errors import UsageError
from xlsxeval.file_kinds import DOCUMENTS, TABLES
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.parcels import archive_suffixes, is_passed_over

SENT = "下发"
RETURNED = "收回"
RESULTS = "结果"
ANNOTATED = "标注版"
"""Folder in the results for the annotated workbooks that go back to the units."""


def tables_in(folder: Path) -> list[Path]:
    """Tables and archives in a folder at any depth, by name, without lock files and hidden ones."""
    return sorted(path for path in folder.rglob("*") if is_table(path) and path.is_file())


def is_table(path: PurePath) -> bool:
    """Whether a file's name is that of a table or an archive, and not of a lock file or a hidden one."""
    suffix = path.suffix.lower()
    return (suffix in TABLES or suffix in archive_suffixes()) and not is_passed_over(path.name)


def split(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Parts files into workbooks (with everything else that is no document) and Word documents."""
    documents = [path for path in files if path.suffix.casefold() in DOCUMENTS]
    return [path for path in files if path not in documents], documents


def workbook_paths(paths: Iterable[Path]) -> list[Path]:
    """The files to check: each named file, and the tables and archives of each folder at any depth, by name.

    A campaign's folder stands for its 收回. Raises UsageError for a path that does not exist and for a folder with
    nothing to check.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            folder = searched(path)
            inside = tables_in(folder)
            if not inside:
                raise UsageError(f"文件夹 {folder} 里没有要核对的表（.xlsx）。请检查路径。")
            found += inside
        elif path.exists() or path.is_symlink():
            found.append(path)
        else:
            raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    return list(dict.fromkeys(found))


def passed_over(paths: Iterable[Path]) -> list[Path]:
    """Files in the searched folders that :func:`workbook_paths` leaves out, without lock files and hidden ones."""
    folders = [searched(path) for path in paths if path.is_dir()]
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if not is_table(path) and not is_passed_over(path.name)]


def searched(folder: Path) -> Path:
    """The folder to search for tables: a campaign's 收回 where there is one, else the folder itself."""
    return folder / RETURNED if is_campaign(folder) and (folder / RETURNED).is_dir() else folder


def sent_files(campaign: Campaign, unit: Unit) -> list[Path]:
    """Files that lie in 下发 for a unit: its workbook, its archive, or the workbooks of its parts."""
    folder, name = _folder(campaign, SENT), distribution_name(campaign, unit)
    whole = [path for suffix in (".xlsx", ".zip") if (path := folder / f"{name}{suffix}").is_file()]
    return whole or sorted((folder / name).glob("*.xlsx"))


def _folder(campaign: Campaign, name: str = "") -> Path:
    if campaign.directory is None:
        raise UsageError(
            f"任务「{campaign.id}」没有存成文件夹，这一步要在它的文件夹里做。请先用 xlsxeval new 建一个任务文件夹。"
        )
    return campaign.directory / name


def returned_files(campaign: Campaign) -> list[Path]:
    """Tables and archives that lie in 收回, if any."""
    folder = _folder(campaign, RETURNED)
    return tables_in(folder) if folder.is_dir() else []


def uncollected(paths: Sequence[Path], known: set[str]) -> int:
    """Number of files that a ledger does not know. Archives are not counted: the ledger knows them by their members."""
    files = [path for path in paths if path.suffix.lower() not in archive_suffixes()]
    return sum(hashlib.sha256(path.read_bytes()).hexdigest() not in known for path in files)
