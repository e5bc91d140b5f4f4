"""``collect``: whose a file is, which version counts, what is set aside and what is missing."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.collectdesk import (
    MONDAY,
    NOW,
    TUESDAY,
    Desk,
    Post,
    codes,
    missing,
    resaved,
    states,
)
from tests.cli.running import files_below, run
from tests.docs.pages import ROOT, examples
from tests.parcels.packing import archive, attachment, mail
from xlsxeval.errors import UsageError

NO_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def test_folders_files_archives_and_mails_are_known_by_their_seals(desk: Desk, tmp_path: Path) -> None:
    desk.put("随便/什么名字.xlsx", "001a")
    packed = archive([("张三/表.xlsx".encode("gb18030"), desk.books["002a"])])
    desk.put("收表.zip", packed)
    elsewhere = tmp_path / "来信.eml"
    elsewhere.write_bytes(mail(attachment(b'attachment; filename="a.xlsx"', desk.books["003a"])))
    result = desk.collect(desk.inbox, elsewhere)
    assert [(one.unit, one.receipt.source, one.version) for one in result.files] == [
        ("003", f"{elsewhere} › a.xlsx", 1),
        ("002", "收回/收表.zip › 张三/表.xlsx", 1),
        ("001", "收回/随便/什么名字.xlsx", 1),
    ]
    assert {one.state.value for one in result.files} == {"current"}
    by_mail = result.files[0].receipt
    assert (by_mail.subject, by_mail.sender) == ("报表", "a@example.org")
    assert by_mail.received_at == dt.datetime(2025, 3, 1, 1, 30, tzinfo=dt.UTC)
    assert (result.complete, missing(result)) == (3, {})


def test_every_received_byte_is_in_the_archive_and_the_inbox_is_as_it_was(desk: Desk) -> None:
    desk.put("收表.zip", archive([("a.xlsx", desk.books["001a"]), ("b.pdf", b"%PDF-1.7 x")]))
    desk.put("坏.xlsx", b"\0" * 9)
    before = files_below(desk.inbox), {path: path.stat().st_mtime_ns for path in desk.inbox.iterdir()}
    desk.collect()
    assert before == (files_below(desk.inbox), {path: path.stat().st_mtime_ns for path in desk.inbox.iterdir()})
    stored = set(files_below(desk.task / ".xlsxeval" / "archive").values())
    assert stored == {desk.books["001a"], b"%PDF-1.7 x", *before[0].values()}
    assert desk.run("ledger verify").code == 0


def test_the_same_file_twice_is_one(desk: Desk) -> None:
    desk.put("a.xlsx", "001a")
    desk.put("b.xlsx", "001a", TUESDAY)
    desk.put("c.zip", archive([("x.xlsx", desk.books["001a"]), ("y.xlsx", desk.books["001a"])]), TUESDAY)
    result = desk.collect()
    assert sorted(states(result).items()) == [
        ("a.xlsx", "current"),
        ("b.xlsx", "duplicate"),
        ("c.zip › x.xlsx", "duplicate"),
        ("c.zip › y.xlsx", "duplicate"),
    ]
    assert not result.conflicts


def test_a_second_run_records_nothing_and_tells_the_same(desk: Desk) -> None:
    for name, book in (("a.xlsx", "001a"), ("b.xlsx", "001b"), ("c.xlsx", "002a"), ("d.xlsx", "002a")):
        desk.put(name, book)
    desk.put("坏.xlsx", b"bad")
    first = desk.collect()
    before = desk.recorded()
    second = desk.collect(now=NOW + dt.timedelta(hours=1))
    assert desk.recorded() == before
    assert [one.new for one in first.files] == [True] * 5
    assert [one.new for one in second.files] == [False] * 5
    assert first.told_apart == second.told_apart


def test_a_newer_version_supersedes_and_an_older_one_that_comes_late_does_not(desk: Desk) -> None:
    desk.put("一.xlsx", "001b", TUESDAY)
    desk.collect()
    desk.put("迟到.xlsx", "001a", MONDAY)
    desk.put("三.xlsx", "001c", TUESDAY + dt.timedelta(days=1))
    result = desk.collect()
    assert states(result) == {"一.xlsx": "superseded", "迟到.xlsx": "superseded", "三.xlsx": "current"}
    assert {one.receipt.name: one.version for one in result.files} == {"一.xlsx": 1, "迟到.xlsx": 2, "三.xlsx": 3}


def test_two_different_files_of_one_day_wait_for_a_choice(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "001b", MONDAY + dt.timedelta(hours=1))
    result = desk.collect()
    assert states(result) == {"一.xlsx": "conflict", "二.xlsx": "conflict"}
    (conflict,) = result.conflicts
    assert [receipt.name for receipt in conflict.files] == ["一.xlsx", "二.xlsx"]
    assert all(word in conflict.message for word in ("附件2!", "100", "200"))
    assert result.needs_somebody
    digits = conflict.files[0].sha256[:8]
    listed = desk.run("collect")
    assert listed.code == 1
    assert digits in listed.out
    done = desk.run("collect", "--choose", digits, "--reason", "单位来电说以这份为准", "--by", "绩效科")
    assert done.code == 0, done.err
    assert states(desk.collect()) == {"一.xlsx": "current", "二.xlsx": "superseded"}
    assert "单位来电说以这份为准" in desk.run("ledger history").out
    assert "绩效科" in desk.run("ledger history").out


def test_a_file_of_a_later_day_ends_a_conflict(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "001b")
    desk.collect()
    desk.put("三.xlsx", "001c", TUESDAY)
    result = desk.collect()
    assert states(result) == {"一.xlsx": "superseded", "二.xlsx": "superseded", "三.xlsx": "current"}
    assert not result.conflicts


def test_three_of_one_day_are_one_conflict(desk: Desk) -> None:
    for name, book in (("一.xlsx", "001a"), ("二.xlsx", "001b"), ("三.xlsx", "001c")):
        desk.put(name, book)
    (conflict,) = desk.collect().conflicts
    assert len(conflict.files) == 3


def test_replace_takes_the_last_of_one_day(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "001b", MONDAY + dt.timedelta(hours=1))
    assert states(desk.collect(replace=True)) == {"一.xlsx": "superseded", "二.xlsx": "current"}


def test_what_was_put_into_the_place_of_another_on_the_same_day_counts_without_asking(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.collect()
    desk.put("一.xlsx", "001b", MONDAY + dt.timedelta(hours=1))
    result = desk.collect()
    assert [(one.state.value, one.version) for one in result.files if one.new] == [("current", 2)]
    assert not result.conflicts


def test_beside_one_that_lies_elsewhere_a_replaced_file_still_waits_for_a_choice(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "001b")
    desk.collect()
    desk.put("二.xlsx", "001c")
    assert desk.collect().conflicts


def test_what_was_only_saved_again_is_no_conflict(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", resaved(desk.books["001a"]), MONDAY + dt.timedelta(hours=1))
    assert states(desk.collect()) == {"一.xlsx": "superseded", "二.xlsx": "current"}


@pytest.mark.parametrize("digits", ["0" * 8, "abc", "xyzxyzxyz"])
def test_what_cannot_be_chosen_is_refused(desk: Desk, digits: str) -> None:
    desk.put("一.xlsx", "001a")
    desk.collect()
    assert desk.run("collect", "--choose", digits, "--reason", "x").code == 2
    assert desk.run("collect", "--choose", digits).code == 2


def test_a_superseded_version_that_comes_again_does_not_count_by_itself_and_can_be_chosen(desk: Desk) -> None:
    old = desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "001b", TUESDAY)
    desk.collect()
    desk.put("又来.xlsx", "001a", TUESDAY + dt.timedelta(days=1))
    result = desk.collect()
    assert states(result)["又来.xlsx"] == "duplicate"
    again = next(one for one in result.files if one.receipt.name == "又来.xlsx")
    assert again.message
    assert desk.run("collect", "--choose", again.receipt.sha256[:8], "--reason", "改回去").code == 0
    assert states(desk.collect())[old.name] == "current"


def test_what_is_no_return_is_set_aside_with_its_reason_and_the_rest_goes_on(desk: Desk) -> None:
    desk.put("好.xlsx", "001a")
    desk.put("空.xlsx", b"")
    desk.put("断.xlsx", desk.books["002a"][:5000])
    desk.put("通知.pdf", b"%PDF-1.7")
    desk.put("收表.rar", b"Rar!\x1a\x07")
    desk.put("表.7z", b"7z\xbc\xaf\x27\x1c")
    desk.put("信.eml", b"Subject: x\r\n\r\nno attachment")
    desk.put("炸弹.zip", archive([("a.xlsx", b"0" * (65 << 20)), ("b.xlsx", desk.books["003a"])]))
    desk.put("别人的.xlsx", archive([("[Content_Types].xml", NO_TYPES)]))
    desk.put("~$好.xlsx", b"lock")
    desk.put("Thumbs.db", b"x")
    (desk.inbox / "链接.xlsx").symlink_to(desk.inbox / "好.xlsx")
    os.mkfifo(desk.inbox / "管道.xlsx")
    result = desk.collect()
    assert codes(result) == {
        "空.xlsx": "F001",
        "断.xlsx": "F003",
        "通知.pdf": "F002",
        "收表.rar": "F014",
        "表.7z": "F014",
        "信.eml": "F014",
        "炸弹.zip › a.xlsx": "F010",
        "别人的.xlsx": "F003",
        "链接.xlsx": "F040",
        "管道.xlsx": "F040",
    }
    assert {one.unit for one in result.files if one.state == "current"} == {"001", "003"}
    assert missing(result) == {"002": ()}
    assert all(one.message for one in result.files if one.state == "set_aside")
    assert desk.run("ledger verify").code == 0


def test_a_form_of_another_campaign_is_set_aside(desk: Desk) -> None:
    desk.put("去年.xlsx", "001a")
    desk.rewrite("campaign: shili-2024", "campaign: shili-2025")
    assert codes(desk.collect()) == {"去年.xlsx": "I003"}


def test_a_unit_that_is_not_on_the_roster_is_looked_at_again_once_it_is(desk: Desk) -> None:
    desk.put("三.xlsx", "003a")
    desk.rewrite('  - {code: "003", name: 某某站, forms: [basic, overall]}\n', "")
    result = desk.collect()
    assert codes(result) == {"三.xlsx": "I023"}
    desk.rewrite("units:\n", 'units:\n  - {code: "003", name: 某某站, forms: [basic, overall]}\n')
    result = desk.collect()
    assert states(result) == {"三.xlsx": "current"}
    assert states(desk.collect()) == {"三.xlsx": "current"}


def test_a_unit_renamed_between_versions_stays_one_and_it_is_told(desk: Desk) -> None:
    desk.put("一.xlsx", "002a")
    desk.collect()
    desk.rewrite("某某中心", "某某事务中心")
    desk.put("二.xlsx", "002b", TUESDAY)
    result = desk.collect()
    assert states(result) == {"一.xlsx": "superseded", "二.xlsx": "current"}
    newest = next(one for one in result.files if one.state == "current")
    assert newest.message is not None
    assert all(name in newest.message for name in ("某某中心", "某某事务中心"))
    assert newest.message in desk.run("collect").out


def test_a_campaign_changed_after_distribution_is_told_and_who_needs_a_new_form(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "002a")
    desk.rewrite("[{name: 某某专项}]", "[{name: 某某专项}, {name: 另一专项}]")
    messages = {one.unit: one.message for one in desk.collect().files}
    assert messages["002"] is None
    assert messages["001"] is not None
    assert "另一专项" in messages["001"]
    assert "发新表" in messages["001"]


def test_parts_are_put_together_and_what_is_missing_is_named(desk: Desk) -> None:
    assert {"附件1", "附件2"} <= set(desk.parts)
    desk.put("附件1.xlsx", desk.parts["附件1"])
    result = desk.collect()
    assert set(states(result).values()) == {"current"}
    assert missing(result)["002"] == ("附件2",)
    assert "附件2" in desk.run("collect").out
    desk.put("附件2.xlsx", desk.parts["附件2"], TUESDAY)
    result = desk.collect()
    assert "002" not in missing(result)
    assert not result.conflicts


def test_parts_that_disagree_are_told_once_all_are_there_and_no_longer_once_it_is_mended(desk: Desk) -> None:
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"])
    errors = {one.part: one.errors for one in desk.collect().files}
    assert errors == {"附件1": 0, "附件2": 1}
    assert "X901" in desk.recorded()
    desk.put("附件1 改.xlsx", desk.parts["附件1 mended"], TUESDAY)
    errors = {one.receipt.name: one.errors for one in desk.collect().files}
    assert errors == {"附件1.xlsx": 0, "附件1 改.xlsx": 0, "附件2.xlsx": 0}


def test_what_parts_show_together_is_not_told_while_one_of_them_waits(desk: Desk) -> None:
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"])
    assert {one.part: one.errors for one in desk.collect().files} == {"附件1": 0, "附件2": 1}
    desk.put("附件1 改.xlsx", desk.parts["附件1 mended"])
    result = desk.collect()
    assert [conflict.part for conflict in result.conflicts] == ["附件1"]
    assert {one.part: one.errors for one in result.files} == {"附件1": 0, "附件2": 0}
    first = next(one.receipt.sha256 for one in result.files if one.receipt.name == "附件1.xlsx")
    assert desk.run("collect", "--choose", first[:8], "--reason", "来电").code == 0
    assert {one.receipt.name: one.errors for one in desk.collect().files}["附件2.xlsx"] == 1


def test_a_whole_workbook_beside_parts_must_be_chosen(desk: Desk) -> None:
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("整份.xlsx", "002a", TUESDAY)
    result = desk.collect()
    assert result.both == ("002",)
    assert set(states(result).values()) == {"conflict"}
    listed = desk.run("collect").out
    assert all(one.receipt.sha256[:8] in listed for one in result.files)
    whole = next(one for one in result.files if one.part is None)
    assert desk.run("collect", "--choose", whole.receipt.sha256[:8], "--reason", "以整份为准").code == 0
    result = desk.collect()
    assert result.both == ()
    assert states(result) == {"附件1.xlsx": "set_aside", "整份.xlsx": "current"}
    assert desk.run("collect").code == 0


def test_several_processes_come_to_the_same(desk: Desk, post: Post, tmp_path: Path) -> None:
    other = Desk(post, tmp_path / "other")
    for place in (desk, other):
        for number, book in enumerate(["001a", "001b", "002a", "002c", "003a", "001a"]):
            place.put(f"{number}.xlsx", book, MONDAY + dt.timedelta(days=number % 3))
    assert desk.collect().told_apart == other.collect(jobs=2).told_apart


def test_exit_codes(desk: Desk, tmp_path: Path) -> None:
    shutil.rmtree(desk.inbox)
    nothing = desk.run("collect")
    assert (nothing.code, desk.inbox.is_dir()) == (0, True)
    desk.put("二.xlsx", "002a")
    assert desk.run("collect").code == 0
    desk.put("三.xlsx", "003 wrong")
    wrong = desk.run("collect")
    assert wrong.code == 1
    assert "三.xlsx" in wrong.out
    assert desk.run("collect", tmp_path / "没有").code == 2
    assert run("collect", tmp_path / "没有").code == 2


def test_a_missing_inbox_is_told_before_anything_is_recorded(desk: Desk) -> None:
    with pytest.raises(UsageError, match="没有"):
        desk.collect(desk.task / "没有")
    assert not (desk.task / ".xlsxeval" / "ledger.sqlite").exists()


def test_json_on_a_clean_stdout_tells_what_the_text_does(desk: Desk) -> None:
    desk.put("一.xlsx", "001a")
    desk.put("二.xlsx", "001b")
    desk.put("坏.xlsx", b"x")
    done = desk.run("collect", "--format", "json")
    data = json.loads(done.out)
    assert data["summary"]["by_state"] == {"current": 0, "conflict": 2, "superseded": 0, "duplicate": 0, "set_aside": 1}
    assert [one["unit"]["code"] for one in data["missing"]] == ["002", "003"]
    text = desk.run("collect").out
    for one in (*data["files"], *data["conflicts"][0]["files"]):
        assert one["source"] in text
    assert set(data["conflicts"][0]) == {"unit", "part", "message", "files"}


def test_json_has_exactly_the_keys_of_the_document(desk: Desk) -> None:
    for name, book in (("一.xlsx", "001a"), ("二.xlsx", "001b"), ("三.xlsx", "002a")):
        desk.put(name, book)
    desk.put("附件1.xlsx", desk.parts["附件1"])
    (desk.inbox / "链接.xlsx").symlink_to(desk.inbox / "一.xlsx")
    written = json.loads(desk.run("collect", "--format", "json").out)
    shown = (
        json.loads(example.text)
        for example in examples(ROOT / "docs" / "internals" / "formats.md")
        if example.language == "json"
    )
    documented = next(one for one in shown if "whole_and_parts" in one)
    assert _keys(written) == _keys(documented)


def _keys(data: object, at: str = "") -> set[str]:
    """Every path of keys."""
    if isinstance(data, list):
        return {path for item in data for path in _keys(item, at)}
    if not isinstance(data, dict):
        return set()
    return {path for key, value in data.items() for path in {f"{at}.{key}", *_keys(value, f"{at}.{key}")}}
