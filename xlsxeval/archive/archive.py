"""A folder of contents, each a read-only file at ``ab/cdef…``: the first two and the other digits of its SHA-256."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.durable import make_folder, move_new, protect, remove, sync_folder, write_through
from xlsxeval.errors import StorageError

FOLDER = "archive"
"""In a campaign's ``.xlsxeval`` folder."""
_INCOMING = "incoming"
_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_REASONS = {
    errno.ENOSPC: "磁盘满了。请腾出空间再运行",
    errno.EDQUOT: "磁盘配额用完了。请腾出空间再运行",
    errno.EROFS: "在只读的盘上。请换一个能写的文件夹",
    errno.EACCES: "没有权限。请检查文件夹的权限",
    errno.EPERM: "没有权限。请检查文件夹的权限",
    errno.EIO: "磁盘出错。请先备份这个文件夹，再检查磁盘",
}


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the archive whose bytes no longer are those of its name."""

    sha256: str
    path: Path


class Archive:
    """The archive in a folder, which is made when the first file is stored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def store(self, data: bytes) -> str:
        """Keeps the bytes and gives back their SHA-256; they are on the disk when this returns.

        A content that is there already is left as it is. Where its file was damaged from outside, that file is put
        beside as ``….damaged-1`` and the content stored anew. Raises StorageError; nothing half written stays then.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with self._told("写入"):
            if not path.exists() or not _holds(path, sha256, len(data)):
                self._add(path, sha256, data)
            else:
                sync_folder(path.parent)  # a killed run may have got no further
            protect(path)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of that SHA-256. Raises StorageError where they are missing or damaged."""
        path = self.path(sha256)
        try:
            with self._told("读取"):
                data = path.read_bytes()
        except FileNotFoundError:
            raise StorageError(f"存档里没有这个文件：{path}。请从备份恢复，或请单位重新报送。") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(f"存档里的文件损坏了：{path}，内容与编号不符。请从备份恢复，或请单位重新报送。")
        return data

    def path(self, sha256: str) -> Path:
        """Where a content lies, or would. Raises ValueError for what is no SHA-256 in lower-case hex."""
        if not _SHA256.match(sha256):
            raise ValueError(f"no SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:]

    def __contains__(self, sha256: object) -> bool:
        return isinstance(sha256, str) and bool(_SHA256.match(sha256)) and self.path(sha256).is_file()

    def __iter__(self) -> Iterator[str]:
        """The SHA-256 of every content, in order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _SHA256.match(path.parent.name + path.name):
                yield path.parent.name + path.name

    def verify(self) -> list[Damage]:
        """The files whose bytes were changed from outside, or that cannot be read whole."""
        with self._told("读取"):
            paths = [(sha256, self.path(sha256)) for sha256 in self]
            return [Damage(sha256, path) for sha256, path in paths if not _holds(path, sha256)]

    def tidy(self) -> int:
        """Removes what killed runs left half written, and gives back how many. Only for who holds the campaign's run.

        Nothing in there was ever promised: a content counts from the moment that it has its name. Who is storing one
        just then stores it again.
        """
        leftovers = list((self.folder / _INCOMING).glob("*.tmp"))
        with self._told("写入"):
            for path in leftovers:
                stored = self.path(_digest(path)) if path.stat().st_nlink > 1 else None
                remove(path)
                if stored is not None and stored.is_file():
                    protect(stored)
        return len(leftovers)

    def _add(self, path: Path, sha256: str, data: bytes) -> None:
        incoming = self.folder / _INCOMING
        make_folder(incoming)
        make_folder(path.parent)
        for last in (False, True):
            temporary = incoming / f"{secrets.token_hex(8)}.tmp"
            try:
                write_through(temporary, data)
                if path.exists() and not _holds(path, sha256, len(data)):
                    _put_beside(path)
                with contextlib.suppress(FileExistsError):  # another run stored the same content meanwhile
                    move_new(temporary, path)
            except FileNotFoundError:
                if last or temporary.exists() or not incoming.is_dir():
                    raise
                continue  # a run that began meanwhile tidied it away
            else:
                return
            finally:
                with contextlib.suppress(OSError):
                    remove(temporary)

    @contextmanager
    def _told(self, act: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            if act == "读取":
                raise
            raise StorageError(f"存档 {self.folder} 不能写入：文件夹被移走了。请检查路径，再运行一次。") from None
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}。请检查这个文件夹")
            raise StorageError(f"存档 {self.folder} 不能{act}：{reason}。已经存下的都还在。") from error


def _holds(path: Path, sha256: str, size: int | None = None) -> bool:
    if size is not None and path.stat().st_size != size:
        return False
    return _digest(path) == sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_beside(path: Path) -> None:
    """Renames a damaged file to a name that is free: nothing is thrown away."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
