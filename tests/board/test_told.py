"""The board as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from tests.board.offices import SHEETS, came, campaign, error, state_of, town, unit, unreadable, warning
from tests.docs.pages import ROOT, examples
from xlsxeval.board import CampaignState, UnitStatus
from xlsxeval.board.json_form import status_json
from xlsxeval.board.steps import next_steps
from xlsxeval.board.text import table, text
from xlsxeval.board.words import WORDS
from xlsxeval.cli.words import wording
from xlsxeval.layout.metrics import text_width

ONE, TWO = unit("001", "一局"), unit("002", "二局")
TOWN = campaign(ONE, TWO)


@pytest.fixture(scope="module")
def data() -> Any:
    return json.loads(status_json(town()))


def test_every_unit_stands_in_the_text_under_its_state() -> None:
    state = town()
    told = text(state, wording("任务"))
    blocks = {block.splitlines()[0]: block for block in told.split("\n\n")}
    for status in UnitStatus:
        own = [one for one in state.units if one.status is status]
        (block,) = (block for head, block in blocks.items() if head.startswith(f"■ {WORDS[status]}（"))
        assert f"（{len(own)} 个）" in block
        assert [one.code for one in state.units if one.code in block] == [one.code for one in own]


def test_columns_stand_under_each_other_though_characters_are_of_two_widths() -> None:
    lines = table(("代码", "单位", "错误"), [("1", "某某局", "3"), ("430200101", "A局", "12"), ("2", "长" * 50, "")])
    assert len({text_width(line) for line in lines[:3]}) == 1
    assert all("…" in line for line in lines[3:])
    assert "错误" not in table(("代码", "错误"), [("1", "")])[0]


def test_a_name_cannot_drive_the_terminal() -> None:
    assert "\x1b" not in text(
        state_of(campaign(unit("001", "\x1b[31m局\n假的")), unreadable("\x1b坏.xlsx")), wording("任务")
    )


def test_the_text_can_be_shown_on_a_chinese_console() -> None:
    text(town(), wording("任务")).encode("gbk")


@pytest.mark.parametrize(
    ("state", "commands"),
    [
        (state_of(TOWN, sent=[]), ["run"]),
        (state_of(TOWN), ["remind"]),
        (state_of(TOWN, came(ONE, error()), came(TWO)), ["remind"]),
        (state_of(TOWN, came(ONE, warning()), came(TWO)), ["waive"]),
        (state_of(TOWN, came(ONE), came(TWO)), ["report"]),
        (state_of(TOWN, came(ONE, content="a"), came(ONE, content="b"), came(TWO)), []),
    ],
)
def test_the_next_step_follows_from_the_state(state: CampaignState, commands: list[str]) -> None:
    steps = " ".join(map(wording("任务"), next_steps(state)))
    assert [command for command in ("run", "remind", "waive", "report") if f"xlsxeval {command}" in steps] == commands
    assert steps


def test_json_has_the_keys_of_the_contract(data: Any) -> None:
    state = {
        "schema",
        "campaign",
        "edition",
        "year",
        "department",
        "deadline",
        "as_of",
        "source",
        "uncollected",
        "stale",
    }
    assert set(data) == {*state, "units", "set_aside", "levels", "summary"}
    assert (data["schema"], data["deadline"], data["as_of"], data["source"]) == (
        1,
        "2025-05-31",
        "2025-06-05",
        "folder",
    )
    finding = {"code", "slug", "severity", "sheet", "cell", "field", "label", "shown", "expected", "message", "fix"}
    for one in data["units"]:
        assert set(one) == {
            *("code", "name", "status", "sent", "received", "days_late", "versions", "missing", "attachments", "parts"),
            *("scores", "by_severity", "findings", "form_changes", "review"),
        }
        assert all(set(sheet) == {"sheet", "form", "status"} for sheet in one["attachments"])
        for part in one["parts"]:
            assert set(part) == {"part", "first", "current", "conflict"}
            for file in filter(None, [part["current"], *part["conflict"]]):
                assert set(file) == {"name", "sha256", "received", "version"}
        assert all(set(score) == {"sheet", "score", "rate"} for score in one["scores"])
        assert all(set(found) == {*finding, "basis", "working", "waived", "fingerprint"} for found in one["findings"])
        assert all(len(found["fingerprint"]) == 16 for found in one["findings"])
    assert all(set(one) == {"name", "source", "code", "reason", "unit", "settled"} for one in data["set_aside"])
    assert set(data["summary"]) == {"units", "late", "by_status", "by_form"}


def _keys(told: Any, at: str = "") -> set[str]:
    """Every path of keys; names that are data, and what check has too, are left out."""
    if isinstance(told, list):
        return {path for one in told for path in _keys(one, at)}
    if not isinstance(told, dict) or at.endswith((".by_form", ".findings")):
        return set()
    return {path for key, value in told.items() for path in {f"{at}.{key}", *_keys(value, f"{at}.{key}")}}


def test_the_documented_json_has_the_same_keys(data: Any) -> None:
    documented = [
        json.loads(one.text) for one in examples(ROOT / "docs" / "internals" / "formats.md") if one.language == "json"
    ]
    (told,) = (one for one in documented if "as_of" in one)
    conflict, review = ".units.parts.conflict.", ".units.review."
    assert {path for path in _keys(told) if not path.startswith(review)} == {
        path for path in _keys(data) if not path.startswith(conflict)
    }


def test_the_json_summary_adds_up(data: Any) -> None:
    summary = data["summary"]
    assert summary["units"] == len(data["units"]) == sum(summary["by_status"].values()) == 40
    assert all(count > 0 for count in summary["by_status"].values())
    assert summary["late"] == sum(one["days_late"] > 0 for one in data["units"])
    sheets = [sheet for one in data["units"] for sheet in one["attachments"]]
    assert sum(sum(counts.values()) for counts in summary["by_form"].values()) == len(sheets)
    for one in data["units"]:
        counted = [found for found in one["findings"] if found["waived"] is None]
        assert sum(one["by_severity"].values()) == len(counted)


def test_nothing_of_a_state_is_left_untold(data: Any) -> None:
    """A value that is added to the state and forgotten here would be missed by other programs."""
    known = {"id": "campaign", "units": "units", "set_aside": "set_aside"}
    assert {known.get(field.name, field.name) for field in fields(CampaignState)} <= set(data)
    assert {sheet["sheet"] for sheet in data["units"][0]["attachments"]} >= set(SHEETS[:2])
