"""``templates/summaries``: every edition has its list, and a fault in one is told at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from xlsxeval.forms.library import Library
from xlsxeval.rollup import load_definition, summary_faults
from xlsxeval.rollup.definition import Role

EDITIONS = Library(ROOT / "templates").editions()


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The project's templates, to be changed."""
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_has_a_sound_list_of_its_own(name: str) -> None:
    library = Library(ROOT / "templates")
    edition = library.edition(name)
    assert (ROOT / "templates" / "summaries" / f"{name}.yaml").is_file()
    assert summary_faults(library, edition) == []
    definition = load_definition(library, edition)
    assert definition is not None
    assert {Role.BUDGET, Role.EXECUTED, Role.SCORE} <= set(definition.unit_roles)
    assert definition.money
    assert definition.grades[-1].lower is None
    assert next(grade.lower for grade in definition.grades[:-1]) == 90


FAULTS = {
    "an unknown form": ("overall!funds.budget", "overal!funds.budget", "是不是「overall」"),
    "an unknown field": ("overall!funds.budget", "overall!funds.budgt", "是不是「funds.budget」"),
    "no form": ("overall!funds.budget", "funds.budget", "表!字段"),
    "a text": ("overall!funds.budget", "overall!goals.expected", "不是一个数"),
    "a column of lines": ("overall!funds.budget", "overall!indicators.weight", "不是一个数"),
    "a form that each project has": ("overall!funds.budget", "project!funds.budget", "projects"),
    "a form of the unit": ("project!funds.budget", "overall!funds.budget", "unit"),
    "an unknown key": ("  budget: overall!funds.budget", "  budjet: overall!funds.budget", "是不是「budget」"),
    "another edition's name": ("summary: hunan-2024", "summary: hunan-2023", "不一致"),
    "grades upside down": ("lower: 80", "lower: 95", "从高到低"),
    "two last grades": (", lower: 80", "", "最后一等"),
}


@pytest.mark.parametrize(("before", "after", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_line(templates: Path, before: str, after: str, told: str) -> None:
    path = templates / "summaries" / "hunan-2024.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    library = Library(templates)
    problems = summary_faults(library, library.edition("hunan-2024"))
    line = text[: text.index(before)].count("\n") + 1
    if told in ("从高到低", "最后一等"):
        line = text[: text.index("grades:")].count("\n") + 1
    assert [(problem.line, told in problem.message) for problem in problems] == [(line, True)]


def test_an_edition_without_a_list_takes_that_of_the_one_it_extends(templates: Path) -> None:
    text = "edition: town-2025\nextends: hunan-2024\ntitle: 某某镇\nwithout: [basic, narrative, fund]\n"
    (templates / "editions" / "town-2025.yaml").write_text(text, encoding="utf-8")
    library = Library(templates)
    definition = load_definition(library, library.edition("hunan-2024"))
    shorter = load_definition(library, library.edition("town-2025"))
    assert definition is not None
    assert shorter is not None
    assert shorter.unit == definition.unit
    forms = {source.form for column in shorter.money for source in column.sources}
    assert forms == {"overall", "capital", "insurance"}


def test_an_edition_that_nobody_wrote_a_list_for_has_none(templates: Path) -> None:
    shutil.rmtree(templates / "summaries")
    library = Library(templates)
    assert load_definition(library, library.edition("yiyang-2022")) is None
