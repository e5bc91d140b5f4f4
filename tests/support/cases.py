"""Case files: ``tests/cases/<CODE>.yaml``, one a rule, for people who fill in forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.yaml_files import read_yaml
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
    lost: str | None = None
    """Why judging the file came to no end: a ``workers.LossReason``."""
    campaign: str = "hunan-2024"
    """The folder in ``tests/support/campaigns`` whose workbook is changed."""
    received: str = "case.xlsx"
    """The name under which the workbook came."""
    beside: tuple[Mapping[str, Any], ...] = ()
    """The other files of the batch, each in the words of a case; ``unit`` says whose it is where it is another's."""
    roster: Mapping[str, str] = field(default_factory=dict)
    """Other units of the campaign: code and name."""
    beyond: str | None = None
    """Why collection knows better than the check's formula, which 自查 shows (``rules/sharper.py``)."""
    known_bug: str | None = None
    """Why the program does not do what the case asks for; the case is run all the same and must fail until then."""

    @property
    def id(self) -> str:
        return f"{self.rule} {self.title}"


@cache
def case_files() -> tuple[Path, ...]:
    """All case files, by code."""
    return tuple(sorted(FOLDER.glob("*.yaml")))


@cache
def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file, read once. Raises ValueError where the file is not what a case file should be."""
    content = read_yaml(path)
    if not {"rule", "cases"} <= set(content) <= {"rule", "campaign", "cases"}:
        raise ValueError(f"{path.name}: expected “rule”, “cases” and perhaps “campaign”, got {sorted(content)}")
    if content["rule"] != path.stem:
        raise ValueError(f"{path.name} is about {content['rule']}")
    campaign = content.get("campaign", Case.campaign)
    return tuple(_case(content["rule"], campaign, dict(item)) for item in content["cases"])


def _case(rule: str, campaign: str, item: dict[str, Any]) -> Case:
    title, finds, also = item.pop("title"), item.pop("finds"), item.pop("also", [])
    return Case(
        rule,
        title,
        finds=tuple(_expected(entry) for entry in finds),
        also=tuple(also),
        file=item.pop("file", None),
        lost=item.pop("lost", None),
        campaign=item.pop("campaign", campaign),
        received=item.pop("received", Case.received),
        beside=tuple(item.pop("beside", ())),
        roster=item.pop("roster", {}),
        beyond=item.pop("beyond", None),
        known_bug=item.pop("known_bug", None),
        words=item,
    )


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
