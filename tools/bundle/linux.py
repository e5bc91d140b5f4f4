"""The Linux folder: an interpreter of its own, a start script, a file for the desktop, the program."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from tools.bundle import contents
from tools.bundle.age import warn_of_age
from tools.bundle.contents import FILES
from tools.bundle.inputs import TARGETS, lock, python_version
from tools.bundle.linux_python import interpreter, linux_python
from tools.bundle.packing import settle_times, tarred
from tools.bundle.windows import NAME

_KINDS: Final = {"x86_64": "Linux，x86_64（海光、兆芯、Intel、AMD）", "aarch64": "Linux，aarch64（鲲鹏、飞腾）"}
_RUN: Final = 0o755


def linux(machine: str, out: Path) -> Path:
    """Makes the folder for ``x86_64`` or ``aarch64`` and its ``.tar.gz``, and returns the folder."""
    told = lock()["interpreter"]["linux"]
    warn_of_age("the Linux interpreter", told["version"], told["date"])
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        folder = work / f"{NAME}-{contents.version()}-linux-{machine}"
        folder.mkdir()
        python, app = folder / "python", folder / "app"
        shutil.copytree(linux_python(machine), python)
        found = contents.program(app, TARGETS[f"linux-{machine}"], work)
        licence = python / "LICENSE.txt"
        contents.write_licences(folder, found, "linux", {f"Python-{python_version()}/LICENSE.txt": licence})
        library = python / "lib" / f"python{python_version()}"
        for modules in (library, app):
            contents.compile_modules(modules, "cache", lambda words: interpreter(python, words))
        app = contents.named_by_content(app)
        _starts(folder, python, app.name)
        words = {"VERSION": contents.version(), "KIND": _KINDS[machine]}
        words["OPEN"] = "双击“绩效自评.desktop”（第一次要在右键菜单里选“允许启动”），或者双击 start.sh、选“运行”。"
        words["OTHER"] = "在终端里运行 ./start.sh，它会说出为什么。"
        words["CONSOLE"] = "./xlsxeval --help"
        (folder / "先读我.txt").write_bytes(contents.written("readme.txt", **words))
        contents.write_list(folder, app.name, f"linux-{machine}")
        settle_times(folder)
        final = out / folder.name
        shutil.rmtree(final, ignore_errors=True)
        shutil.move(folder, final)
    tarred(final, out / f"{final.name}.tar.gz")
    return final


def _starts(folder: Path, python: Path, app: str) -> None:
    for name, target in (("start.sh", "start.sh"), ("console.sh", "xlsxeval"), ("start.desktop", f"{NAME}.desktop")):
        (folder / target).write_bytes(contents.written(name, APP=app))
        (folder / target).chmod(_RUN)
    shutil.copyfile(FILES / "start.py", python / "start.py")
