"""What was set aside once is told until nothing is left to do about it, and then as settled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk
from tests.cli.shells import agreed
from tests.parcels.packing import archive
from xlsxeval.judging import basis

Act = Callable[[Desk], object]


def told(desk: Desk) -> dict[str, bool]:
    """The files that count for nobody by ``status``, and whether they are settled."""
    done = desk.run("status", "--format", "json")
    assert done.code == 0, done.err
    names = [one["name"] for one in json.loads(done.out)["set_aside"]]
    assert len(names) == len(set(names))
    return {one["name"]: one["settled"] for one in json.loads(done.out)["set_aside"]}


def is_waiting(desk: Desk) -> bool:
    """Whether ``collect`` says that somebody must see to something."""
    return desk.run("collect").code == 1


SETTLED: dict[str, Act] = {
    "the unit sent a good one later": lambda desk: desk.put("随便.xlsx", "001a", TUESDAY),
    "a good one was put into its place": lambda desk: desk.put("001 某某局.xlsx", "001a", TUESDAY),
    "it was taken away": lambda desk: (desk.inbox / "001 某某局.xlsx").unlink(),
}
OPEN: dict[str, Act] = {
    "nothing came since": lambda desk: None,
    "another unit sent a good one": lambda desk: desk.put("随便.xlsx", "002a", TUESDAY),
}


@pytest.mark.parametrize("case", SETTLED)
def test_it_is_settled_where(desk: Desk, case: str) -> None:
    desk.put("001 某某局.xlsx", b"bad")
    assert is_waiting(desk)
    assert told(desk) == {"001 某某局.xlsx": False}
    SETTLED[case](desk)
    assert not is_waiting(desk)
    assert told(desk) == {"001 某某局.xlsx": True}
    assert "已了结" in desk.run("status").out


@pytest.mark.parametrize("case", OPEN)
def test_it_is_open_where(desk: Desk, case: str) -> None:
    desk.put("001 某某局.xlsx", b"bad")
    assert is_waiting(desk)
    OPEN[case](desk)
    assert is_waiting(desk)
    assert told(desk) == {"001 某某局.xlsx": False}


def test_a_correction_that_cannot_be_read_is_open_though_the_unit_sent_everything_before(desk: Desk) -> None:
    desk.put("001 某某局.xlsx", "001a")
    assert not is_waiting(desk)
    desk.put("001 某某局 改.xlsx", b"bad", TUESDAY)
    assert is_waiting(desk)
    assert told(desk) == {"001 某某局 改.xlsx": False}


def test_a_part_does_not_settle_what_may_have_been_another_part(desk: Desk) -> None:
    desk.put("002 附件2.xlsx", b"bad")
    is_waiting(desk)
    desk.put("附件1.xlsx", desk.parts["附件1"], TUESDAY)
    assert is_waiting(desk)
    assert told(desk) == {"002 附件2.xlsx": False}
    desk.put("附件2.xlsx", desk.parts["附件2"], TUESDAY)
    assert not is_waiting(desk)
    assert told(desk) == {"002 附件2.xlsx": True}


def test_a_file_that_nobody_can_tell_whose_it_is_stays_open(desk: Desk) -> None:
    desk.put("自评表.xlsx", b"bad", MONDAY)
    for number, book in enumerate(("001a", "002a", "003a")):
        desk.put(f"{number}.xlsx", book, TUESDAY)
    assert is_waiting(desk)
    assert told(desk) == {"自评表.xlsx": False}


def test_what_became_a_units_is_no_longer_told_and_what_is_looked_at_again_is_told_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put("三.xlsx", "003a")
    desk.put("坏.xlsx", b"bad")
    desk.rewrite('  - {code: "003", name: 某某站, forms: [basic, overall]}\n', "")
    is_waiting(desk)
    assert set(told(desk)) == {"三.xlsx", "坏.xlsx"}
    desk.rewrite("units:\n", 'units:\n  - {code: "003", name: 某某站, forms: [basic, overall]}\n')
    is_waiting(desk)
    monkeypatch.setattr(basis, "program_digest", lambda: "another")
    is_waiting(desk)
    assert told(desk) == {"坏.xlsx": False}


def conflict(desk: Desk) -> None:
    """Two different files of one unit and day, beside the bad one that came before."""
    desk.put("一.xlsx", "001a", TUESDAY)
    desk.put("二.xlsx", "001b", TUESDAY)


def chosen(desk: Desk) -> None:
    conflict(desk)
    desk.collect()
    digits = hashlib.sha256(desk.books["001b"]).hexdigest()[:8]
    assert desk.run("collect", "--choose", digits, "--reason", "来电").code == 0


def whole_and_part(desk: Desk) -> None:
    desk.put("整份.xlsx", "002a", TUESDAY)
    desk.put("附件1.xlsx", desk.parts["附件1"], TUESDAY)


def removed(desk: Desk) -> None:
    """The unit of a file that counted is no longer on the roster."""
    desk.put("三.xlsx", "003a")
    desk.collect()
    desk.rewrite('  - {code: "003", name: 某某站, forms: [basic, overall]}\n', "")


EVERYWHERE: dict[str, tuple[str, Act, int]] = {
    "nothing came since": ("001 某某局.xlsx", lambda desk: None, 1),
    "a good one came": ("001 某某局.xlsx", lambda desk: desk.put("好.xlsx", "001a", TUESDAY), 0),
    "two came of which one must be chosen": ("001 某某局.xlsx", conflict, 1),
    "one of them was chosen": ("001 某某局.xlsx", chosen, 0),
    "a whole workbook came and a part of it": ("002 某某中心.xlsx", whole_and_part, 1),
    "it was taken away": ("001 某某局.xlsx", lambda desk: taken_away(desk), 0),
    "another bad one was put into its place": ("001 某某局.xlsx", lambda desk: replaced(desk), 1),
    "it was put back there": ("001 某某局.xlsx", lambda desk: put_back(desk), 1),
    "a unit left the roster whose file counted": ("坏.xlsx", removed, 2),
}


def taken_away(desk: Desk) -> None:
    (desk.inbox / "001 某某局.xlsx").unlink()
    desk.put("二.xlsx", "002a")


def replaced(desk: Desk) -> None:
    desk.put("001 某某局.xlsx", b"worse", TUESDAY)


def put_back(desk: Desk) -> None:
    replaced(desk)
    desk.collect()
    desk.put("001 某某局.xlsx", b"bad", TUESDAY)


@pytest.mark.parametrize("case", EVERYWHERE)
def test_every_command_counts_the_same_files_that_wait_for_somebody(desk: Desk, case: str) -> None:
    name, act, count = EVERYWHERE[case]
    desk.put(name, b"bad")
    desk.collect()
    act(desk)
    assert agreed(desk).aside == count
    held = desk.run("report", "--consolidated", "-o", desk.task.parent / "报告")
    assert (f"{count} 份文件读不了" in held.err) == (count > 0 and case != "a unit left the roster whose file counted")


def test_of_the_parcel_that_was_replaced_only_what_is_still_in_it_waits(desk: Desk) -> None:
    desk.put("收表.zip", archive([("002 甲.xlsx", b"bad one"), ("002 乙.xlsx", b"bad two")]))
    assert agreed(desk).aside == 2
    desk.put("收表.zip", archive([("002 乙.xlsx", b"bad two")]), TUESDAY)
    assert agreed(desk).aside == 1


def test_parts_that_a_person_gave_up_for_the_whole_are_settled(desk: Desk) -> None:
    desk.put("整份.xlsx", "002a")
    desk.put("附件1.xlsx", desk.parts["附件1"], TUESDAY)
    assert agreed(desk).undecided == {"002"}
    digits = hashlib.sha256(desk.books["002a"]).hexdigest()[:8]
    assert desk.run("collect", "--choose", digits, "--reason", "以整份为准").code == 0
    found = agreed(desk)
    assert (found.undecided, found.aside) == (frozenset(), 0)
