"""Single acts on the disk that hold also when the power goes: written through, never over something else."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path

_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL, errno.EACCES}


def real(path: Path) -> Path:
    """The absolute path without links, as far as they lead anywhere: a link to itself stays what it is."""
    return Path(os.path.realpath(path))


def make_folder(folder: Path) -> None:
    """The folder and those above it, each entry written through."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):  # another run was quicker
        folder.mkdir()
    sync_folder(folder.parent)


def write_through(path: Path, data: bytes) -> None:
    """A new file with all of its bytes on the disk. Raises FileExistsError where there is one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def move_new(source: Path, target: Path) -> None:
    """Gives a file its name in one step. Raises FileExistsError where the name is taken, and leaves the source then."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)  # file systems without links: sticks, shares
    else:
        remove(source)
    sync_folder(target.parent)


def remove(path: Path) -> None:
    """Removes a file, if it is there, also one that is read-only, which Windows refuses to remove.

    Windows keeps that attribute for the content, not for the name: a second name of the same content has to be protected anew.
    """
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        path.chmod(stat.S_IREAD | stat.S_IWRITE)
        path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Removes a folder with all that is in it, as far as that is possible."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with contextlib.suppress(OSError):
                remove(path)
    shutil.rmtree(folder, ignore_errors=True)


def protect(path: Path) -> None:
    """Makes a file read-only, where the file system knows that."""
    if path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        with contextlib.suppress(OSError):
            path.chmod(_READ_ONLY)


def sync_folder(folder: Path) -> None:
    """Writes a folder's entries through, where the system lets one open a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network shares refuse
            os.fsync(handle)
    finally:
        os.close(handle)
