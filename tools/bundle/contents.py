"""What all bundles have in common: the program with its packages in one folder, bytecode, licences, the list of files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from tools.bundle.inputs import ROOT, SOURCE_DATE, BundleError, Target, digest, package, run, wheels
from tools.bundle.licences import bundled_parts, gather, licensed
from tools.bundle.packing import files_of

FILES: Final = Path(__file__).with_name("files")
LICENCES: Final = "许可"
LIST: Final = "清单.txt"
_FOR_COMPILERS: Final = frozenset((".h", ".c", ".cpp", ".pxd", ".pyx", ".pxi", ".pyi", ".lib"))
"""Suffixes of files that no interpreter reads."""
LIST_ITSELF: Final = frozenset((LIST,))


def version() -> str:
    """The program's version."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "xlsxeval" / "__init__.py").read_text(encoding="utf-8"))
    if found is None:
        raise BundleError("xlsxeval/__init__.py has no version")
    return found[1]


def own_wheel(folder: Path) -> Path:
    """The program's own wheel, built from the checkout with the locked setuptools."""
    tools = folder / "build-tools"
    unpack(package("setuptools"), tools)
    source = folder / "source"
    _copy_sources(source)
    settings = {**os.environ, "SOURCE_DATE_EPOCH": str(int(SOURCE_DATE.timestamp())), "PYTHONPATH": str(tools)}
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    run([*command, "--wheel-dir", folder, source], env=settings)
    return next(folder.glob("xlsxeval-*.whl"))


def _copy_sources(target: Path) -> None:
    """What a wheel is made of, without what a checkout gathers."""
    target.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "MANIFEST.in"):
        shutil.copyfile(ROOT / name, target / name)
    for name in ("xlsxeval", "templates", "samples"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", ".xlsxeval", "~$*"))


def unpack(wheel: Path, folder: Path) -> None:
    """Unpacks a wheel as an installer would, but for scripts, headers and data files, which nothing here needs."""
    with zipfile.ZipFile(wheel) as pack:
        for member in pack.infolist():
            place = _placed(PurePosixPath(member.filename))
            if place is None or member.is_dir():
                continue
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(pack.read(member))


def _placed(name: PurePosixPath) -> PurePosixPath | None:
    if ".." in name.parts or name.is_absolute():
        raise BundleError(f"a wheel with the path {name}")
    if not name.parts[0].endswith(".data"):
        return name
    return PurePosixPath(*name.parts[2:]) if name.parts[1] in {"purelib", "platlib"} else None


def program(folder: Path, target: Target, work: Path) -> list[Path]:
    """The program and its packages, unpacked into a folder; returns the wheels."""
    found = [own_wheel(work), *wheels(target)]
    for wheel in found:
        unpack(wheel, folder)
    for path in list(folder.rglob("*")):
        if path.suffix in _FOR_COMPILERS:
            path.unlink()
        elif path.name == "tests" and path.is_dir():  # of packages; the program's own are no part of its wheel
            shutil.rmtree(path)
    return found


def write_licences(folder: Path, found: Sequence[Path], kind: str, texts: dict[str, Path]) -> None:
    """The licences of the wheels and of the parts that are none; ``texts`` are further texts by name."""
    parts = [licensed(wheel) for wheel in found] + bundled_parts(kind)
    gather(parts, folder / LICENCES)
    for name, path in texts.items():
        place = folder / LICENCES / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def compile_modules(folder: Path, place: str, interpreter: Callable[[Sequence[str | Path]], object]) -> None:
    """Compiles a folder with the bundled interpreter; ``place`` is ``beside`` or ``cache``."""
    interpreter([FILES / "compile.py", folder, place])
    made = sum(1 for path in folder.rglob("*.pyc") if path.is_file())
    sources = sum(1 for path in folder.rglob("*.py") if path.is_file())
    if made < sources * 0.99:  # a few of other packages are templates, and no modules
        raise BundleError(f"{folder.name}: {made} of {sources} modules were compiled")


def written(name: str, **words: str) -> bytes:
    """A text of ``files`` with its @WORDS@ filled in."""
    text = (FILES / name).read_bytes().decode("utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text.encode("utf-8")


def named_by_content(folder: Path) -> Path:
    """The program's folder under a name that two different ones never share, so that a new one over an old one mixes nothing."""
    whole = hashlib.sha256()
    for path in files_of(folder):
        whole.update(f"{path.relative_to(folder).as_posix()}\0{digest(path)}\n".encode())
    return folder.rename(folder.with_name(f"app-{version()}-{whole.hexdigest()[:8]}"))


def write_list(folder: Path, app: str, kind: str) -> None:
    """The list of all files with SHA-256 and size, which the start holds against what is there."""
    lines = [f"xlsxeval {version()} {kind}\t{app}"]
    for path in files_of(folder):
        name = path.relative_to(folder).as_posix()
        if name not in LIST_ITSELF:
            lines.append(f"{digest(path)}\t{path.stat().st_size}\t{name}")
    (folder / LIST).write_bytes(("\n".join(lines) + "\n").encode())
