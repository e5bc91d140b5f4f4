"""``explain``: the parameters a rule follows, what an edition makes of it, and whether it can be set or waived."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.cli.running import run
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.rules.catalogue import RulePage, catalogue, parameters_in


@cache
def pages() -> dict[str, RulePage]:
    return catalogue(Library(templates_directory()))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates with one edition more, which sets two rules."""
    folder = tmp_path_factory.mktemp("city") / "templates"
    shutil.copytree(templates_directory(), folder)
    text = "edition: city-2025\nextends: hunan-2024\nrules: {L101: off, V002: {severity: info, basis: 本市做法}}\n"
    (folder / "editions" / "city-2025.yaml").write_text(text, encoding="utf-8")
    return folder


def explained(templates: Path, code: str) -> str:
    done = run("--templates", templates, "explain", code, "--edition", "city-2025")
    assert done.code == 0, done.err
    return done.out


def test_parameters_are_read_from_formulas_as_written() -> None:
    assert parameters_in(["a<=edition!tolerance.money+b", "edition!tolerance.money*edition!x_1"]) == (
        "tolerance.money",
        "x_1",
    )


def test_every_parameter_that_a_check_names_is_on_its_page() -> None:
    for code, (spec, _) in Library(templates_directory()).checks().items():
        assert ("edition!" in f"{spec.where}{spec.that}{spec.shown}{spec.expected}") == bool(pages()[code].parameters)


def test_parameters_come_with_the_values_of_the_edition(city: Path) -> None:
    parameter = Library(city).edition("city-2025").parameters["tolerance.rate"]
    out = explained(city, "L101")
    assert "tolerance.rate" in run("explain", "L101").out
    assert "0.00005" in out
    assert parameter.basis in out


def test_what_the_edition_set_is_told_with_its_reason(city: Path) -> None:
    assert "city-2025 设为：关" in explained(city, "L101")
    assert "city-2025 设为：提示（本市做法）" in explained(city, "V002")
    assert "设为" not in explained(city, "V001")
    listed = run("--templates", city, "editions", "city-2025").out
    assert "L101 = off" in listed
    assert "V002 = info  本市做法" in listed


def test_a_check_that_the_edition_does_not_use(city: Path) -> None:
    library = Library(city)
    used = {check.code for form in library.edition("city-2025").forms for check in form.checks}
    unused = next(code for code in library.checks() if code not in used)
    assert "不用这项检查" in explained(city, unused)
    assert "不用这项检查" not in explained(city, "L101")


def test_what_cannot_be_set_says_so() -> None:
    firm = {code for code, page in pages().items() if page.firm}
    assert {code[0] for code in firm} == {"F", "I", "T", "U"}
    assert {code for code in pages() if code[0] in "FITU"} == firm
    assert "waive" not in run("explain", "T101").out
    assert "waive" in run("explain", "L101").out


def test_an_unknown_edition_is_told_with_a_near_one() -> None:
    done = run("explain", "L101", "--edition", "hunan-2042")
    assert done.code == 2
    assert "hunan-2024" in done.err
