"""wine as a stand-in for Windows, with the two shims that Debian's wine 8 needs for Python 3.13."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from tools.bundle.inputs import run

_PRNG: Final = """\
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
"""
"""A function that programs written in Rust ask for, by way of an older one."""


class Wine:
    """A Windows of its own in a folder, made when it is first used."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.settings = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "PYTHONHASHSEED": "0"}
        self.settings.pop("PYTHONDONTWRITEBYTECODE", None)

    @property
    def state(self) -> Path:
        """Where the desk keeps its state in there."""
        users = self.prefix / "drive_c" / "users"
        user = next(path for path in users.iterdir() if path.name != "Public")
        return user / "AppData" / "Local" / "xlsxeval"

    def prepare(self, python: Path) -> None:
        """Makes the prefix, and puts the shims into an interpreter's folder; only ever into a copy of a bundle."""
        if not (self.prefix / "system.reg").is_file():
            self.prefix.mkdir(parents=True, exist_ok=True)
            run(["wineboot", "-i"], env=self.settings, stdin=-3)
            run(["winecfg", "-v", "win10"], env=self.settings, stdin=-3)
        source = python / "prng.c"
        source.write_text(_PRNG, encoding="ascii")
        command = ["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-s", "-o", python / "bcryptprimitives.dll", source]
        run([*command, "-ladvapi32"])
        source.unlink()
        (python / "_wmi.pyd").unlink(missing_ok=True)  # without it platform asks in another way
