"""The modules of the package, parsed but not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import xlsxeval

ROOT = Path(xlsxeval.__file__).parent
RULE_FILE = re.compile(r"xlsxeval\.rules\.[a-z]+\.[A-Z][0-9]{3}")


@cache
def modules() -> Mapping[str, ast.Module]:
    """Every module by its full name; a package stands for its ``__init__``."""
    return {_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.Module, *, types: bool) -> set[str]:
    """Full names of what a module imports anywhere, also inside a function.

    ``types``: whether the block ``if TYPE_CHECKING`` counts.
    """
    found: set[str] = set()
    for node in _nodes(tree, types):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"relative import in line {node.lineno}"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _nodes(node: ast.AST, types: bool) -> Iterator[ast.AST]:
    yield node
    left_out = node.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" else []
    for child in ast.iter_child_nodes(node):
        if types or child not in left_out:
            yield from _nodes(child, types)


def import_graph(*, types: bool) -> dict[str, set[str]]:
    """The modules of the package that each of them imports."""
    graph = {}
    for name, tree in modules().items():
        wanted = imports(tree, types=types)
        graph[name] = {one if one in modules() else one.rpartition(".")[0] for one in wanted} & modules().keys() - {
            name
        }
    return graph
