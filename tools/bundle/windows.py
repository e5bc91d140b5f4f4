"""The Windows folder: a signed interpreter, launchers, the program; and an installer of it."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.bundle import contents
from tools.bundle.age import warn_of_age
from tools.bundle.contents import FILES
from tools.bundle.inputs import TARGETS, BundleError, lock, package, python_version, run
from tools.bundle.packing import add, files_of, settle_times, zipped
from tools.bundle.signatures import SIGNED, require_catalogued, require_signed

NAME: Final = "绩效自评"
LEFT_OUT: Final = re.compile(
    r"(ensurepip|idlelib|site-packages|test|tkinter|turtledemo|venv|lib2to3|pydoc_data|__phello__)/|turtle\.py|antigravity\.py"
)
"""Modules of the standard library that nothing here imports: windows of Tk, installers, tests."""
_TK: Final = re.compile(r"(tcl|tk)\d|_tkinter|winsound|_msi|_test|_ctypes_test|vcruntime140_threads|\.ico$")


def windows(out: Path, *, python_zip: Path | None = None) -> Path:
    """Makes the folder and its zip archive, and returns the folder.

    ``python_zip`` is an embeddable archive of python.org, which is then taken in place of the locked interpreter.
    """
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        folder = work / f"{NAME}-{contents.version()}-windows"
        folder.mkdir()
        python = folder / "python"
        python.mkdir()
        library = _embeddable(python_zip, python) if python_zip else _locked(work, python)
        app = folder / "app"
        found = contents.program(app, TARGETS["windows"], work)
        contents.write_licences(
            folder, found, "windows", {f"Python-{python_version()}/LICENSE.txt": python / "LICENSE.txt"}
        )
        if library is not None:
            contents.compile_modules(library, "beside", lambda words: interpreter(python, words, library=library))
            _packed_library(library, python / f"python{_number()}.zip")
        contents.compile_modules(app, "cache", lambda words: interpreter(python, words))
        app = contents.named_by_content(app)
        _write_path(python, [f"..\\{app.name}"])
        _launchers(folder)
        told = contents.written(
            "readme.txt",
            VERSION=contents.version(),
            KIND="Windows 10、11，64 位",
            OPEN="双击“绩效自评.exe”。",
            OTHER="双击“备用启动.cmd”，它用有签名的 python 打开，不完整时会说出来。",
            CONSOLE="在这个文件夹里运行 xlsxeval.exe --help",
        )
        (folder / "先读我.txt").write_bytes(b"\xef\xbb\xbf" + told.replace(b"\n", b"\r\n"))
        contents.write_list(folder, app.name, "windows")
        settle_times(folder)
        final = out / folder.name
        shutil.rmtree(final, ignore_errors=True)
        shutil.move(folder, final)
    zipped(final, out / f"{final.name}.zip")
    return final


def _number() -> str:
    return python_version().replace(".", "")


def _locked(work: Path, python: Path) -> Path:
    """The locked interpreter, its signatures looked at; returns its library as modules."""
    told = lock()["interpreter"]["windows"]
    warn_of_age("the Windows interpreter", told["version"], told["date"])
    with tarfile.open(package("windows-python")) as pack:
        member = next(one for one in pack.getmembers() if one.name.endswith("/data.zip"))
        data = pack.extractfile(member)
        assert data is not None
        inner = zipfile.ZipFile(io.BytesIO(data.read()))
    base = work / "interpreter"
    wanted = re.compile(rf"cp{_number()}/(?!include/|libs/|Scripts/|tcl/)")
    for one in inner.infolist():
        if (
            wanted.match(one.filename)
            and not one.is_dir()
            and ".." not in one.filename
            and "__pycache__" not in one.filename
        ):
            target = base / one.filename.partition("/")[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(inner.read(one))
    programs = [path for path in (*base.glob("*"), *(base / "DLLs").glob("*")) if path.suffix in SIGNED]
    programs = [path for path in programs if not _TK.search(path.name)]
    library = base / "Lib"
    for path in list(files_of(library)):
        if LEFT_OUT.match(path.relative_to(library).as_posix()) or path.suffix != ".py":
            path.unlink()
    signed = require_signed(programs)
    modules = list(files_of(library))
    listed = require_catalogued(modules, base / "DLLs" / "python_lib.cat", told["unlisted"], library)
    sys.stderr.write(f"{signed} programs and {listed} modules of Python {told['version']}: signatures looked at\n")
    for path in (*programs, base / "LICENSE.txt"):
        shutil.copyfile(path, python / path.name)
    return library


def _embeddable(archive: Path, python: Path) -> None:
    """An archive of python.org: its programs are looked at, its library stays as it came."""
    with zipfile.ZipFile(archive) as pack:
        for one in pack.infolist():
            if not one.is_dir() and "/" not in one.filename and not _TK.search(one.filename):
                (python / one.filename).write_bytes(pack.read(one))
    if not (python / f"python{_number()}.zip").is_file():
        raise BundleError(f"{archive.name} is no embeddable Python {python_version()}, for which the wheels are")
    for path in python.glob("*._pth"):
        path.unlink()
    require_signed(path for path in sorted(python.iterdir()) if path.suffix in SIGNED)
    when = max(one.date_time for one in zipfile.ZipFile(archive).infolist())
    warn_of_age("the Windows interpreter", archive.name, f"{when[0]}-{when[1]:02}-{when[2]:02}")


def _packed_library(library: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in files_of(library):
            if path.suffix == ".pyc":
                add(pack, path.relative_to(library).as_posix(), path.read_bytes())


def _write_path(python: Path, places: Sequence[str]) -> None:
    """The file that tells the interpreter where modules are, and to look nowhere else."""
    lines = [f"python{_number()}.zip", ".", *places]
    (python / f"python{_number()}._pth").write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))


def interpreter(python: Path, words: Sequence[str | Path], *, library: Path | None = None) -> str:
    """Runs the bundled interpreter, under wine where this is not Windows, and returns what it said.

    ``library`` is the standard library as a folder, for as long as it is not packed.
    """
    if library is not None:
        _write_path(python, [_seen(library)])
    settings = {**os.environ, "PYTHONHASHSEED": "0", "WINEDEBUG": "-all"}
    before = [] if os.name == "nt" else ["wine"]
    told = [_seen(word) if isinstance(word, Path) else word for word in words]
    try:
        return run([*before, python / "python.exe", *told], env=settings, stdin=-3)
    finally:
        if library is not None:
            (python / f"python{_number()}._pth").unlink()


def _seen(path: Path) -> str:
    """A path as the interpreter names it: wine has the machine's files on Z:."""
    return str(path) if os.name == "nt" else "Z:" + str(path.resolve()).replace("/", "\\")


def _launchers(folder: Path) -> None:
    """The programs to double-click: a stub, the interpreter that it starts, and what that runs."""
    start = (FILES / "start.py").read_bytes()
    with zipfile.ZipFile(package("distlib")) as pack:
        stubs = {name: pack.read(f"distlib/{name}.exe") for name in ("t64", "w64")}
    for name, stub, program, code in (
        (f"{NAME}.exe", "w64", "pythonw.exe", start),
        ("xlsxeval.exe", "t64", "python.exe", (FILES / "console.py").read_bytes()),
    ):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as pack:
            add(pack, "__main__.py", code)
        line = f"#!<launcher_dir>\\python\\{program}\r\n".encode()
        (folder / name).write_bytes(stubs[stub] + line + archive.getvalue())
    (folder / "python" / "start.py").write_bytes(start)
    shutil.copyfile(FILES / "start.cmd", folder / "备用启动.cmd")


def installer(folder: Path, out: Path) -> Path:
    """The Windows folder as an installer for one user, without administrator rights."""
    target = out / f"{NAME}-{contents.version()}-windows-setup.exe"
    with tempfile.TemporaryDirectory() as place:
        script = Path(place) / "installer.nsi"
        words = {"FOLDER": str(folder), "OUT": str(target), "VERSION": contents.version(), "FILE_VERSION": _four()}
        script.write_bytes(b"\xef\xbb\xbf" + contents.written("installer.nsi", **words))
        run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", script], env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"})
    return target


def _four() -> str:
    numbers = re.findall(r"\d+", contents.version())[:3]
    return ".".join([*numbers, *["0"] * (4 - len(numbers))])
