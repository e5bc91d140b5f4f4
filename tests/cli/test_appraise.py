"""``appraise``: a rubric a unit, drafted from what came back; a rubric that somebody went on with is never lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import CAMPAIGN, run

YUEYANG = CAMPAIGN.parent / "yueyang-2023"


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A campaign with a rubric, one unit's forms filled in with care in 收回."""
    folder = tmp_path / "任务"
    folder.mkdir()
    shutil.copy(YUEYANG / "campaign.yaml", folder)
    made = run("generate", folder, "-o", tmp_path / "下发")
    blank = Path(made.out.strip().splitlines()[0])
    (folder / "收回").mkdir()
    assert run("fill", blank, YUEYANG / "values.yaml", "-o", folder / "收回" / "表.xlsx").code == 0
    return folder


def _scores(path: Path) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path, data_only=True)["考核评分表"]
    return {str(row[1].value).split("\n")[0]: row[3].value for row in sheet.iter_rows(min_row=5, max_row=10)}


def test_it_writes_what_it_knows_and_leaves_the_rest_open(returned: Path, tmp_path: Path) -> None:
    ran = run("appraise", returned, "-o", tmp_path / "考核", "--received", "2000-01-01")
    assert ran.code == 0, ran.err
    scores = _scores(Path(ran.out.strip()))
    assert scores["单位自查"] == 20
    assert scores["提交报告"] == 10
    assert scores["自评报告的完整性"] == 15
    assert scores["绩效评价报告反映问题情况"] is None


def test_a_late_return_loses_its_points(returned: Path, tmp_path: Path) -> None:
    ran = run("appraise", returned, "-o", tmp_path / "考核", "--received", "2099-01-01")
    assert _scores(Path(ran.out.strip()))["提交报告"] == 0


def test_a_rubric_that_somebody_went_on_with_is_set_aside(returned: Path, tmp_path: Path) -> None:
    args = ("appraise", returned, "-o", tmp_path / "考核", "--received", "2000-01-01")
    path = Path(run(*args).out.strip())
    path.write_bytes(b"somebody's work")
    ran = run(*args)
    kept = [other for other in path.parent.iterdir() if other != path]
    assert [other.read_bytes() for other in kept] == [b"somebody's work"]
    assert kept[0].name in ran.err


def test_an_edition_without_a_rubric_says_so(task: Path, tmp_path: Path) -> None:
    ran = run("appraise", task, "-o", tmp_path / "考核")
    assert ran.code == 2
    assert "没有考核评分表" in ran.err
