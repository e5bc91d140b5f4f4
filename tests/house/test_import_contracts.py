"""The import contracts of setup.cfg hold, and each of them breaks when a room imports what is not its own."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import xlsxeval

ROOT = Path(xlsxeval.__file__).parent.parent
PACKAGE = ROOT / "xlsxeval"
SMUGGLED = "smuggled"
OWNERS = {
    "click": {"cli"},
    "flask": {"web"},
    "xlsxwriter": {"workbook", "roster", "rollup"},
    "openpyxl": {"roster", "importing"},
    "sqlalchemy": {"ledger"},
    "distributed": set(),
    "fsspec": set(),
    "cryptography": set(),
}
"""The rooms whose every module may import a library; single modules that may are named in setup.cfg."""


def rooms() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def layers() -> list[set[str]]:
    """The layers of setup.cfg from the top down, each as the names of its rooms and modules."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["importlinter:contract:layers"]["layers"].split("\n")
    return [{name.strip().removeprefix("xlsxeval.") for name in line.split("|")} for line in lines if line.strip()]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter reports of a copy of the package in which every room imports every library and every upper room."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(PACKAGE, folder / "xlsxeval", ignore=shutil.ignore_patterns("__pycache__"))
    text = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    (folder / "setup.cfg").write_text(text[text.index("[importlinter]") :], encoding="utf-8")
    above: list[str] = []
    for layer in layers():
        for room in sorted(layer & set(rooms())):
            imports = [f"import {name}" for name in OWNERS] + [f"import xlsxeval.{name}" for name in above]
            (folder / "xlsxeval" / room / f"{SMUGGLED}.py").write_text("\n".join(imports) + "\n", encoding="utf-8")
        above += sorted(layer)
    linter = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return re.sub(r"\s+", " ", done.stdout)


def test_every_room_stands_in_a_layer() -> None:
    assert set(rooms()) <= {name for layer in layers() for name in layer}


@pytest.mark.parametrize("room", rooms())
def test_a_room_that_imports_a_library_of_others_breaks_a_contract(room: str, broken: str) -> None:
    for library, owners in OWNERS.items():
        told = f"xlsxeval.{room}.{SMUGGLED} -> {library} " in broken
        assert told == (room not in owners), library


@pytest.mark.parametrize("room", rooms())
def test_a_room_that_imports_one_above_it_breaks_the_layers(room: str, broken: str) -> None:
    above: set[str] = set()
    for layer in layers():
        if room in layer:
            break
        above |= layer
    for name in above:
        assert f"xlsxeval.{room}.{SMUGGLED} -> xlsxeval.{name} " in broken, name
