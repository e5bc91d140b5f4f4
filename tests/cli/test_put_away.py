"""What lies beside a return, what a person puts away, and how a person names the file that counts."""

from __future__ import annotations

import json

import pytest

from tests.cli.collectdesk import TUESDAY, Desk, states
from tests.parcels.packing import archive, attachment, mail

BESIDE = (
    ("说明.txt", "请查收".encode()),
    ("照片.jpg", b"\xff\xd8\xff\xe0 x"),
    ("扫描.pdf", b"%PDF-1.7 x"),
    ("空.doc", b""),
)


def companions(desk: Desk) -> set[str]:
    return {one["name"] for one in json.loads(desk.run("collect", "--format", "json").out)["files"] if one["companion"]}


def test_what_lies_beside_a_return_in_an_archive_is_a_note(desk: Desk) -> None:
    desk.put("一.zip", archive([("表.xlsx", desk.books["001a"]), *BESIDE]))
    done = desk.run("collect")
    assert done.code == 0, done.out
    assert companions(desk) == {name for name, _ in BESIDE}


def test_also_in_a_mail_and_in_a_folder(desk: Desk) -> None:
    parts = [attachment(f'attachment; filename="{name}"'.encode(), data) for name, data in BESIDE]
    desk.put("来信.eml", mail(attachment(b'attachment; filename="a.xlsx"', desk.books["001a"]), *parts))
    desk.put("某某中心/表.xlsx", "002a")
    desk.put("某某中心/盖章页.pdf", b"%PDF-1.7 x")
    assert desk.run("collect").code == 0
    assert companions(desk) == {"盖章页.pdf", *(name for name, _ in BESIDE)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表2.xlsx", b"broken"),
        ("表.et", b"x"),
        ("003 某某站.pdf", b"%PDF-1.7 x"),
        ("里面.zip", b"PK\x03\x04 broken"),
        ("表.tar.gz", b"\x1f\x8b\x08 x"),
        ("表.xlsx.lnk", b"L\0\0\0\1\x14\2\0"),
        ("表.xlsx.crdownload", b"PK"),
    ],
)
def test_a_spoilt_table_and_the_only_paper_of_another_unit_are_told(desk: Desk, name: str, data: bytes) -> None:
    desk.put("一.zip", archive([("表.xlsx", desk.books["001a"]), (name, data)]))
    assert desk.run("collect").code == 1
    assert companions(desk) == set()


def test_beside_no_return_nothing_is_a_note(desk: Desk) -> None:
    desk.put("一.zip", archive(BESIDE))
    assert desk.run("collect").code == 1


def test_a_person_puts_away_what_was_set_aside_and_it_stays_so(desk: Desk) -> None:
    desk.put("旧系统导出.xlsx", b"no workbook")
    desk.put("好.xlsx", "001a")
    (aside,) = [one for one in desk.collect().files if one.state == "set_aside"]
    assert desk.run("dismiss", str(aside.number), "--reason", " ").code == 2
    done = desk.run("dismiss", str(aside.number), "--reason", "旧系统的，不用管", "--by", "王会计")
    assert done.code == 0, done.err
    assert desk.run("collect").code == 0
    assert "旧系统的，不用管" in desk.run("ledger history").out
    assert json.loads(desk.run("status", "--format", "json").out)["set_aside"][0]["settled"]
    desk.rewrite("某某站", "某某总站")  # everything set aside is looked at again
    assert desk.run("collect").code == 0
    assert desk.run("ledger verify").code == 0


def test_what_was_not_set_aside_cannot_be_put_away(desk: Desk) -> None:
    desk.put("好.xlsx", "001a")
    desk.collect()
    assert desk.run("dismiss", "1", "--reason", "x").code == 2


def conflicts(desk: Desk) -> None:
    for unit in ("001", "002"):
        desk.put(f"{unit}/甲.xlsx", f"{unit}a", TUESDAY)
        desk.put(f"{unit}/乙.xlsx", f"{unit}b", TUESDAY)


def test_a_choice_is_made_by_number(desk: Desk) -> None:
    conflicts(desk)
    told = desk.run("collect").out
    assert "以哪一份为准" in told
    assert "--choose 2 --unit 001" in told
    assert desk.run("collect", "--choose", "2", "--reason", "来电").code == 2  # of which unit?
    assert desk.run("collect", "--choose", "2", "--unit", "001", "--reason", "来电").code == 0
    assert desk.run("collect", "--choose", "1", "--reason", "来电").code == 0  # one is left to choose
    assert states(desk.collect()) == {
        "001/乙.xlsx": "superseded",
        "001/甲.xlsx": "current",
        "002/乙.xlsx": "current",
        "002/甲.xlsx": "superseded",
    }
    assert desk.run("collect", "--choose", "9", "--unit", "001", "--reason", "来电").code == 2


def test_whole_and_parts_are_chosen_by_number_and_part(desk: Desk) -> None:
    desk.put("整份.xlsx", "002a", TUESDAY)
    desk.put("附件1.xlsx", desk.parts["附件1"], TUESDAY)
    desk.collect()
    assert desk.run("collect", "--choose", "1", "--unit", "002", "--reason", "来电").code == 2
    assert desk.run("collect", "--choose", "1", "--unit", "002", "--part", "整份", "--reason", "来电").code == 0
    assert states(desk.collect()) == {"整份.xlsx": "current", "附件1.xlsx": "set_aside"}
