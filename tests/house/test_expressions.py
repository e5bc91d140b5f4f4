"""Every regular expression of the package works in a time that grows with the text and not with its square."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import xlsxeval
from tests.support.pumping import hard_texts

PACKAGE = Path(xlsxeval.__file__).parent
ONE_START = {"match", "fullmatch"}
SHORT, LONG = 1_500, 6_000
"""Of the texts that are compared: with the square, the time grows sixteen times; in proportion, four times."""
MOST_GROWTH = 9
LEAST_SECONDS = 0.002
"""What takes less for the long text is not worth a comparison: timers are no more exact."""


@cache
def expressions() -> dict[str, tuple[re.Pattern[Any], str]]:
    """Every expression by where it stands, with how it is used: ``match`` where every use begins at one place."""
    found = {}
    for module in sorted(pkgutil.walk_packages([str(PACKAGE)], "xlsxeval."), key=lambda one: one.name):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        tree = ast.parse(Path(str(loaded.__file__)).read_text(encoding="utf-8"))
        for name, value in vars(loaded).items():
            for number, pattern in enumerate(_patterns(value)):
                found[f"{module.name}.{name}[{number}]"] = (pattern, _use(tree, name))
        for line, pattern, use in _written(tree):
            found[f"{module.name}:{line}"] = (pattern, use)
    once = {(id(pattern), use): where for where, (pattern, use) in reversed(found.items())}
    return {where: found[where] for where in reversed(once.values())}


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, tuple | list | frozenset | set | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _patterns(one, depth + 1)


def _use(tree: ast.AST, name: str) -> str:
    """How a name's expression is used in its module; what is used elsewhere, or in a way that is not seen, is searched."""
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and name in {part.id for part in ast.walk(node.value) if isinstance(part, ast.Name)}
    }
    return "match" if used and used <= ONE_START else "search"


def _written(tree: ast.AST) -> Iterator[tuple[int, re.Pattern[Any], str]]:
    """Expressions in calls of ``re`` itself."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr != "compile"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.lineno, re.compile(node.args[0].value), "match" if node.func.attr in ONE_START else "search"


def seconds(pattern: re.Pattern[Any], text: str, use: str) -> float:
    """Processor time for one use of an expression on a text."""
    given = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    began = time.thread_time()
    if use == "match":
        pattern.match(given)
        pattern.fullmatch(given)
    else:
        for _ in pattern.finditer(given):
            pass
    return time.thread_time() - began


def grows(pattern: re.Pattern[Any], use: str) -> str:
    """A text for which the time grows faster than in proportion; empty where there is none."""
    for hard in hard_texts(pattern):
        if seconds(pattern, hard.of(SHORT), use) * 16 < LEAST_SECONDS:  # even the square would not show
            continue
        for _ in range(3):  # a machine that is busy makes one comparison wrong, not three
            before, after = seconds(pattern, hard.of(SHORT), use), seconds(pattern, hard.of(LONG), use)
            if after < LEAST_SECONDS or after < before * MOST_GROWTH:
                break
        else:
            return f"{hard}: {before:.4f} s for {SHORT}, {after:.4f} s for {LONG} characters"
    return ""


def test_every_expression_is_collected() -> None:
    assert len(expressions()) > 250


@pytest.mark.parametrize("where", expressions())
def test_an_expression_is_linear(where: str) -> None:
    pattern, use = expressions()[where]
    assert grows(pattern, use) == ""


@pytest.mark.parametrize(
    ("pattern", "use"), [(r"[0-9]+!", "search"), (r"(?:a|a)+b", "match"), (r"\s*x", "search"), (r"\d*\d*!", "match")]
)
def test_what_is_not_linear_is_seen(pattern: str, use: str) -> None:
    if pattern == r"(?:a|a)+b":  # without end
        assert seconds(re.compile(pattern), "a" * 18, use) > seconds(re.compile(pattern), "a" * 9, use) * MOST_GROWTH
    else:
        assert grows(re.compile(pattern), use)
