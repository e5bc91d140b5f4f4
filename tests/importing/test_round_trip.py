"""Our own forms, drawn as an office would draw them, come back with the same labels, merges and widths; drafts work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.importing.forms import official, printed, write_form
from xlsxeval.forms.library import Library
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.lint import lint_edition
from xlsxeval.resources import OWN_MARK

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
EDITION = """\
edition: e
title: 测试
extends: mof-2020
without: [guide, project, narrative]
report: none
forms: [{}]
"""
CAMPAIGN = """\
campaign: c
edition: e
year: 2024
department: 某某市财政局
units:
  - {code: '001', name: 某某局}
"""


@dataclass(frozen=True)
class City:
    """A templates folder with one edition, ``e``, of drafted forms."""

    folder: Path

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    def draft(self, workbook: Path, form: str) -> str:
        """Drafts a form of the edition; its YAML."""
        output = self.templates / "forms" / form / "draft.yaml"
        done = run("import-form", workbook, "-o", output)
        assert done.code == 0, done.err
        return output.read_text(encoding="utf-8")

    def edition(self, *forms: str) -> Library:
        path = self.templates / "editions" / "e.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        without = EDITION.replace(" project,", "") if "project" in forms else EDITION
        path.write_text(without.format(", ".join(f"{form}/draft" for form in forms)), "utf-8")
        (self.templates / OWN_MARK).write_text("", "utf-8")
        return Library(self.templates)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.mark.parametrize(("sheet", "form"), [("附件1", "basic"), ("附件2", "overall"), ("附件3-1", "project")])
def test_a_form_of_hunan_comes_back_as_it_was_drawn(city: City, sheet: str, form: str) -> None:
    original = example_layout(Library(TEMPLATES).edition("hunan-2024"))
    city.draft(official(city.folder / "official.xlsx", original, sheet), form)
    edition = city.edition(form).edition("e")
    assert lint_edition(edition) == []
    assert edition.forms[0].columns == next(
        one.form.columns for one in original.sheets if one.name == sheet and one.form
    )
    assert printed(example_layout(edition), sheet) == printed(original, sheet)


def test_a_draft_is_generated_filled_in_and_read_back(city: City) -> None:
    rows = [
        ["附件2", None, None],
        ["收支情况表", None, None],
        ["项目", "预算数（万元）", "执行率"],
        ["基本支出", None, "=IF(B4=0,0,1)"],
        ["合计", "=SUM(B4:B4)", None],
    ]
    city.draft(write_form(city.folder / "f.xlsx", rows, ("A2:C2",)), "money")
    city.edition("money")
    (city.folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    templates = ("--templates", city.templates)
    assert run(*templates, "lint", "e").code == 0
    made = run(*templates, "generate", city.folder, "-o", city.folder / "out")
    assert made.code == 0, made.err
    values = city.folder / "values.yaml"
    values.write_text("附件2: {basic.budget: 12.5}\n", encoding="utf-8")
    filled = city.folder / "收回" / "a.xlsx"
    assert run(*templates, "fill", Path(made.out.strip()), values, "-o", filled).code == 0
    checked = run(*templates, "check", filled, "--campaign", city.folder)
    assert checked.code == 0, checked.said
    listed = run(*templates, "fields", filled).out
    assert "total.budget" in listed


@pytest.mark.parametrize(
    "label",
    [
        "~",
        "<",
        "^",
        "$x",
        "{{ year }}",
        "{% if %}",
        "{# 注 #}",
        'a"b\\c',
        "true",
        "12",
        "A1",
        "a: b",
        "- x",
        "#",
        "'",
        "是\n否",
        "TRUE",
    ],
)
def test_whatever_is_printed_stays_a_label(city: City, label: str) -> None:
    rows = [["标题一二三四", None, None], ["甲", label, "乙"], [label, None, None], ["丙", None, None]]
    city.draft(write_form(city.folder / "f.xlsx", rows, ("A1:C1",)), "f")
    edition = city.edition("f").edition("e")
    assert lint_edition(edition) == []
    cells = printed(example_layout(edition), "表")
    assert (cells["B2"][2], cells["A3"][2]) == (label, label)
