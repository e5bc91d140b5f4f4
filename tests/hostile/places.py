"""What lies in an inbox and is no ordinary file, or has no ordinary name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.intake.ooxml import workbook

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True)
class Spot:
    """One odd thing in a folder: its name, the code it must get (None: read as any file), and how to put it there.

    ``possible`` is whether this system, and who runs it, can have such a thing.
    """

    name: str
    code: str | None
    put: Callable[[Path], Path]
    possible: bool = True


SPOTS: list[Spot] = []


def _spot(code: str | None, *, possible: bool = True) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    def register(put: Callable[[Path], Path]) -> Callable[[Path], Path]:
        SPOTS.append(Spot(put.__name__, code, put, possible))
        return put

    return register


def _named(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(workbook())
    return path


@_spot("F040")
def folder_with_the_name_of_a_workbook(folder: Path) -> Path:
    path = folder / "文件夹.xlsx"
    path.mkdir()
    return path


@_spot("F040", possible=hasattr(os, "mkfifo"))
def pipe(folder: Path) -> Path:
    path = folder / "管道.xlsx"
    os.mkfifo(path)
    return path


@_spot("F040", possible=os.name != "nt")
def link_out_of_the_inbox(folder: Path) -> Path:
    path = folder / "链接.xlsx"
    path.symlink_to("/etc/passwd")
    return path


@_spot("F040", possible=os.name != "nt")
def link_to_itself(folder: Path) -> Path:
    path = folder / "自己.xlsx"
    path.symlink_to(path.name)
    return path


@_spot("F040", possible=os.name != "nt" and not AS_ROOT)
def unreadable_file(folder: Path) -> Path:
    path = _named(folder, "无权限.xlsx")
    path.chmod(0)
    return path


@_spot("F041")
def lock_file_of_excel(folder: Path) -> Path:
    return _named(folder, "~$附件1.xlsx")


@_spot("F041")
def lock_file_of_libreoffice(folder: Path) -> Path:
    return _named(folder, ".~lock.附件1.xlsx#")


@_spot(None, possible=os.name != "nt")
def path_of_more_than_260_characters(folder: Path) -> Path:
    deep = folder.joinpath(*["很长很长的文件夹名字" * 3] * 9)
    deep.mkdir(parents=True)
    return _named(deep, "表.xlsx")


@_spot(None, possible=os.name != "nt")
def name_with_a_newline(folder: Path) -> Path:
    return _named(folder, "第一行\n第二行\x1b[31m.xlsx")


@_spot(None)
def name_with_emoji(folder: Path) -> Path:
    return _named(folder, "自评表😀👨‍👩‍👧.xlsx")


@_spot(None, possible=os.name != "nt")
def name_of_a_windows_device(folder: Path) -> Path:
    return _named(folder, "CON.xlsx")


@_spot(None)
def name_that_reads_from_right_to_left(folder: Path) -> Path:
    return _named(folder, "表\u202exslx.xlsx")


@_spot(None, possible=os.name == "posix" and os.uname().sysname == "Linux")
def name_that_is_no_text(folder: Path) -> Path:
    """Bytes of GBK as a name on a system of UTF-8: common after unpacking an archive from Windows."""
    return _named(folder, os.fsdecode("自评表.xlsx".encode("gbk")))
