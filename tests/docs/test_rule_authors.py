"""docs/internals/rule-authors.md names what there is for a rule: decorators, the fields of a hit, helpers; its examples are real."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import xlsxeval.rules
from tests.docs.pages import ROOT, examples
from tests.house.sources import RULE_FILE, imports, modules
from xlsxeval.rules import registry
from xlsxeval.rules.hit import Hit

PAGE = ROOT / "docs" / "internals" / "rule-authors.md"
_MAKES_HITS = re.compile(r"Hit|Iterator\[Hit\]")


def rows(heading: str) -> list[str]:
    """What stands in code type in the first column of the table under a heading."""
    text = PAGE.read_text(encoding="utf-8")
    section = re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    first = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    return [name for cell in first for name in re.findall(r"`([^`]+)`", cell)]


def shared() -> dict[str, ModuleType]:
    """The modules that rules share, by their short name."""
    found = pkgutil.iter_modules(xlsxeval.rules.__path__)
    return {
        module.name: importlib.import_module(f"xlsxeval.rules.{module.name}") for module in found if not module.ispkg
    }


def functions(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Public functions and methods that a module defines, each with the annotation of what it returns."""
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) != module.__name__ or name.startswith("_"):
            continue
        inside = vars(value).items() if inspect.isclass(value) else ()
        for full, one in [(name, value), *((f"{name}.{method}", one) for method, one in inside)]:
            function = inspect.unwrap(one) if callable(one) else None  # some are cached
            if inspect.isfunction(function) and "._" not in full:
                yield full, function.__annotations__.get("return")


def test_every_helper_that_makes_a_hit_is_listed() -> None:
    found = {
        f"{short}.{name}"
        for short, module in shared().items()
        for name, returned in functions(module)
        if isinstance(returned, str) and _MAKES_HITS.fullmatch(returned)
    }
    assert len(found) > 5
    assert set(rows("Helpers that make a hit")) == found


def test_every_function_that_rules_use_is_listed() -> None:
    known = {
        f"xlsxeval.rules.{short}.{name}": name for short, module in shared().items() for name, _ in functions(module)
    }
    used = {
        one.removeprefix("xlsxeval.rules.")
        for name, tree in modules().items()
        if RULE_FILE.fullmatch(name)
        for one in imports(tree, types=True)
        if one in known and not one.startswith(registry.__name__)
    }
    listed = rows("Helpers that make a hit") + rows("Helpers that read facts")
    assert used - set(listed) == set()
    assert {f"xlsxeval.rules.{name}" for name in listed} - known.keys() == set()
    assert len(listed) == len(set(listed))


def test_decorators_and_the_fields_of_a_hit_are_listed() -> None:
    decorators = [name for name, _ in functions(registry) if re.fullmatch(r"(\w+_)?rule", name)]
    assert sorted(rows("Decorators")) == sorted(decorators)
    assert rows("Hit") == [field.name for field in dataclasses.fields(Hit)]


@pytest.mark.parametrize("language", ["python", "yaml"])
def test_the_example_is_a_rule_with_its_cases(language: str) -> None:
    (example,) = [one.text for one in examples(PAGE) if one.language == language]
    if language == "python":
        assert example == (ROOT / "xlsxeval" / "rules" / "value" / "V114.py").read_text(encoding="utf-8")
    else:
        assert (ROOT / "tests" / "cases" / "V114.yaml").read_text(encoding="utf-8").startswith(example)
