"""Single settings written into the file that a campaign is read from: comments and all else stay as they were."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from xlsxeval import api
from xlsxeval.campaign.source_edits import replace_roster, set_deadline, set_limits, set_severity
from xlsxeval.campaign.yaml_edits import with_value
from xlsxeval.errors import UsageError

HEAD = "campaign: demo\nedition: hunan-2024\nyear: 2024\ndepartment: 某某局   # 印在表上\n"
TAIL = "units:\n  - {code: '1', name: 某某中心}\n"
SHAPES = {
    "none": HEAD + TAIL,
    "block": HEAD
    + "rules:   # 会上定的\n  S102: warning   # 甲\n  # 下一条\n  L104: {severity: off, basis: 乙}\n# 单位\n"
    + TAIL,
    "nested": HEAD + "rules:\n  L104:\n    severity: off\n    basis: 乙   # 丙\n  S102: info\n" + TAIL,
    "flow": HEAD + "rules: {S102: warning, L104: off}   # 甲\n" + TAIL,
    "empty": HEAD + "rules:\n" + TAIL,
    "braces": HEAD + "rules: {}   # 没有\n" + TAIL,
    "last": HEAD + TAIL + "rules:\n  S102: warning",
    "windows": (HEAD + "rules:\n  S102: warning   # 甲\n" + TAIL).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("value", ["info", '{severity: off, basis: "会议: \\"定\\"的 # 不是注释"}', None])
@pytest.mark.parametrize("code", ["S102", "L104", "V116"])
def test_one_rule_changes_and_nothing_else(name: str, value: str | None, code: str) -> None:
    text = SHAPES[name]
    changed = with_value(text, ("rules", code), value, "department")
    before, after = yaml.safe_load(text), yaml.safe_load(changed)
    rules = dict(before.pop("rules", None) or {})
    found = after.pop("rules", None) or {}
    assert after == before
    rules.pop(code, None)
    assert found == rules | ({} if value is None else {code: yaml.safe_load(value)})
    kept = [line.partition("#")[2] for line in text.splitlines() if "#" in line and code not in line]
    if rules:  # with the last rule its heading goes
        assert [line for line in kept if line not in changed] in ([], [" 丙"])


def test_what_it_cannot_write_it_leaves_alone() -> None:
    for text in (
        "{campaign: demo, department: 某某局}\n",
        "campaign: demo\nrules: &a {S102: off}\nx: *a\ndepartment: y\n",
    ):
        with pytest.raises(UsageError, match="自己写上：rules: S102: info"):
            with_value(text, ("rules", "S102"), "info", "department")


@pytest.fixture(params=["名册.xlsx", "campaign.yaml"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    place = tmp_path / "任务"
    if request.param == "名册.xlsx":
        api.new_roster(place, api.sample("chenxi-2024"))
    else:
        place.mkdir()
        (place / "campaign.yaml").write_bytes((api.sample("chenxi-2024") / "campaign.yaml").read_bytes())
    return place


def test_settings_come_and_go_in_both_sources(folder: Path) -> None:
    before = api.open_campaign(folder).campaign
    set_severity(folder, "S102", "info", "会议明确")
    set_severity(folder, "V116", "off")
    set_limits(folder, {"seconds": 60, "file_mb": 40})
    set_deadline(folder, dt.date(2025, 7, 1))
    campaign = api.open_campaign(folder).campaign
    assert {code: (one.level, one.basis) for code, one in campaign.settings.items()} == {
        "S102": ("info", "会议明确"),
        "V116": ("off", ""),
    }
    assert campaign.limits == {"seconds": 60, "file_mb": 40}
    assert campaign.units == before.units
    set_severity(folder, "S102", None)
    set_severity(folder, "V116", "error")
    set_limits(folder, {"seconds": None, "file_mb": None})
    campaign = api.open_campaign(folder).campaign
    assert ([*campaign.settings], campaign.settings["V116"].level, campaign.limits) == (["V116"], "error", {})


def test_what_nobody_may_set_is_refused_and_nothing_is_written(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for code, level in (("T101", "off"), ("S102", "mild"), ("汉字", "off")):
        with pytest.raises(UsageError):
            set_severity(folder, code, level)
    for limits in ({"seconds": 1}, {"hours": 5}):
        with pytest.raises(UsageError):
            set_limits(folder, limits)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_that_cannot_be_replaced_stays_and_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where an open workbook cannot be moved or written over."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = {path: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UsageError, match="换不上"):
        set_deadline(folder, dt.date(2025, 7, 1))
    if (folder / "名册.xlsx").exists():
        with pytest.raises(UsageError, match="换不上"):
            replace_roster(folder, before[folder / "名册.xlsx"] + b" ")
        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(UsageError, match="换不上"):
            replace_roster(folder, before[folder / "名册.xlsx"] + b" ")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
