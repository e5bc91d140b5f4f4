"""Definitions written inline in a test: a small templates tree, a campaign, the layout that they make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.campaign import Campaign, Unit, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.layout.layout import Layout, PlacedCell
from xlsxeval.layout.placing import build_layout

EDITION = "edition: e\ntitle: 测试版本\nforms: [f/v]\n"

CAMPAIGN = """\
campaign: c
edition: e
year: 2024
department: 某某市财政局
deadline: '2025-05-31'
units:
  - code: '001'
    name: 某某局
"""


@dataclass
class Desk:
    """A folder with ``templates`` and a campaign beside them. Texts may be indented as the test is."""

    folder: Path

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    @property
    def library(self) -> Library:
        return Library(self.templates)

    def write(self, name: str, text: str) -> Path:
        """A file below the folder, its first line on line 1."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).removeprefix("\n"), encoding="utf-8")
        return path

    def edition(self, text: str = EDITION, name: str = "e") -> Path:
        return self.write(f"templates/editions/{name}.yaml", text)

    def form(self, text: str, name: str = "f/v") -> Path:
        return self.write(f"templates/forms/{name}.yaml", text)

    def check(self, text: str, code: str) -> Path:
        return self.write(f"templates/checks/{code}.yaml", text)

    def campaign(self, text: str = CAMPAIGN) -> Path:
        return self.write("campaign.yaml", text)

    def load(self) -> tuple[Campaign, Edition]:
        return load_campaign(self.folder / "campaign.yaml", self.library)

    def layout(self) -> Layout:
        """The first unit's layout."""
        campaign, edition = self.load()
        return build_layout(campaign, campaign.units[0], edition)

    def unit(self) -> Unit:
        return self.load()[0].units[0]

    def problems(self) -> list[Problem]:
        """What is wrong with the campaign, its edition or the first unit's layout; at least one thing."""
        with pytest.raises(DefinitionError) as caught:
            self.layout()
        return caught.value.problems

    def place(self, problem: Problem) -> tuple[str, int, int]:
        """Where a fault is: file below the folder, line, column."""
        return Path(problem.file).relative_to(self.folder).as_posix(), problem.line, problem.column

    def only_problem(self) -> tuple[tuple[str, int, int], str]:
        """Place and message of the one thing that is wrong."""
        (problem,) = self.problems()
        return self.place(problem), problem.message


def spot(path: Path, text: str, nth: int = 1) -> tuple[int, int]:
    """Line and column of the ``nth`` occurrence of a text in a file: where a person would look for it."""
    seen = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        column = line.find(text)
        while column >= 0:
            seen += 1
            if seen == nth:
                return number, column + 1
            column = line.find(text, column + 1)
    raise AssertionError(f"{text!r} is not in {path.name} {nth} times")


def cell(layout: Layout, a1: str, sheet: str | None = None) -> PlacedCell:
    """The cell of the first worksheet (or that named) which begins at an address."""
    name = sheet or layout.sheets[0].name
    return next(found for address, found in layout.cells.items() if address.sheet == name and address.a1 == a1)


def area(found: PlacedCell) -> tuple[str, int, int]:
    """A cell's address, rows and columns."""
    return found.address.a1, found.rows, found.columns
