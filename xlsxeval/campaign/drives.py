"""Drives that a ledger must not lie on: folders that a program synchronises, and disks of other computers."""

from __future__ import annotations

import os
import re
from pathlib import Path

from xlsxeval.durable import real

_SYNCHRONISED = {
    "onedrive": "OneDrive",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "百度网盘": "百度网盘",
    "百度云同步盘": "百度网盘",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "我的云端硬盘": "Google Drive",
    "mobile documents": "iCloud",
    "iclouddrive": "iCloud",
    "wpsdrive": "WPS 云盘",
    "wps云盘": "WPS 云盘",
    "阿里云盘": "阿里云盘",
    "微云同步助手": "微云",
    "synologydrive": "Synology Drive",
}
"""The names of folders, in small letters, or how they begin → the program that synchronises them."""
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK = frozenset(
    ("cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "ceph", "9p", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2")
)
_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE = 4
"""Windows' number for a drive of another computer."""


def drive_note(folder: Path, mounts: Path = _MOUNTS) -> str:
    """A warning in Chinese where a folder is synchronised or lies on another computer's disk; else empty."""
    whole = real(folder)
    program = _synchronising(whole)
    if program:
        what, why = f"在{program}的同步文件夹里", "同步程序会在台账正写着的时候复制、改回它"
    elif _is_remote(whole, mounts):
        what, why = "在网络盘上", "台账的预写日志只能在一台计算机上用"
    else:
        return ""
    return (
        f"注意：任务 {folder} {what}，{why}，台账可能损坏。请把任务放到本机的盘上，用 xlsxeval backup 备份；"
        "几台计算机一起收表的，台账用 PostgreSQL。"
    )


def _synchronising(whole: Path) -> str:
    for name in map(str.casefold, whole.parts):
        for beginning, program in _SYNCHRONISED.items():
            if name == beginning or name.startswith((f"{beginning} ", f"{beginning}-", f"{beginning}(")):
                return program
    roots = [Path(value) for one in _VARIABLES if (value := os.environ.get(one))]
    return "OneDrive" if any(whole.is_relative_to(root) for root in roots) else ""


def _is_remote(whole: Path, mounts: Path) -> bool:
    if os.name == "nt":  # pragma: no cover - Windows alone
        import ctypes

        drive = whole.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE  # type: ignore[attr-defined, unused-ignore]
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    found: tuple[int, str] = (-1, "")
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        place = Path(_OCTAL.sub(lambda one: chr(int(one[1], 8)), fields[4]))
        if whole.is_relative_to(place):
            found = max(found, (len(place.parts), kinds[0]))
    return found[1] in _NETWORK
