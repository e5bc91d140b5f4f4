"""``waive``: an exception goes on record, check, run and report act on it, and it can be taken back."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk, Post, resaved
from tests.cli.conftest import Office
from tests.cli.running import Ran, run

RECORD = "例外.jsonl"
WRONG = {"附件2": {"indicators[1].score": 6}}
PLACE = "附件2!indicators[1].score"


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Path:
    """A campaign with one return in which a score is above its weight."""
    campaign = tmp_path / "任务"
    shutil.copytree(office.campaign, campaign)
    (campaign / "收回").mkdir()
    put(office, campaign, WRONG)
    return campaign


def put(office: Office, campaign: Path, values: Mapping[str, Any]) -> None:
    """The careful unit's workbook with other values, in the place of what was returned."""
    typed = campaign.parent / "values.yaml"
    typed.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    target = campaign / "收回" / "001.xlsx"
    target.unlink(missing_ok=True)
    assert run("fill", office.filled, typed, "-o", target).code == 0


def waive(campaign: Path, *more: str, code: str = "S101", reason: str = "局长办公会定的") -> Any:
    return run("waive", code, "--campaign", campaign, "--unit", "001", "--reason", reason, "--by", "预算科", *more)


def checked(campaign: Path) -> tuple[int, dict[str, Any]]:
    """Exit code of ``check``, and the finding about the score."""
    done = run("check", campaign, "--campaign", campaign, "--format", "json")
    findings = json.loads(done.out)["files"][0]["findings"]
    return done.code, next(finding for finding in findings if finding["code"] == "S101")


def test_an_exception_is_recorded_and_no_longer_counts(desk: Path) -> None:
    assert checked(desk)[0] == 1
    done = waive(desk, "--field", PLACE)
    assert done.code == 0, done.err
    code, finding = checked(desk)
    assert code == 0
    assert finding["waived"] == {"by": "预算科", "reason": "局长办公会定的", "date": dt.date.today().isoformat()}
    (line,) = (desk / RECORD).read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert (record["id"], record["code"], record["unit"], record["field"], record["shown"]) == (
        1,
        "S101",
        "001",
        "indicators[1].score",
        "6.00",
    )


def test_another_wrong_value_counts_again(office: Office, desk: Path) -> None:
    assert waive(desk).code == 0
    put(office, desk, {"附件2": {"indicators[1].score": 7}})
    assert checked(desk)[0] == 1


def test_run_and_report_act_on_it(desk: Path) -> None:
    assert run("report", desk, "-o", desk / "前").code == 1
    assert waive(desk).code == 0
    assert run("report", desk, "-o", desk / "后").code == 0
    assert run("run", desk).code == 0
    assert len(list((desk / "结果").glob("*.docx"))) == 1


def test_it_is_listed_and_taken_back_and_stays_on_record(desk: Path) -> None:
    assert waive(desk).code == 0
    listed = run("waive", "--campaign", desk, "--list")
    assert all(part in listed.out for part in ("S101", "001", "局长办公会定的", "预算科", "6.00"))
    assert run("waive", "--campaign", desk, "--withdraw", "1", "--by", "绩效科").code == 0
    assert checked(desk)[0] == 1
    assert "绩效科" in run("waive", "--campaign", desk, "--list").out
    assert len((desk / RECORD).read_text(encoding="utf-8").splitlines()) == 2
    assert run("waive", "--campaign", desk, "--withdraw", "1").code == 2
    assert waive(desk).code == 0
    assert json.loads((desk / RECORD).read_text(encoding="utf-8").splitlines()[-1])["id"] == 2


def test_nothing_on_record(desk: Path) -> None:
    done = run("waive", "--campaign", desk, "--list")
    assert done.code == 0
    assert done.out.strip()


@pytest.mark.parametrize(
    ("code", "more", "said"),
    [
        ("T101", (), "T101"),
        ("F001", (), "F001"),
        ("I030", (), "I030"),
        ("S1O1", (), "S1O1"),
        ("S102", (), "S102"),
        ("S101", ("--cell", "附件2!A1"), "H"),
        ("S101", ("--unit", "009"), "009"),
        ("S101", ("--reason", "  "), "--reason"),
    ],
)
def test_what_cannot_be_waived_is_refused_with_its_reason(
    desk: Path, code: str, more: tuple[str, ...], said: str
) -> None:
    done = waive(desk, *more, code=code)
    assert done.code == 2
    assert said in done.err
    assert not (desk / RECORD).exists()


def test_several_places_must_be_told_apart(office: Office, desk: Path) -> None:
    put(office, desk, {"附件2": {"indicators[1].score": 6, "indicators[2].score": 11}})
    done = waive(desk)
    assert done.code == 2
    assert "--cell" in done.err
    assert waive(desk, "--field", PLACE.upper()).code == 0
    assert checked(desk)[0] == 1


def test_a_spoiled_record_stops_before_any_file_is_read(desk: Path) -> None:
    (desk / RECORD).write_text("改坏了\n", encoding="utf-8")
    for done in (run("check", desk, "--campaign", desk), run("run", desk), waive(desk)):
        assert done.code == 2
        assert f"{RECORD}:1" in done.err
    (desk / RECORD).write_bytes("备注".encode("gb18030"))
    assert run("check", desk, "--campaign", desk).code == 2


def test_a_record_that_was_cut_off_is_not_written_into_the_same_line(desk: Path) -> None:
    assert waive(desk).code == 0
    record = desk / RECORD
    record.write_text(record.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert run("waive", "--campaign", desk, "--withdraw", "1").code == 0
    assert len(record.read_text(encoding="utf-8").splitlines()) == 2


def accept(desk: Desk, unit: str, *more: str) -> Ran:
    """An exception to the rule that the small campaign's forms must agree."""
    words = ("--campaign", desk.task, "--unit", unit, "--reason", "查过了", "--by", "预算科")
    return run("--templates", desk.post.templates, "waive", "X901", *words, *more)


def test_of_what_was_collected_only_what_counts_is_looked_into(post: Post, tmp_path: Path) -> None:
    desk = Desk(post, tmp_path)
    desk.put("旧.xlsx", "003 wrong", MONDAY)
    desk.put("新.xlsx", resaved(desk.books["003 wrong"]), TUESDAY)
    desk.put("又来.xlsx", "003 wrong", TUESDAY)
    desk.collect()
    desk.put("没有收.xlsx", "003a", TUESDAY)
    done = accept(desk, "003")
    assert done.code == 0, done.err
    assert "1 份没有收进台账" in done.err
    assert not any(one.errors for one in desk.collect().files if one.state == "current")


def test_what_parts_show_only_together_can_be_accepted(post: Post, tmp_path: Path) -> None:
    desk = Desk(post, tmp_path)
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"])
    assert [one.errors for one in desk.collect().files] == [0, 1]
    done = accept(desk, "002")
    assert done.code == 0, done.err
    assert [one.errors for one in desk.collect().files] == [0, 0]
    assert accept(desk, "002").code == 2, "it is on record already"
