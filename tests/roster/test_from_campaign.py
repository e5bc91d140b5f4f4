"""``new --from``: a campaign in YAML becomes a roster that says the same; what a roster cannot say is told."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.cli.running import run
from tests.roster.desk import library
from xlsxeval.api import new_roster
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Campaign, load_campaign
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.resources import samples_directory
from xlsxeval.roster import FILE_NAME, load_roster, make_plan, roster_bytes
from xlsxeval.roster.campaign_lines import campaign_lines
from xlsxeval.roster.edits import with_setting
from xlsxeval.roster.items import items, texts

SAMPLES = sorted(path.parent.name for path in samples_directory().glob("*/campaign.yaml"))
WORDS = st.text("甲乙丙，。 ≥%5\n=+'", min_size=1, max_size=40).map(str.strip).filter(bool)
PLACES = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), WORDS, st.decimals(0, 999, places=2))


def rewritten(data: dict[str, Any], folder: Path) -> tuple[Campaign, Campaign]:
    """The campaign of the YAML, and the same after it went through a roster."""
    (folder / "campaign.yaml").write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    campaign, edition = load_campaign(folder, library())
    lines = campaign_lines(campaign, edition, make_plan(edition))
    assert lines.left_out == []
    path = folder / FILE_NAME
    path.write_bytes(roster_bytes(edition, tuple(library().editions()), lines.task, lines=lines.tables))
    return campaign, load_roster(path, library())[0]


def read(sample: str) -> dict[str, Any]:
    """A sample's campaign as plain data; written as JSON, which is YAML, it is read the same."""
    found: dict[str, Any] = copy.deepcopy(YamlFile(samples_directory() / sample / "campaign.yaml").data)
    return found


@pytest.mark.parametrize("sample", SAMPLES)
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.generate],  # to shrink would take long: a campaign says well enough as it is what is wrong
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(places=st.lists(PLACES, max_size=8), also=st.booleans())
def test_a_roster_says_what_the_yaml_says(tmp_path: Path, sample: str, places: list[Any], also: bool) -> None:
    data = copy.deepcopy(read(sample))
    edition = library().edition(data["edition"])
    if also:
        data["units"].append(
            {"code": "1", "name": "某某中心", "forms": [edition.forms[-1].id, edition.forms[1].id][::-1]}
        )
        data["units"].append({"code": "001", "name": "某某站"})
    words = [item for item in texts(edition) if item.field.type.kind == "text"]
    figures = [item for item in items(edition) if item.field.type.name == "money" and item.block is None]
    for one, other, text, number in places:
        for item, value in ((words[one % len(words)], text), (figures[other % len(figures)], float(number))):
            owner = data["units"][0]
            if item.form.each != "project":
                owner.setdefault("given", {}).setdefault(item.form.id, {})[item.field.id] = value
            elif projects := owner.get("projects"):
                projects[one % len(projects)].setdefault("given", {})[item.field.id] = value
    campaign, again = rewritten(data, tmp_path)
    assert again == replace(campaign, directory=again.directory)


def test_a_campaign_becomes_a_roster_beside_nothing_else(tmp_path: Path) -> None:
    ran = run("new", tmp_path / "名册", "--from", samples_directory() / "zhuzhou-2024")
    assert ran.code == 0
    assert [path.name for path in (tmp_path / "名册").iterdir()] == [FILE_NAME]
    assert run("lint", tmp_path / "名册").code == 0
    again = run("new", tmp_path / "名册", "--from", samples_directory() / "zhuzhou-2024")
    assert (again.code, "已经存在" in again.err) == (2, True)


def test_what_a_roster_cannot_say_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    data = read("zhuzhou-2024")
    data["units"][0]["given"]["overall"]["indicators"][0] |= {"actual": "2项"}
    key = "ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="
    data["levels"] = [{"code": "1", "name": "某某县财政局", "key": key, "campaign": "xian-2024"}]
    (tmp_path / "campaign.yaml").write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    ran = run("new", tmp_path / "名册", "--from", tmp_path)
    assert ran.code == 2
    assert "「附件2」的“实际完成值”" in ran.err
    assert "某某县财政局" in ran.err
    assert not (tmp_path / "名册").exists()


def test_settings_are_lines_of_a_worksheet_of_their_own(tmp_path: Path) -> None:
    data = read("zhuzhou-2024")
    data["rules"] = {"X104": "off", "S102": {"severity": "warning", "basis": "布置会议明确"}}
    data["limits"] = {"seconds": 60}
    campaign, again = rewritten(data, tmp_path)
    assert (again.settings, again.limits) == (campaign.settings, campaign.limits)
    assert len(campaign.settings) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("S102", "改轻一点", None), "应为 错误、请核对、提示、不查"),
        (("T101", "不查", None), "不能改级别"),
        (("S999", "不查", None), "没有「S999」这条规则"),
        (("seconds", "一分钟", None), "应为整数"),
        (("seconds", 1, None), "应为 5 到 3,600"),
        ((None, "不查", None), "缺少规则或限额"),
    ],
)
def test_faults_of_settings_are_told_at_their_cells(
    tmp_path: Path, line: tuple[str | int | None, ...], told: str
) -> None:
    path = new_roster(tmp_path, samples_directory() / "chenxi-2024").roster
    path.write_bytes(with_setting(path.read_bytes(), "S102", "提示"))
    book = load_workbook(path)
    for column, value in enumerate(line, start=1):
        book["设置"].cell(2, column).value = value
    book.save(path)
    with pytest.raises(DefinitionError) as caught:
        load_roster(path, library())
    (problem,) = caught.value.problems
    assert "设置!" in problem.file
    assert told in problem.message


@pytest.mark.parametrize("options", [(), ("--edition", "hunan-2024", "--from", "x"), ("--year", "2024", "--from", "x")])
def test_either_an_edition_or_a_campaign(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert run("new", tmp_path / "自评", *options).code == 2
    assert not (tmp_path / "自评").exists()
