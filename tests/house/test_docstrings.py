"""Docstrings stand by themselves: they begin with what a thing does or is, in plain words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import modules

ROOMS = (
    "campaign",
    "judging",
    "collection",
    "results",
    "cli",
    "api",
    "board.steps",
    "layout",
    "workers.pool",
    "workers.shared",
)
"""Packages and modules of the program whose docstrings are held to this."""
OPENING = re.compile(
    r"(The same|Of|What|Which|Who|Whose|How|Why|Those|Where|By|In|For|It|That|So|With|Into|And|Does that|TODO)\b"
)
"""Beginnings that lean on something said elsewhere."""
LEANING = re.compile(r"(The same|Of what|Its|As it was|Likewise)\b")
"""Beginnings that cannot be understood without the function above: held to everywhere."""
WORDS = re.compile(r"\b(somebody|nobody|(is|are) told|so many)\b", re.IGNORECASE)
"""Words that have plainer ones: a person, no one, is reported, n."""


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Strings that stand alone: of modules, classes and functions, and below constants and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value


def _faults(tree: ast.AST) -> list[str]:
    return [
        f"{node.lineno}: {text}"
        for node in _docstrings(tree)
        if (text := str(node.value).strip()) and (OPENING.match(text) or WORDS.search(text))
    ]


def test_no_docstring_needs_the_one_above() -> None:
    found = [
        f"{name}:{node.lineno}: {str(node.value).strip()[:60]}"
        for name, tree in modules().items()
        for node in _docstrings(tree)
        if LEANING.match(str(node.value).strip())
    ]
    assert found == []


def _held() -> list[str]:
    rooms = tuple(f"xlsxeval.{room}" for room in ROOMS)
    return [name for name in modules() if name in rooms or name.startswith(tuple(f"{room}." for room in rooms))]


def test_every_room_is_found() -> None:
    held = _held()
    assert [room for room in ROOMS if not any(name.startswith(f"xlsxeval.{room}") for name in held)] == []


@pytest.mark.parametrize("module", _held())
def test_docstrings_stand_by_themselves(module: str) -> None:
    assert _faults(modules()[module]) == []


@pytest.mark.parametrize(
    "docstring",
    [
        "The same for bytes at hand.",
        "Of this program.",
        "What is there.",
        "Whether somebody changed it.",
        "A file that nobody read.",
        "The unit that is told.",
        "Keeps so many files.",
    ],
)
@pytest.mark.parametrize("place", ['"""{}"""', 'def f():\n    """{}"""', 'class A:\n    """{}"""', 'A = 1\n"""{}"""'])
def test_a_bad_docstring_is_found(docstring: str, place: str) -> None:
    assert len(_faults(ast.parse(place.format(docstring)))) == 1


@pytest.mark.parametrize(
    "docstring", ["Whether it is there.", "Input of a form.", "The sameness of two files.", "Reads it."]
)
def test_a_good_docstring_passes(docstring: str) -> None:
    assert _faults(ast.parse(f'"""{docstring}"""')) == []
