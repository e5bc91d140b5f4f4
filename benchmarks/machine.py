"""On what a run was measured: processor, memory, load, versions."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from xlsxeval import __version__

PACKAGES = (
    "lxml",
    "openpyxl",
    "xlsxwriter",
    "docxtpl",
    "python-docx",
    "formulas",
    "formualizer",
    "formulon",
    "ironcalc",
)


def machine() -> dict[str, str]:
    """What to print above the tables."""
    return {
        "measured": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "load average": load(),
        "Python": platform.python_version(),
        "xlsxeval": __version__,
        "packages": ", ".join(f"{name} {number}" for name, number in _versions().items()),
        "LibreOffice": _libreoffice(),
    }


def load() -> str:
    """The load average of the last minute, 5 and 15 minutes: how much else the machine had to do."""
    return " ".join(f"{number:.2f}" for number in os.getloadavg())


def soffice() -> str | None:
    """LibreOffice's program, where it is installed."""
    return shutil.which("soffice")


def _versions() -> Mapping[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "(not installed)"
    return found


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "unknown"
    return f"{size / 2**30:.0f} GiB"


def _libreoffice() -> str:
    program = soffice()
    if program is None:
        return "(not installed)"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip().removeprefix("LibreOffice ").split(" ")[0] or "unknown"
