"""Every edition: lints clean, makes a workbook of its own; every sample's hand-worked table says what is expected."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from xlsxeval.cli import main
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.lint import lint_edition
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import workbook_bytes

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Library(ROOT / "templates")
EDITIONS = LIBRARY.editions()
HAND_WORKED = sorted((ROOT / "samples").glob("*/README.md"))
KEY = b"k" * 32

_FINDING = re.compile(r"^\| ([A-Z]\d{3}) [✗△○] \| ([^ |]+![A-Z]+\d+)\b", re.MULTILINE)


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_lints_clean(name: str) -> None:
    assert lint_edition(LIBRARY.edition(name)) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_example_of_an_edition_makes_a_workbook_in_which_only_values_are_missing(name: str) -> None:
    edition = LIBRARY.edition(name)
    layout = example_layout(edition)
    seal = make_seal(layout.campaign, layout.unit, edition, KEY)
    content = workbook_bytes(layout, seal, "password")
    verdict = judge(read_returned("example.xlsx", content, Context(LIBRARY), Layouts()))
    assert {finding.code for finding in verdict.findings} == {"V040", "V042"}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_number_of_an_edition_has_its_basis(name: str) -> None:
    parameters = LIBRARY.edition(name).parameters
    wanted = {"weight.execution", "weight.total", "tolerance.money", "tolerance.rate", "tolerance.score"}
    assert wanted <= set(parameters)
    assert [parameter.name for parameter in parameters.values() if not parameter.basis.strip()] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_shows_its_parameters(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["editions", name])
    assert not exit_.value.code
    shown = capsys.readouterr().out
    assert [p.name for p in LIBRARY.edition(name).parameters.values() if p.basis not in shown] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mof-2020", {100: "优", 90: "优", 89.99: "良", 80: "良", 79.99: "中", 60: "中", 59.99: "差"}),
        (
            "yiyang-2022",
            {90: "优秀", 89.99: "良好", 79.99: "合格", 70: "合格", 69.99: "基本合格", 60: "基本合格", 59.99: "不合格"},
        ),
        ("chenxi-2024", {90: "优秀", 89.99: "良好", 79.99: "中等", 59.99: "较差"}),
    ],
)
def test_the_grade_of_a_total_counts_the_lower_bound_in(name: str, words: dict[float, str]) -> None:
    layout = example_layout(LIBRARY.edition(name))
    number = layout.sheets[-2].instance if name != "chenxi-2024" else None
    total, grade = (layout.slots["narrative", number, field].address for field in ("total.score", "grade"))
    assert {score: layout.compute({total: float(score)})[grade] for score in words} == words


def test_a_grade_of_nothing_is_nothing() -> None:
    layout = example_layout(LIBRARY.edition("mof-2020"), 1)
    assert layout.compute({})[layout.slots["narrative", 1, "grade"].address] == ""


@pytest.mark.parametrize("page", HAND_WORKED, ids=lambda path: path.parent.name)
def test_the_hand_worked_table_of_a_sample_says_what_is_expected(page: Path) -> None:
    """Every finding has its row, but for what T101 says of each figure that is typed over a formula."""
    expected = json.loads((page.parent / "expected.json").read_text(encoding="utf-8"))
    told = {f"{code} {place}" for code, place in _FINDING.findall(page.read_text(encoding="utf-8"))}
    assert told == {finding for found in expected.values() for finding in found if not finding.startswith("T101 ")}
