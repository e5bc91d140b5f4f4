"""A campaign that asks a unit for more than its old workbook holds, though that came back: what it holds not is missing."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk, filled, missing
from tests.cli.running import run

OLD = '{code: "002", name: 某某中心, forms: [basic, overall]}'
NEW = '{code: "002", name: 某某中心, forms: [basic, overall, project], projects: [{name: 新专项}]}'
LATE = ("--today", "2025-06-05")


def ask_for_more(desk: Desk) -> None:
    """The old workbook came, and stands; then the campaign gives the unit a project and its form."""
    desk.put("002.xlsx", "002a")
    desk.collect()
    desk.rewrite(OLD, NEW)


def unit(desk: Desk, code: str = "002") -> dict[str, Any]:
    done = desk.run("status", "--format", "json", *LATE)
    assert done.code == 0, done.err
    (found,) = (one for one in json.loads(done.out)["units"] if one["code"] == code)
    return dict(found)


def sheets(told: dict[str, Any]) -> dict[str, str]:
    return {one["sheet"]: one["status"] for one in told["attachments"]}


def test_before_it_asks_everything_is_there(desk: Desk) -> None:
    desk.put("002.xlsx", "002a")
    assert "002" not in missing(desk.collect())
    told = unit(desk)
    assert (told["status"], told["days_late"], told["form_changes"]) == ("done", 0, [])
    assert sheets(told) == {"附件1": "done", "附件2": "done"}


@pytest.mark.parametrize("collected", [False, True])
def test_what_the_standing_workbook_does_not_hold_is_missing_and_late(desk: Desk, collected: bool) -> None:
    ask_for_more(desk)
    if collected:
        assert missing(desk.collect())["002"] == ("附件3-1",)
    told = unit(desk)
    assert (told["status"], told["received"], told["missing"]) == ("errors", "2025-04-07", ["附件3-1"])
    assert sheets(told) == {"附件1": "done", "附件2": "done", "附件3-1": "missing"}
    assert told["days_late"] == 5
    assert told["form_changes"]
    assert "缺 附件3-1" in desk.run("status").out


def test_without_a_ledger_the_files_tell_it_too(desk: Desk) -> None:
    desk.put("002.xlsx", "002a")
    desk.rewrite(OLD, NEW)
    told = unit(desk)
    assert (told["status"], sheets(told)["附件3-1"]) == ("errors", "missing")


def test_run_tells_it_in_what_it_writes(desk: Desk) -> None:
    assert run("--templates", desk.post.templates, "generate", desk.task, "-o", desk.task / "下发").code == 0
    ask_for_more(desk)
    done = desk.run("run")
    assert "发的表要换" in done.err
    assert unit(desk)["form_changes"]
    results = desk.task / "结果"
    (line,) = (one for one in (results / "收表.txt").read_text("utf-8").splitlines() if "缺 " in one)
    assert line.split("：") == ["  002 某某中心", "缺 附件3-1"]
    (book,) = results.glob("*汇总*.xlsx")
    rows = [list(row) for row in load_workbook(book)["汇总"].iter_rows(values_only=True)]
    (own,) = (row for row in rows if "002" in row)
    assert any("附件3-1" in str(cell) for cell in own)


def test_the_new_workbook_brings_it(desk: Desk, tmp_path: Path) -> None:
    ask_for_more(desk)
    new = ("generate", desk.task, "-o", desk.task / "新表", "--unit", "002")
    assert run("--templates", desk.post.templates, *new).code == 0
    assert (unit(desk)["form_changes"], unit(desk)["missing"]) == ([], ["附件3-1"])
    (blank,) = (desk.task / "新表").glob("*.xlsx")
    desk.put("新.xlsx", filled(blank, {"附件3-1": {"executed": 5}}, tmp_path, desk.post.templates), TUESDAY)
    assert "002" not in missing(desk.collect())
    told = unit(desk)
    assert (told["status"], told["days_late"], told["missing"]) == ("done", 0, [])


def test_two_to_choose_from_lack_it_as_well(desk: Desk) -> None:
    desk.put("一.xlsx", "002a")
    desk.put("二.xlsx", "002b")
    desk.collect()
    desk.rewrite(OLD, NEW)
    assert missing(desk.collect())["002"] == ("附件3-1",)
    assert sheets(unit(desk)) == {"附件1": "check", "附件2": "check", "附件3-1": "missing"}


def test_what_was_given_up_is_not_missing(desk: Desk) -> None:
    desk.put("001.xlsx", "001a")
    desk.collect()
    desk.rewrite("name: 某某局, projects: [{name: 某某专项}]", "name: 某某局, forms: [basic, overall]")
    assert "001" not in missing(desk.collect())
    told = unit(desk, "001")
    assert (told["status"], told["missing"], sheets(told)) == ("done", [], {"附件1": "done", "附件2": "done"})


def test_a_renamed_worksheet_is_there(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "改名.xlsx"
    path.write_bytes(desk.books["002a"])
    book = load_workbook(path)
    book["附件2"].title = "整体"
    book.save(path)
    desk.put("002.xlsx", path.read_bytes(), MONDAY)
    assert "002" not in missing(desk.collect())
    told = unit(desk)
    assert told["missing"] == []
    assert "T120" in {one["code"] for one in told["findings"]}


def test_what_does_not_count_is_told_with_where_it_lay(desk: Desk) -> None:
    desk.put("补报/坏.xlsx", b"bad")
    desk.collect()
    (told,) = json.loads(desk.run("status", "--format", "json").out)["set_aside"]
    assert (told["name"], told["source"]) == ("坏.xlsx", "收回/补报/坏.xlsx")
    assert "收回/补报/坏.xlsx" in desk.run("status").out


def test_run_names_the_folder_of_the_annotated_workbooks(desk: Desk) -> None:
    desk.put("003.xlsx", "003 wrong")
    desk.run("run")
    folder = desk.task / "结果" / "标注版"
    assert list(folder.glob("*.xlsx"))
    text = (desk.task / "结果" / "收表.txt").read_text("utf-8")
    assert str(folder) in text
    assert "--annotate" not in text


def test_the_old_blank_workbook_does_not_go_with_the_reminder(desk: Desk, tmp_path: Path) -> None:
    assert run("--templates", desk.post.templates, "generate", desk.task, "-o", desk.task / "下发").code == 0
    ask_for_more(desk)
    desk.collect()
    assert desk.run("remind", "-o", tmp_path / "催报", *LATE).code == 0
    mails = {path.parent.name[:3]: path.read_bytes() for path in (tmp_path / "催报").rglob("*.eml")}
    names = {
        code: [part.get_filename() for part in message_from_bytes(mail, policy=default).iter_attachments()]
        for code, mail in mails.items()
    }
    assert (names["002"], names["003"]) == ([], ["003 某某站 2024年度绩效自评.xlsx"])
