"""Opening what lies in an inbox: ordinary files only, never waiting, never following."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import LOCK_FILES
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.limits import Limits

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "是文件夹，不是文件"),
    (stat.S_ISLNK, "是符号链接，没有打开"),
    (stat.S_ISFIFO, "是管道，不是文件"),
    (stat.S_ISSOCK, "是套接字，不是文件"),
    (stat.S_ISCHR, "是设备，不是文件"),
    (stat.S_ISBLK, "是设备，不是文件"),
)


def read_file(path: Path, limits: Limits | None = None) -> bytes:
    """The bytes of an ordinary file.

    Raises Rejected: F041 for a lock file; F040 for a folder, link, pipe or device, and for a file that is missing,
    unreadable or still being written; F010 for one that is too large, without reading it.
    """
    most = (limits or Limits()).file_bytes
    if path.name.startswith(LOCK_FILES):
        raise refusal(FaultCode.LOCK_FILE, "是表格软件打开文件时留下的锁文件")
    try:
        _require_ordinary(os.lstat(path))
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            before = os.fstat(descriptor)
            _require_ordinary(before)
            if before.st_size > most:
                raise _too_large(before.st_size, most)
            data = stream.read(most + 1)
            after = os.fstat(descriptor)
    except FileNotFoundError:
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, "文件不存在") from None
    except PermissionError:
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, "没有权限读取文件") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "文件名不合规"
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, f"文件无法读取（{reason}）") from None
    if len(data) > most:
        raise _too_large(len(data), most)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
        raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, "文件正在写入，读取时仍在变化")
    return data


def _require_ordinary(status: os.stat_result) -> None:
    for test, detail in _KINDS:
        if test(status.st_mode):
            raise refusal(FaultCode.NOT_AN_ORDINARY_FILE, detail)


def _too_large(size: int, most: int) -> Rejected:
    return refusal(FaultCode.TOO_LARGE, f"文件有 {size / 2**20:.1f} MB，上限是 {most / 2**20:.0f} MB")
