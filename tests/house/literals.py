"""Literals in the modules of the package. Only modules in which a text occurs are parsed, which takes little time."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import xlsxeval

ROOT = Path(xlsxeval.__file__).parent


@cache
def _texts() -> dict[str, str]:
    """The text of every module by its path in the package, such as ``parcels/names.py``."""
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))}


def nodes(texts: Iterable[str], homes: tuple[str, ...]) -> Iterator[tuple[str, ast.AST]]:
    """The syntax of modules in which one of the texts occurs; ``homes`` are beginnings of the paths left out."""
    wanted = tuple(texts)
    for path, text in _texts().items():
        if not path.startswith(homes) and any(one in text for one in wanted):
            yield from ((path, node) for node in ast.walk(ast.parse(text)))
