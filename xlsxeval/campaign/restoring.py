"""A backup unpacked into a folder: proven before anything is moved to its place, and never over what is there unasked."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from xlsxeval.campaign.backup import BackupEntry, entries_of
from xlsxeval.campaign.source import is_campaign
from xlsxeval.durable import remove_folder
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER


@dataclass(frozen=True, slots=True)
class Restored:
    """The folder that a backup was restored into, the number of files, and where the folder's former content is now."""

    folder: Path
    files: int
    aside: Path | None = None


def restore(backup: Path, folder: Path, *, force: bool = False) -> Restored:
    """Restores a backup into a folder, whole or not at all.

    With ``force`` a folder that has anything in it is renamed first. Raises UsageError where it has and ``force`` is off,
    and for a file that is no backup; StorageError for a damaged one.
    """
    if not backup.is_file():
        raise UsageError(f"没有这个备份：{backup}。请检查路径。")
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken and not force:
        raise UsageError(f"{folder} 里已经有东西，没有恢复。请换一个空的文件夹，或确认后加 --force（原来的改名留着）。")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".xlsxeval-restore-"))
    try:
        count = sum(_write(staging, entry) for entry in entries_of(backup))
        _require_campaign(staging, backup)
        aside = _put_aside(folder) if taken else None
        if folder.is_dir():
            folder.rmdir()
        staging.rename(folder)
        folder.chmod(0o755)
    except BaseException:
        remove_folder(staging)
        raise
    return Restored(folder, count, aside)


def _write(staging: Path, entry: BackupEntry) -> int:
    path = staging / _inside(entry.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(entry.data)
        file.flush()
        os.fsync(file.fileno())
    os.utime(path, (entry.time, entry.time))
    path.chmod((entry.mode & 0o777) | 0o400)
    return 1


def _inside(name: str) -> str:
    """The place, where it lies in the folder. Raises StorageError for any other: a backup may have been made to harm."""
    pure, windows = PurePosixPath(name), PureWindowsPath(name)
    if not name or pure.is_absolute() or windows.drive or windows.root or ".." in (*pure.parts, *windows.parts):
        raise StorageError(f"备份里有不该有的路径：{name!a}。没有恢复，请用另一份备份。")
    return name


def _require_campaign(staging: Path, backup: Path) -> None:
    if not is_campaign(staging):
        raise StorageError(f"备份 {backup} 里没有任务文件（campaign.yaml 或 名册.xlsx），没有恢复。")
    if (staging / KEYS_FOLDER).is_dir():
        (staging / KEYS_FOLDER).chmod(0o700)


def _put_aside(folder: Path) -> Path:
    number = 1
    while (aside := folder.with_name(f"{folder.name}（旧{number}）")).exists():
        number += 1
    return folder.rename(aside)
