"""The Linux interpreter, built from locked sources with a locked compiler for machines as old as glibc 2.17 (2012).

Distributions' own interpreters ask for the glibc of their day, which 麒麟 V10 and 统信 20 do not have. All modules are in the
program itself, as are its libraries; ssl, terminals and windows are left out.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import os
import shutil
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.bundle.inputs import SOURCE_DATE, STORE, BundleError, digest, lock, package, python_version, run, source

GLIBC: Final = "2.17"
_ABSENT: Final = "_tkinter _curses _curses_panel readline _dbm _gdbm nis _uuid _ssl _hashlib"
_SQLITE: Final = ("-DSQLITE_THREADSAFE=1", "-DSQLITE_ENABLE_FTS5", "-DSQLITE_ENABLE_MATH_FUNCTIONS", "-DSQLITE_DQS=0")
_HERE: Final = "x86_64"
_XZ_LEFT_OUT: Final = ("shared", "xz", "xzdec", "lzmadec", "lzmainfo", "scripts", "doc", "nls")
_NEEDED: Final = (
    "zlib",
    "bz2",
    "lzma",
    "ctypes",
    "pyexpat",
    "sqlite3",
    "decimal",
    "multiprocessing",
    "socket",
    "unicodedata",
)
_JOBS: Final = "-j2"


def linux_python(machine: str) -> Path:
    """A folder ``bin`` and ``lib`` with the interpreter for x86_64 or aarch64, built when it is first asked for."""
    finished = STORE.parent / f"python-{machine}-{_inputs_digest()[:12]}"
    if finished.is_dir():
        return finished
    if os.uname().machine != _HERE:
        raise BundleError("the Linux interpreter is built on x86_64, for both kinds of machine")
    work = STORE.parent / f"build-{machine}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    built = _Build(work, machine).python(None if machine == _HERE else linux_python(_HERE))
    built.rename(finished)
    shutil.rmtree(work)
    return finished


def _inputs_digest() -> str:
    """A digest of all that the interpreter follows from."""
    told = [entry["sha256"] for entry in lock()["sources"].values()] + [lock()["packages"]["ziglang"]["sha256"]]
    return hashlib.sha256("".join([*sorted(told), digest(Path(__file__))]).encode()).hexdigest()


class _Build:
    """A build for one kind of machine. ``deps`` gets the libraries, each as an archive that is linked in."""

    def __init__(self, work: Path, machine: str) -> None:
        self.work, self.machine = work, machine
        self.include, self.lib = work / "deps" / "include", work / "deps" / "lib"
        self.include.mkdir(parents=True)
        self.lib.mkdir()
        self.tools = _compiler(work, f"{machine}-linux-gnu.{GLIBC}")
        flags = f"-O2 -g0 -fPIC -fno-sanitize=undefined -ffile-prefix-map={work}=. -Wno-date-time"
        self.settings = {
            **{name: value for name, value in os.environ.items() if name in {"HOME", "TMPDIR"}},
            "PATH": f"{self.tools}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "SOURCE_DATE_EPOCH": str(int(SOURCE_DATE.timestamp())),
            "CC": str(self.tools / "cc"),
            "AR": str(self.tools / "ar"),
            "RANLIB": str(self.tools / "ranlib"),
            "CFLAGS": flags,
            "LDFLAGS": "-s",
            "CHOST": machine,
        }
        self.host = [f"--host={machine}-unknown-linux-gnu", f"--build={_HERE}-unknown-linux-gnu"]

    def do(self, folder: Path, *words: str | Path, **more: str) -> None:
        """Runs a program in a folder with this build's compiler."""
        run([str(word) for word in words], cwd=folder, env={**self.settings, **more})

    def unpacked(self, key: str) -> Path:
        """A source, unpacked."""
        place = self.work / key
        with tarfile.open(source(key)) as pack:
            pack.extractall(place, filter="data")
        return next(path for path in place.iterdir() if path.is_dir())

    def library(self, key: str, *options: str) -> None:
        """A library with a configure script, installed among the dependencies."""
        folder = self.unpacked(key)
        host = self.host if key != "zlib" else ["--static"]
        self.do(folder, "./configure", *host, f"--prefix={self.work / 'deps'}", *options)
        self.do(folder, "make", _JOBS)
        self.do(folder, "make", "install")

    def bzip2(self) -> None:
        """bzip2, which has a Makefile only."""
        folder = self.unpacked("bzip2")
        words = [f"{name}={self.settings[name]}" for name in ("CC", "AR", "RANLIB", "CFLAGS")]
        self.do(folder, "make", _JOBS, *words, "libbz2.a")
        shutil.copyfile(folder / "libbz2.a", self.lib / "libbz2.a")
        shutil.copyfile(folder / "bzlib.h", self.include / "bzlib.h")

    def sqlite(self) -> None:
        """SQLite: its sources are first put together in one file by a program of its own, for this machine."""
        folder = self.unpacked("sqlite")
        plain = {"CC": "cc", "CFLAGS": "-O1", "LDFLAGS": "", "AR": "ar", "PATH": "/usr/bin:/bin"}
        self.do(folder, "./configure", **plain)
        self.do(folder, "make", "sqlite3.c", **plain)
        flags = self.settings["CFLAGS"].split()
        self.do(folder, self.settings["CC"], *flags, *_SQLITE, "-c", "sqlite3.c", "-o", "sqlite3.o")
        self.do(folder, self.settings["AR"], "rcs", self.lib / "libsqlite3.a", "sqlite3.o")
        for name in ("sqlite3.h", "sqlite3ext.h"):
            shutil.copyfile(folder / name, self.include / name)

    def python(self, helper: Path | None) -> Path:
        """The interpreter. ``helper`` is one for this machine, where it is built for another."""
        self.library("zlib")
        self.library("libffi", "--disable-shared", "--disable-docs", "--disable-exec-static-tramp")
        self.library("xz", *(f"--disable-{one}" for one in _XZ_LEFT_OUT))
        self.bzip2()
        self.sqlite()
        folder = self.unpacked("python")
        _date(folder / "Modules" / "getbuildinfo.c")
        options = ["--prefix=/python", "--without-ensurepip", "--disable-test-modules", "--with-pkg-config=no"]
        options += ["ac_cv_file__dev_ptmx=yes", "ac_cv_file__dev_ptc=no", "ac_cv_buggy_getaddrinfo=no"]
        if helper is not None:
            options.append(f"--with-build-python={helper / 'bin' / 'python3'}")
        linked = {"ZLIB": "libz.a", "BZIP2": "libbz2.a", "LIBLZMA": "liblzma.a", "LIBFFI": "libffi.a"}
        more = {f"{name}_LIBS": str(self.lib / file) for name, file in linked.items()}
        more["LIBSQLITE3_LIBS"] = f"-L{self.lib} -lsqlite3 -lm -ldl -lpthread"  # configure looks for it by this name
        more |= {f"{name}_CFLAGS": f"-I{self.include}" for name in (*linked, "LIBSQLITE3")}
        more |= {f"py_cv_module_{name}": "n/a" for name in _ABSENT.split()} | {"MODULE_BUILDTYPE": "static"}
        self.do(folder, "./configure", *self.host, *options, **more)
        self.do(folder, "make", _JOBS, **more)
        return _needed(folder, self.work / "python-out")


def _compiler(work: Path, target: str) -> Path:
    """A folder with cc, ar and ranlib for a kind of machine."""
    with zipfile.ZipFile(package("ziglang")) as pack:
        pack.extractall(work / "zig")
    zig = work / "zig" / "ziglang" / "zig"
    zig.chmod(0o755)
    tools = work / "tools"
    tools.mkdir()
    for name, words in (("cc", f"cc -target {target}"), ("ar", "ar"), ("ranlib", "ranlib")):
        (tools / name).write_text(f'#!/bin/sh\nexec {zig} {words} "$@"\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    return tools


def _date(path: Path) -> None:
    """Writes the release's date in place of the build's: the interpreter tells it as its own."""
    when = dt.date.fromisoformat(lock()["interpreter"]["linux"]["date"])
    day = f"{calendar.month_abbr[when.month]} {when.day:2} {when.year}"
    told = f'#define DATE "{day}"\n#define TIME "00:00:00"\n'
    path.write_text(told + path.read_text(encoding="utf-8"), encoding="utf-8")


def _needed(built: Path, target: Path) -> Path:
    """What is bundled of the interpreter: the program and the modules that something here imports. Raises BundleError."""
    from tools.bundle.windows import LEFT_OUT

    (target / "bin").mkdir(parents=True)
    program = target / "bin" / "python3"
    shutil.copyfile(built / "python", program)
    program.chmod(0o755)
    library = target / "lib" / f"python{python_version()}"
    (library / "lib-dynload").mkdir(parents=True)
    settings = next(built.glob("build/lib.*/_sysconfigdata_*.py"))
    for path, name in [
        *((path, path.relative_to(built / "Lib").as_posix()) for path in built.glob("Lib/**/*.py")),
        (settings, settings.name),
    ]:
        if not LEFT_OUT.match(name):
            (library / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, library / name)
    shutil.copyfile(built / "LICENSE", target / "LICENSE.txt")
    try:
        interpreter(target, ["-c", f"import {', '.join(_NEEDED)}"])
    except BundleError as error:
        raise BundleError(f"the interpreter was built without a module that is needed: {error}") from None
    return target


def interpreter(python: Path, words: Sequence[str | Path]) -> str:
    """Runs a bundled interpreter, under qemu where it is for another kind of machine, and returns what it said."""
    program = python / "bin" / "python3"
    with program.open("rb") as file:
        foreign = file.read(20)[18:20] == b"\xb7\x00" and os.uname().machine != "aarch64"
    before = [*_qemu()] if foreign else []
    return run([*before, program, "-I", "-S", *words], env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"})


def _qemu() -> list[str]:
    """qemu with the C library of the other machine, which Debian has as a package."""
    return ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu"]
