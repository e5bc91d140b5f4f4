"""A form that asks for money in 元: prompts, bounds, targets, prose and the summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.public_forms import FOLDER, Recipe
from xlsxeval.campaign.drafted_edition import draft_edition, write_edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.types import MONEY_UNITS, TYPES, in_unit, wan
from xlsxeval.resources import campaign_templates, templates_directory

PROGRAM = Library(templates_directory())


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of own forms drafted from a form in 元."""
    drafted = draft_edition([Recipe(FOLDER / "policy-funds.yaml").draw(tmp_path)], "e", PROGRAM)
    assert write_edition(drafted, tmp_path / "表样") == []
    return tmp_path / "表样"


def test_a_form_in_yuan_says_so(own: Path) -> None:
    form = Library(own).edition("e").form("project")
    assert form is not None
    kind = form.fields["funds.budget"].type
    assert (kind.unit, kind.says, kind.maximum) == ("元", "金额，单位元，填数字", 1e14)
    assert form.fields["total.score"].type is TYPES["score"]
    assert "{{ project.funds.budget|money }}元" not in (own / "forms" / "project" / "e.yaml").read_text("utf-8")


def test_amounts_are_reckoned_in_wan() -> None:
    money = TYPES["money"]
    assert [wan(in_unit(money, unit), 20_000) for unit in MONEY_UNITS] == [2, 2000, 20_000, 200_000_000]
    assert wan(TYPES["count"], 7) == 7


def test_own_forms_stand_over_the_programs(own: Path) -> None:
    library = Library(own)
    assert set(library.editions()) == {"e", *PROGRAM.editions()}
    assert library.find("checks/L101.yaml") == PROGRAM.directory / "checks" / "L101.yaml"
    assert library.find("reports/e.docx").is_relative_to(own)
    assert campaign_templates(own.parent / "收回" / "a.xlsx") == own
    assert campaign_templates(own.parent, PROGRAM.directory) == PROGRAM.directory


def test_a_report_can_be_dropped(own: Path) -> None:
    text = "edition: f\nextends: e\nreport: none\n"
    (own / "editions" / "f.yaml").write_text(text, encoding="utf-8")
    assert Library(own).edition("e").report == "e.docx"
    assert Library(own).edition("f").report is None
