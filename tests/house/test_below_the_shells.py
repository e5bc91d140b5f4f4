"""What no module below a shell does: print, look at the clock, ask who the user is, end the process."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlsxeval

PACKAGE = Path(xlsxeval.__file__).parent
SHELLS = {"cli", "web", "__main__.py"}
CALLS = {
    "print",
    "input",
    "exit",
    "sys.exit",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "time.strftime",
    "getpass.getuser",
    "os.getlogin",
}
NAMES = {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"}


def modules() -> list[str]:
    found = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    return sorted(path.as_posix() for path in found if path.parts[0] not in SHELLS)


def dotted(node: ast.expr) -> str:
    """``dt.datetime.now`` as its last two names; empty for what is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts[:2] if len(parts) > 1 else parts))


def offences(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and dotted(node.func) in CALLS:
            yield f"line {node.lineno}: {dotted(node.func)}()"
        if isinstance(node, ast.Attribute) and dotted(node) in NAMES:
            yield f"line {node.lineno}: {dotted(node)}"


@pytest.mark.parametrize("module", modules())
def test_a_module_below_the_shells_keeps_to_itself(module: str) -> None:
    assert list(offences((PACKAGE / module).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "import sys\nsys.stderr.write('x')",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "import datetime as dt\ndt.date.today()",
        "import time\ntime.time()",
        "import getpass\ngetpass.getuser()",
        "import sys\nsys.exit(2)",
    ],
)
def test_what_is_looked_for_is_found(source: str) -> None:
    assert list(offences(source))
