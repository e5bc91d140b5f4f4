"""A campaign in one file: everything in its folder, the ledger as it is at one moment, and a list that proves each byte."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlsxeval import __version__
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.durable import real
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.forms.keys import find_keys
from xlsxeval.parcels import written_out

CONTENTS = "xlsxeval-backup.json"
"""The member that lists all others, with their places, sizes, digests and times."""
LEDGER = f"{KEYS_FOLDER}/ledger.sqlite"
_FILES = "files"
_SCHEMA = 1
_CHUNK = 1 << 20
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_WHAT = "backup"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A written backup: its path, the number of files in it, and the places of what was no ordinary file."""

    path: Path
    files: int
    left_out: tuple[str, ...]


def back_up(workspace: Workspace, output: Path) -> BackedUp:
    """Writes the campaign into one new file, reads it back, and compares every byte with what was read.

    No other run writes meanwhile. Raises UsageError where the file is there or lies in the campaign's folder;
    LedgerBusyError, StorageError.
    """
    folder = real(workspace.folder)
    if output.exists():
        raise UsageError(f"{output} 已经存在，没有覆盖。请换一个文件名。")
    if folder in real(output).parents:
        raise UsageError(f"{output} 在任务的文件夹里：备份要放在别处，最好是另一块盘。请用 -o 换一个地方。")
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".xlsxeval-") as place:
        packed, left_out = Path(place) / "backup.zip", list[str]()
        if workspace.has_ledger:
            with workspace.ledger(make=False) as ledger, ledger.run(workspace.who, workspace.clock(), _WHAT):
                ledger.copy_to(Path(place) / "ledger.sqlite")
                count = _pack(workspace, packed, Path(place) / "ledger.sqlite", left_out)
        else:
            count = _pack(workspace, packed, None, left_out)
        packed.chmod(0o600)  # the campaign's keys are in it
        for _ in entries_of(packed):
            pass  # every member is compared with its digest as it is read
        packed.rename(output)
    return BackedUp(output, count, tuple(left_out))


def _pack(workspace: Workspace, packed: Path, ledger: Path | None, left_out: list[str]) -> int:
    folder = workspace.folder
    listed = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for number, (name, path) in enumerate(_files(folder, ledger, left_out)):
            member = f"{_FILES}/{number:06d} {written_out(name).rpartition('/')[2]}"
            listed.append(_add(archive, member, name, path))
        head = {
            "schema": _SCHEMA,
            "program": __version__,
            "campaign": workspace.campaign.id,
            "made": workspace.clock().astimezone(dt.UTC).isoformat(),
            "keys": find_keys(folder) is not None,
            "files": listed,
        }
        text = json.dumps(head, ensure_ascii=True, indent=1)
        archive.writestr(zipfile.ZipInfo(CONTENTS, _ZIP_DATE), text, zipfile.ZIP_DEFLATED)
    return len(listed)


def _files(folder: Path, ledger: Path | None, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    """Every ordinary file with its place in the folder; the ledger's copy stands for its file."""
    if ledger is not None:
        yield LEDGER, ledger
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode) or _is_passing(name):
            continue
        if stat.S_ISREG(mode):
            yield name, path
        else:
            left_out.append(written_out(name))


def _is_passing(name: str) -> bool:
    """Whether a file is none that a campaign needs: the ledger's own, which is copied, and what runs leave behind."""
    last = name.rpartition("/")[2]
    return name.startswith((LEDGER, f"{KEYS_FOLDER}/archive/incoming/")) or last.startswith((".xlsxeval-", "~$"))


def _add(archive: zipfile.ZipFile, member: str, name: str, path: Path) -> dict[str, object]:
    whole, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(_member(member), "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            whole.update(chunk)
            size += len(chunk)
            target.write(chunk)
    status = path.stat()
    return {
        "name": os.fsencode(name).hex() if written_out(name) != name else name,
        "hex": written_out(name) != name,
        "member": member,
        "size": size,
        "sha256": whole.hexdigest(),
        "time": status.st_mtime,
        "mode": stat.S_IMODE(status.st_mode),
    }


def _member(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


@dataclass(frozen=True, slots=True)
class BackupEntry:
    """A file in a backup: its place in the campaign's folder, its bytes, its time and its rights."""

    name: str
    data: bytes
    time: float
    mode: int


def entries_of(path: Path) -> Iterator[BackupEntry]:
    """Every file in a backup, proven against the list. Raises StorageError for a damaged backup, UsageError for none."""
    try:
        with zipfile.ZipFile(path) as archive:
            head = json.loads(archive.read(CONTENTS))
            if head["schema"] != _SCHEMA:
                raise UsageError(f"{path} 是更新的 xlsxeval 做的备份，请升级再恢复。")
            for one in head["files"]:
                data = archive.read(one["member"])
                if len(data) != one["size"] or hashlib.sha256(data).hexdigest() != one["sha256"]:
                    raise StorageError(f"备份 {path} 损坏：{one['member']} 与备份时的内容不符。请用另一份备份。")
                name = os.fsdecode(bytes.fromhex(one["name"])) if one["hex"] else str(one["name"])
                yield BackupEntry(name, data, float(one["time"]), int(one["mode"]))
    except KeyError:
        raise UsageError(f"{path} 不是 xlsxeval backup 写的备份。") from None
    except (zipfile.BadZipFile, EOFError, ValueError, TypeError, NotImplementedError, RuntimeError) as error:
        raise StorageError(
            f"备份 {path} 读不出来（{type(error).__name__}）：没有拷完，或者损坏了。请用另一份备份。"
        ) from None
