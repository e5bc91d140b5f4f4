"""Fonts of this machine: which of those that documents name are there, and what stands in for the others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Final

REPORT_FONTS: Final = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")
"""Fonts that GB/T 9704-2012 documents name, as the shipped templates do."""

_ENGLISH: Final = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
_FREE: Final = {
    "方正小标宋简体": "思源宋体 Bold（OFL）",
    "仿宋_GB2312": "朱雀仿宋（OFL）",
    "仿宋": "朱雀仿宋（OFL）",
    "楷体_GB2312": "霞鹜文楷（OFL）",
    "楷体": "霞鹜文楷（OFL）",
    "黑体": "思源黑体（OFL）",
    "宋体": "思源宋体（OFL）",
}
"""A font that anybody may use in its place, with its licence."""
_SECONDS = 20
_WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


def installed_fonts() -> frozenset[str] | None:
    """Names of the families on this machine, in lower case; None where they cannot be listed."""
    listed = _fontconfig("fc-list", ":", "family")
    if listed is None:
        return _of_windows()
    return frozenset(name.strip().lower() for line in listed.splitlines() for name in line.split(","))


def missing_fonts(names: Iterable[str]) -> Mapping[str, str]:
    """Those of the named fonts that are not here, each with the font that stands in, empty where that is not known.

    Nothing is missing where the fonts of the machine cannot be listed.
    """
    installed = installed_fonts()
    if installed is None:
        return {}
    gone = [name for name in dict.fromkeys(names) if not {name.lower(), _ENGLISH.get(name, name).lower()} & installed]
    return {name: _stand_in(name) for name in gone}


def free_font(name: str) -> str:
    """A free font with the same look, and its licence; empty where none is known."""
    return _FREE.get(name, "")


def _stand_in(name: str) -> str:
    return (_fontconfig("fc-match", "-f", "%{family[0]}", f"{name}:lang=zh-cn") or "").strip()


def _fontconfig(program: str, *arguments: str) -> str | None:
    found = shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run([found, *arguments], capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")


def _of_windows() -> frozenset[str] | None:
    names: set[str] = set()
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, _WINDOWS_FONTS) as key:
                    entries = [winreg.EnumValue(key, index)[0] for index in range(winreg.QueryInfoKey(key)[1])]
            except OSError:
                continue
            for entry in entries:  # "SimSun & NSimSun (TrueType)"
                names |= {name.strip().lower() for name in entry.partition("(")[0].split("&")}
    return frozenset(names) or None
