"""One name, one thing: public classes over the whole package, and the codes of rules."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import xlsxeval
from tests.house.sources import RULE_FILE, modules
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.rules.catalogue import catalogue
from xlsxeval.rules.registry import CODE

NAMES = "xlsxeval.fault_codes"
PACKAGE = Path(xlsxeval.__file__).parent


def test_a_public_class_has_a_name_of_its_own() -> None:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module)
    assert len(homes) > 300
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_a_code_is_written_only_in_the_file_of_its_rule() -> None:
    literals = [
        f"{module}:{node.lineno} {node.value}"
        for module, tree in modules().items()
        if module != NAMES and not RULE_FILE.fullmatch(module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    ]
    assert literals == []


def test_a_fault_code_is_named_by_the_slug_of_its_rule() -> None:
    pages = catalogue(Library(templates_directory()), editions=())
    slugs = {code.value: code.name.lower().replace("_", "-") for code in FaultCode}
    assert slugs == {code: page.slug for code, page in pages.items() if code in slugs}


def test_every_fault_code_is_used() -> None:
    used = {
        node.attr
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "FaultCode"
    }
    assert used == {code.name for code in FaultCode}


def test_no_late_name_is_also_the_name_of_a_module() -> None:
    """A module that is imported before takes the place of the function in its package."""
    taken = {}
    for package in PACKAGE.rglob("__init__.py"):
        modules = {path.stem for path in package.parent.glob("*.py")}
        called = re.findall(r"^    (\w+)=\(([^)]*)\),$", package.read_text(encoding="utf-8"), re.MULTILINE)
        if same := [name for _, names in called for name in re.findall(r'"(\w+)"', names) if name in modules]:
            taken[package.parent.name] = same
    assert taken == {}
