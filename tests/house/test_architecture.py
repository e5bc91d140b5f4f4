"""docs/internals/architecture.md against the tree: its rooms, the names that it gives, the files that it points to, its contracts."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import xlsxeval
from tests.house.test_import_contracts import OWNERS, layers, rooms

PACKAGE = Path(xlsxeval.__file__).parent
PAGE = PACKAGE.parent / "docs" / "internals" / "architecture.md"
TEXT = PAGE.read_text(encoding="utf-8")


def table(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading: the name in the first column, and the cells that follow."""
    section = TEXT.split(f"\n{heading}\n")[1].split("\n#")[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("| ")][1:]
    return {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in rows}


ROOMS = table("## The rooms")


@cache
def names_in(room: str) -> frozenset[str]:
    """The public names that are defined anywhere in a room, or in a module at the top."""
    files = [PACKAGE / room] if room.endswith(".py") else sorted((PACKAGE / room).rglob("*.py"))
    found: set[str] = set()
    for file in files:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Assign):
                found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.add(node.target.id)
    return frozenset(found)


def test_every_room_and_module_has_its_row_and_no_other() -> None:
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert set(ROOMS) == {f"{room}/" for room in rooms()} | modules


@pytest.mark.parametrize("room", ROOMS)
def test_the_names_of_a_room_are_there(room: str) -> None:
    named = re.findall(r"`(\w+)`", ROOMS[room][-1])
    assert named
    assert set(named) <= names_in(room)


def test_the_files_that_it_points_to_are_there() -> None:
    files = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    named = set(re.findall(r"`((?:\w+/)*\w+\.py)`", TEXT)) - {"cli.py"}
    named = {
        name for name in named if not name.startswith(("tests/", "tools/")) or not (PAGE.parents[2] / name).is_file()
    }
    assert [name for name in sorted(named) if not any(f"/{file}".endswith(f"/{name}") for file in files)] == []


def test_the_layers_are_those_of_the_contract() -> None:
    line = next(line for line in TEXT.splitlines() if line.startswith("cli → "))
    told = [{name.strip() for name in layer.split("|")} for layer in line.split("→")]
    assert told == layers()


def test_every_library_with_an_owner_is_named() -> None:
    section = TEXT.split("### The import contracts")[1].split("\n## ")[0].lower()
    assert [library for library in OWNERS if library.lower() not in section] == []
