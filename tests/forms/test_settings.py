"""Severities that an edition or a campaign sets: read, inherited, refused at their line, live in 自查, kept in the seal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.inline import CAMPAIGN, EDITION, Desk, spot
from xlsxeval.forms.seal import Seal, make_seal, read_seal
from xlsxeval.layout.layout import SELF_CHECK_SHEET, Layout
from xlsxeval.model import Severity

FORM = """
form: f
attachment: 表
columns: [10, 10]
grid:
  - [$a, $b]
fields:
  a: {label: 甲, type: money}
  b: {label: 乙, type: money}
checks:
  - {code: L901, title: 甲大于乙, say: 甲不大于乙, fix: 改, basis: 理, that: a<=b, at: a, expected: b}
  - {code: L902, title: 甲小于零, say: 甲不小于零, fix: 改, basis: 理, that: a>=0, at: a}
"""
KEY = b"k" * 32


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.form(FORM)
    return desk


def set_by_edition(desk: Desk, rules: str, name: str = "e", extends: str = "") -> None:
    text = EDITION.replace("edition: e", f"edition: {name}") + f"rules: {rules}\n" + extends
    desk.edition(text, name)


def set_by_campaign(desk: Desk, rules: str, edition: str = "e") -> None:
    desk.campaign(CAMPAIGN.replace("edition: e", f"edition: {edition}") + f"rules: {rules}\n")


def live(layout: Layout) -> list[str]:
    """What 自查 says of the checks, without the count of blanks."""
    return [
        str(cell.value)
        for cell in layout.cells.values()
        if cell.address.sheet == SELF_CHECK_SHEET and cell.address.column == 3 and cell.address.row > 4
    ]


def results(layout: Layout, a: float, b: float) -> dict[str, str]:
    """The result of each check for two values, by code."""
    inputs = {cell.address: value for cell, value in zip(layout.inputs(), (a, b), strict=True)}
    values = layout.compute(inputs)
    return {placed.check.code: str(values[placed.status]) for placed in layout.checks}


def test_a_bare_word_stands_for_a_severity(desk: Desk) -> None:
    set_by_edition(desk, "{L901: warning, L902: {severity: off, basis: 本地做法}}")
    settings = desk.load()[1].settings
    assert {code: (one.severity, one.set_by, one.basis) for code, one in settings.items()} == {
        "L901": (Severity.WARNING, "edition", ""),
        "L902": (None, "edition", "本地做法"),
    }


def test_settings_are_inherited_rule_by_rule(desk: Desk) -> None:
    set_by_edition(desk, "{L901: warning, L902: off}")
    set_by_edition(desk, "{L902: info}", "city", "extends: e\n")
    levels = {code: one.level for code, one in desk.library.edition("city").settings.items()}
    assert levels == {"L901": "warning", "L902": "info"}


def test_the_word_of_the_campaign_counts(desk: Desk) -> None:
    set_by_edition(desk, "{L901: off}")
    set_by_campaign(desk, "{L901: info}")
    layout = desk.layout()
    assert (layout.settings["L901"].severity, layout.settings["L901"].set_by) == (Severity.INFO, "campaign")
    assert live(layout) == ["甲不大于乙", "甲不小于零"]


@pytest.mark.parametrize("code", ["F001", "I001", "T101"])
def test_what_all_others_rest_on_cannot_be_set(desk: Desk, code: str) -> None:
    set_by_edition(desk, f"{{{code}: warning}}")
    place, message = desk.only_problem()
    assert place == ("templates/editions/e.yaml", *spot(desk.templates / "editions" / "e.yaml", code))
    assert code in message
    set_by_edition(desk, "{}")
    set_by_campaign(desk, f"{{{code}: off}}")
    place, message = desk.only_problem()
    assert place == ("campaign.yaml", *spot(desk.folder / "campaign.yaml", code))
    assert code in message


def test_an_unknown_rule_is_told_with_a_near_one(desk: Desk) -> None:
    set_by_campaign(desk, "{L9O1: off}")
    place, message = desk.only_problem()
    assert place == ("campaign.yaml", *spot(desk.folder / "campaign.yaml", "L9O1"))
    assert "「L901」" in message


def test_a_rule_written_in_python_is_known(desk: Desk) -> None:
    set_by_campaign(desk, "{V001: off, X104: error}")
    assert set(desk.load()[0].settings) == {"V001", "X104"}


@pytest.mark.parametrize("word", ["grave", "Error", "3", "''", "{basis: 无}", "{severity: off, why: 无}"])
def test_what_is_no_severity_is_told_at_its_line(desk: Desk, word: str) -> None:
    set_by_campaign(desk, f"{{L901: {word}}}")
    (problem,) = desk.problems()
    assert desk.place(problem)[:2] == ("campaign.yaml", spot(desk.folder / "campaign.yaml", "L901")[0])


@pytest.mark.parametrize("word", ["off", "false", "'off'"])
def test_off_is_off_however_it_is_written(desk: Desk, word: str) -> None:
    set_by_campaign(desk, f"{{L901: {word}}}")
    assert desk.load()[0].settings["L901"].severity is None


def test_a_check_that_is_off_is_not_in_the_workbook_and_computed_all_the_same(desk: Desk) -> None:
    set_by_campaign(desk, "{L901: off}")
    layout = desk.layout()
    assert live(layout) == ["甲不小于零"]
    assert results(layout, 2, 1) == {"L901": "✗ 不符", "L902": "✓ 通过"}
    assert not any("L901" in str(cell.value) for cell in layout.cells.values())


@pytest.mark.parametrize(("word", "mark"), [("error", "✗"), ("warning", "△"), ("info", "○")])
def test_another_severity_shows_its_mark(desk: Desk, word: str, mark: str) -> None:
    set_by_campaign(desk, f"{{L901: {word}}}")
    layout = desk.layout()
    assert results(layout, 2, 1)["L901"].startswith(mark)
    (placed,) = [placed for placed in layout.checks if placed.check.code == "L901"]
    assert (placed.mark, placed.check.severity) == (mark, Severity.ERROR)


def sealed(desk: Desk) -> Seal:
    campaign, edition = desk.load()
    return make_seal(campaign, campaign.units[0], edition, KEY)


def test_the_seal_carries_what_the_campaign_set(desk: Desk) -> None:
    set_by_campaign(desk, "{L901: {severity: off, basis: 本地做法}, L902: info}")
    back = read_seal(sealed(desk).sheet_texts)
    assert back is not None
    assert back.campaign.settings == desk.load()[0].settings


def test_a_seal_without_settings_is_what_it_always_was(desk: Desk) -> None:
    seal = sealed(desk)
    assert "rules" not in seal.text
    back = read_seal(seal.sheet_texts)
    assert back is not None
    assert back.campaign.settings == {}


@pytest.mark.parametrize("code", ["T101", "F001", "I020", "L90", "nonsense"])
def test_a_seal_cannot_switch_off_what_nobody_can(desk: Desk, code: str) -> None:
    set_by_campaign(desk, "{L901: off}")
    seal = sealed(desk)
    forged = replace(seal, text=seal.text.replace('"L901"', f'"{code}"'))
    assert forged.text != seal.text
    assert read_seal(forged.sheet_texts) is None
