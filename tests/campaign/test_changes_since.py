"""What a check says of a return whose unit the campaign has changed since its form was sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.base import CAMPAIGNS, base
from xlsxeval.judging.judge import Judge
from xlsxeval.resources import templates_directory

_CHANGES = [
    ("target: ≥1000件", "target: ≥1100件", "发表以后任务里改了给定的数或指标"),
    ("name: 某某局", "name: 某某市某某局", "单位名称改过：发表时是“某某局”，现在是“某某市某某局”"),
    ("      - name: 业务培训", "      - name: 业务培训\n      - name: 设备更新", "发表以后任务里加了项目：设备更新"),
]


def _notes(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """The notes on the careful unit's return, checked against the campaign with one text in the place of another."""
    campaign = (CAMPAIGNS / "hunan-2024" / "campaign.yaml").read_text(encoding="utf-8")
    assert old in campaign
    (folder / "campaign.yaml").write_text(campaign.replace(old, new), encoding="utf-8")
    sent = folder / "001.xlsx"
    sent.write_bytes(base().data)
    return Judge(templates_directory(), folder)(sent).notes


@pytest.mark.parametrize(("old", "new", "told"), _CHANGES, ids=["given", "name", "project"])
def test_what_was_changed_since_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    (note,) = _notes(tmp_path, old, new)
    assert told in note


def test_nothing_is_told_of_a_campaign_that_is_the_same(tmp_path: Path) -> None:
    assert _notes(tmp_path, "name: 某某局", "name: 某某局") == ()
