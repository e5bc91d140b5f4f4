"""Case files: ``tests/cases/<CODE>.yaml``, one a rule, for people who fill in forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from xlsxeval.model import Finding

FOLDER = Path(__file__).parents[1] / "cases"
WHOLE_FILE = "文件"


@dataclass(frozen=True)
class Expected:
    """One finding that a case asks for: its place, and whatever else the case wants to see of it."""

    at: str
    facts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One way to fill in or to spoil a workbook, and exactly what must be found in it."""

    rule: str
    title: str
    words: Mapping[str, Any]
    finds: tuple[Expected, ...]
    also: tuple[str, ...] = ()
    file: str | None = None
    known_bug: str | None = None
    """Why the program does not do what the case asks for; the case is run all the same and must fail until then."""

    @property
    def id(self) -> str:
        return f"{self.rule} {self.title}"


@cache
def case_files() -> tuple[Path, ...]:
    """All case files, by code."""
    return tuple(sorted(FOLDER.glob("*.yaml")))


def load_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises ValueError where the file is not what a case file should be."""
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    if set(content) != {"rule", "cases"}:
        raise ValueError(f"{path.name}: expected “rule” and “cases”, got {sorted(content)}")
    if content["rule"] != path.stem:
        raise ValueError(f"{path.name} is about {content['rule']}")
    return [_case(content["rule"], dict(item)) for item in content["cases"]]


def _case(rule: str, item: dict[str, Any]) -> Case:
    title, finds = item.pop("title"), item.pop("finds")
    also, file, known_bug = item.pop("also", []), item.pop("file", None), item.pop("known_bug", None)
    return Case(rule, title, item, tuple(_expected(entry) for entry in finds), tuple(also), file, known_bug)


def _expected(entry: str | dict[str, Any]) -> Expected:
    if isinstance(entry, str):
        return Expected(entry)
    facts = dict(entry)
    return Expected(facts.pop("at"), facts)


def places_of(finding: Finding) -> list[str]:
    """The ways to write down a finding's place: by field, by cell, by sheet, or 文件 for the file as a whole."""
    place = finding.place
    if place.sheet is None:
        return [WHOLE_FILE]
    named = [f"{place.sheet}!{spot}" for spot in (place.field, place.cell) if spot]
    return named or [place.sheet]
