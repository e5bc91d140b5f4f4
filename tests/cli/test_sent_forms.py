"""Returns are held against the forms that were sent, whatever a later program would send."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import files_below
from tests.support import later_program
from tests.support.kept import Findings, KeptDesk, changed, only, sent_and_filled, without

NOTE = "按下发时的表样核对"
WHOLE = ("001.xlsx", "002.xlsx", "003.xlsx")
PARTS = ("004 附件1.xlsx", "004 附件2.xlsx")
PRINTED = [["T132", "附件1", "A2"], ["T101", "附件2", "B3"], ["T102", "附件2", "E11"]]
"""What unit 003 changed of what is printed."""
TOGETHER = ("I030", "I031")
"""What rules over several files tell."""


@dataclass(frozen=True)
class Sent:
    """A campaign that this program sent out and that was filled in, with what this program finds."""

    desk: KeptDesk
    found: Findings
    errors: Mapping[str, int]
    results: Mapping[str, bytes]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("sent")
    desk = sent_and_filled(folder / "desk")
    judged = desk.copy(folder / "judged")
    errors = judged.collect()
    judged.run("run", judged.task, fails=True)
    return Sent(desk, desk.check(), errors, files_below(judged.task / "结果" / "标注版"))


@pytest.fixture
def desk(sent: Sent, tmp_path: Path) -> KeptDesk:
    return sent.desk.copy(tmp_path / "desk")


def places(findings: Findings, name: str) -> list[list[str]]:
    """Code, sheet and cell of what is found in a file."""
    return [[one[0], one[2], one[3]] for one in findings[name]]


def test_what_this_program_finds(sent: Sent) -> None:
    files = (*WHOLE, *PARTS)
    assert [len(sent.found[name]) for name in files] == [0, 5, 7, 0, 0]
    assert [sent.errors[name] for name in files] == [0, 5, 6, 0, 1]
    assert [place for place in places(sent.found, "003.xlsx") if place in PRINTED] == PRINTED


def test_a_later_program_finds_the_same_and_says_once_what_it_judges_by(
    sent: Sent, desk: KeptDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later_program.install(monkeypatch)
    assert desk.check() == sent.found
    assert desk.run("check", desk.returned / "001.xlsx", "--campaign", desk.task).code == 0
    told = desk.run("collect", desk.task, "--by", "王会计", fails=True)
    assert told.err.count(NOTE) == 1
    assert desk.collect() == sent.errors
    again = desk.run("run", desk.task, fails=True)
    assert NOTE not in again.err
    assert files_below(desk.task / "结果" / "标注版") == sent.results
    status = json.loads(desk.run("status", desk.task, "--format", "json").out)
    assert status["stale"] == 0
    assert not any(unit["form_changes"] for unit in status["units"])


def test_this_program_says_nothing_of_what_it_judges_by(desk: KeptDesk) -> None:
    assert NOTE not in desk.run("collect", desk.task, fails=True).err


def test_an_annotated_copy_is_the_form_that_was_sent(
    sent: Sent, desk: KeptDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later_program.install(monkeypatch)
    made = tmp_path / "标注版"
    desk.run("check", desk.returned / "002.xlsx", "--campaign", desk.task, "--annotate", made, fails=True)
    (copy,) = made.glob("*.xlsx")
    monkeypatch.undo()
    assert desk.check(copy) == {copy.name: sent.found["002.xlsx"]}


def test_without_the_campaign_a_later_program_accuses_no_one_of_what_it_writes_itself(
    sent: Sent, desk: KeptDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.check(campaign=False) == sent.found
    later_program.install(monkeypatch)
    found = desk.check(campaign=False)
    assert {name: [one[0] for one in told].count("I013") for name, told in found.items()} == dict.fromkeys(found, 1)
    assert places(without(found, "I013"), "003.xlsx") == PRINTED
    others = (*PARTS, *WHOLE[:2])
    assert only(without(found, "I013"), others) == only(sent.found, others)
    assert desk.run("check", desk.returned / "001.xlsx").code == 0


def test_without_the_campaign_a_later_program_writes_no_copy_that_is_another_form(
    desk: KeptDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later_program.install(monkeypatch)
    told = desk.run("check", desk.returned / "002.xlsx", "--annotate", tmp_path / "标注版", fails=True)
    assert "没有写标注版" in told.err
    assert not list(tmp_path.glob("标注版/*"))


def test_a_form_of_a_later_program_is_filled_in_and_stays_as_it_was_sent(
    desk: KeptDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``fill`` knows no campaign: it types in what is printed and leaves the rest to whoever opens the file."""
    later_program.install(monkeypatch)
    filled = desk.fill("001", tmp_path)
    assert places(desk.check(filled), "001.xlsx") == [["C001", None, None]]
    monkeypatch.undo()
    assert places(desk.check(filled), "001.xlsx") == [["C001", None, None]]


def test_units_with_the_old_form_and_with_the_new_one_live_in_one_campaign(
    sent: Sent, desk: KeptDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later_program.install(monkeypatch)
    new = ("generate", desk.task, "-o", desk.sent, "--force", "--unit", "001", "--unit", "002")
    desk.run(*new)
    for code in ("001", "002"):
        desk.fill(code, desk.returned, f"{code} 新")
    both = without(desk.check(), *TOGETHER)
    assert only(both, sent.found) == sent.found
    assert places(both, "001 新.xlsx") == []
    assert places(both, "002 新.xlsx") == places(sent.found, "002.xlsx")
    monkeypatch.undo()
    assert without(desk.check(), *TOGETHER) == both
    copy = tmp_path / "标注版"
    desk.run("check", desk.returned / "002 新.xlsx", "--campaign", desk.task, "--annotate", copy, fails=True)
    (annotated,) = copy.glob("*.xlsx")
    assert places(desk.check(annotated), annotated.name) == places(sent.found, "002.xlsx")


# -- what was kept is gone ------------------------------------------------------------------------------------------


def damage(desk: KeptDesk) -> None:
    for path in desk.forms.glob("*.gz"):
        path.write_bytes(path.read_bytes()[:-9] + b"x")


def delete(desk: KeptDesk) -> None:
    shutil.rmtree(desk.forms)


def spoil_the_record(desk: KeptDesk) -> None:
    (desk.forms / "sent.jsonl").write_bytes(b'{"workbook": 3}\n[]\nnonsense\n{"unit"')


@pytest.mark.parametrize("lose", [damage, delete, spoil_the_record])
def test_forms_that_are_lost_are_kept_again_while_they_can_be_known(sent: Sent, desk: KeptDesk, lose: object) -> None:
    assert callable(lose)
    lose(desk)
    assert desk.collect() == sent.errors
    assert desk.check() == sent.found
    assert len(list(desk.forms.glob("*.gz"))) >= 11


@pytest.mark.parametrize("lose", [damage, delete])
def test_a_later_program_recovers_lost_forms_from_what_was_sent(
    sent: Sent, desk: KeptDesk, monkeypatch: pytest.MonkeyPatch, lose: object
) -> None:
    assert callable(lose)
    lose(desk)
    later_program.install(monkeypatch)
    assert desk.collect() == sent.errors
    assert desk.check() == sent.found


def test_forms_that_are_lost_for_good_are_said_to_be(
    sent: Sent, desk: KeptDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete(desk)
    shutil.rmtree(desk.sent)
    later_program.install(monkeypatch)
    found = desk.check()
    assert places(without(found, "I013"), "003.xlsx") == PRINTED
    assert [one[:2] for one in found["001.xlsx"]] == [["I013", "warning"]]
    assert only(without(found, "I013"), ("002.xlsx", *PARTS)) == only(sent.found, ("002.xlsx", *PARTS))
    assert desk.collect()["004 附件2.xlsx"] == 1


def test_a_copy_of_a_lost_form_is_signed_as_what_it_is(
    sent: Sent, desk: KeptDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete(desk)
    shutil.rmtree(desk.sent)
    later_program.install(monkeypatch)
    desk.run(
        "check", desk.returned / "002.xlsx", "--campaign", desk.task, "--annotate", tmp_path / "标注版", fails=True
    )
    (copy,) = (tmp_path / "标注版").glob("*.xlsx")
    assert desk.check(copy) == {copy.name: sent.found["002.xlsx"]}


# -- seals that cannot be believed ----------------------------------------------------------------------------------


def test_a_return_under_a_lost_key_is_held_against_what_its_unit_got(
    sent: Sent, desk: KeptDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.task / ".xlsxeval" / "key").write_text("00" * 32, encoding="ascii")
    later_program.install(monkeypatch)
    found = desk.check()
    assert all(told[0][0] == "I020" for told in found.values())
    assert without(found, "I020") == sent.found


def test_a_return_without_its_seal_is_held_against_what_its_property_names(
    desk: KeptDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later_program.install(monkeypatch)
    desk.run("generate", desk.task, "-o", desk.sent, "--force", "--unit", "001")
    old, new = desk.returned / "001.xlsx", desk.fill("001", desk.returned, "001 新")
    for path in (old, new):
        path.write_bytes(changed(path.read_bytes(), {"_seal": {"A1": "<v>0</v>"}}))
    found = without(desk.check(old, new), *TOGETHER)
    assert {name: [one[0] for one in told] for name, told in found.items()} == {
        "001.xlsx": ["I020"],
        "001 新.xlsx": ["I020"],
    }


def test_a_check_that_changed_in_the_definition_is_reported_and_accuses_no_one(sent: Sent, desk: KeptDesk) -> None:
    form = desk.folder / "templates" / "forms" / "overall" / "kept.yaml"
    text = form.read_text(encoding="utf-8")
    text = text.replace("that: N(score)<=N(weight)", "that: N(weight)>=N(score)").replace(
        "分值合计＝100", "分值合计是一百"
    )
    form.write_text(text.replace("label: 说明", "label: 备注"), encoding="utf-8")
    found = desk.check()
    assert [one[0] for one in found["001.xlsx"]] == ["I012"]
    assert without(found, "I012") == sent.found
    assert desk.collect() == sent.errors


def test_a_unit_that_was_renamed_needs_no_other_form_for_what_a_later_program_writes(
    desk: KeptDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = desk.task / "campaign.yaml"
    campaign.write_text(
        campaign.read_text(encoding="utf-8").replace("name: 某某中心", "name: 某某事务中心"), encoding="utf-8"
    )
    later_program.install(monkeypatch)
    told = desk.run("collect", desk.task, "--by", "王会计", "--format", "json", fails=True)
    (message,) = [one["message"] for one in json.loads(told.out)["files"] if one["source"].endswith("002.xlsx")]
    assert "单位名称改过" in message
    assert "请给这个单位发新表" not in message


def test_workers_find_the_same_and_forms_of_another_program_that_are_alike_are_no_news(
    sent: Sent, desk: KeptDesk
) -> None:
    index = desk.forms / "sent.jsonl"
    index.write_text(
        index.read_text(encoding="utf-8").replace('"program": "', '"program": "another '), encoding="utf-8"
    )
    assert desk.check(jobs=2) == sent.found
    assert NOTE not in desk.run("check", desk.returned, "--campaign", desk.task, "-j2", fails=True).err


def test_a_lost_form_is_found_again_once_the_workbook_lies_there_again(
    sent: Sent, desk: KeptDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete(desk)
    desk.sent.rename(tmp_path / "别处")
    later_program.install(monkeypatch)
    desk.collect()
    lost = desk.check(desk.returned / "001.xlsx")
    assert [one[0] for one in lost["001.xlsx"]] == ["I013"]
    (tmp_path / "别处").rename(desk.sent)
    assert desk.collect() == sent.errors
    assert desk.check() == sent.found
    told = desk.run("collect", desk.task, "--by", "王会计", fails=True)
    assert "重新核对" not in told.err


def test_a_field_that_was_added_since_is_blank_in_the_forms_that_were_sent_before(sent: Sent, desk: KeptDesk) -> None:
    forms, summaries = desk.folder / "templates" / "forms", desk.folder / "templates" / "summaries"
    form = forms / "basic" / "kept.yaml"
    text = form.read_text(encoding="utf-8").replace(
        "  - [项目支出, $spent]\n", "  - [车辆数, $cars]\n  - [项目支出, $spent]\n"
    )
    form.write_text(f"{text}  cars: {{label: 车辆数, type: count, required: true}}\n", encoding="utf-8")
    summaries.mkdir()
    summary = "summary: kept\nunit: {budget: overall!funds.budget, executed: basic!cars}\n"
    (summaries / "kept.yaml").write_text(summary, encoding="utf-8")
    assert desk.collect() == sent.errors
    assert without(desk.check(), "I012") == sent.found
    told = desk.run("summary", desk.task, "-o", desk.folder / "汇总.xlsx", fails=True)
    assert "已报 4 个" in told.said


def test_where_a_field_is_gone_todays_form_is_what_counts(desk: KeptDesk) -> None:
    form = desk.folder / "templates" / "forms" / "basic" / "kept.yaml"
    text = form.read_text(encoding="utf-8").replace("  - [在职人数, $staff]\n", "")
    lines = [line for line in text.splitlines() if not line.startswith("  staff:")]
    form.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = desk.check(desk.returned / "001.xlsx")
    codes = [one[0] for one in found["001.xlsx"]]
    assert codes[:2] == ["I012", "I013"]
    assert "T110" in codes
    assert not any(one[2] == "自查" for one in found["001.xlsx"])
