"""One arrival received by itself: the decisions are those of ``collect``, whoever else is at work, and however it ends."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, NOW, TUESDAY, Desk, Post, resaved
from tests.cli.collectdesk import states as states_of
from tests.cli.examiners import Fragile
from tests.cli.killed_steps import dies
from tests.cli.running import files_below
from tests.parcels.packing import archive
from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workspace import reopened
from xlsxeval.collection import reception
from xlsxeval.collection.receipts import ArrivalReceipt
from xlsxeval.collection.reception import Delivery, Reception
from xlsxeval.errors import UsageError
from xlsxeval.judging.front import Front
from xlsxeval.workers.memory import holds_memory
from xlsxeval.workers.pool import HERE, Hands

Posted = tuple[str, bytes | str, dt.datetime]
DAYS = (("a", MONDAY), ("b", TUESDAY), ("c", TUESDAY + dt.timedelta(days=1)))


class Counter:
    """The desk's counter, over which files are handed in one at a time."""

    def __init__(self, desk: Desk, hands: Hands = HERE) -> None:
        self.desk = desk
        self.hands = hands
        self.reception = Reception()
        self.workspace = desk.workspace()

    def hand_in(
        self, name: str, data: bytes | str, at: dt.datetime = MONDAY, source: str | None = "收回", **more: object
    ) -> ArrivalReceipt:
        content = self.desk.books[data] if isinstance(data, str) else data
        delivery = Delivery(content, name, source=source, at=at)
        return self.reception.receive(self.workspace, delivery, self.hands, **more)  # type: ignore[arg-type]


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return Counter(desk)


def states(receipt: ArrivalReceipt) -> list[str]:
    return [one.filed.state.value for one in receipt.pieces]


def mixed(desk: Desk) -> list[Posted]:
    """Something of everything: a parcel, the same twice, saved anew, two of one day, a newer one, bad ones, parts."""
    return [
        ("收表.zip", archive([("a.xlsx", desk.books["001a"]), ("坏.xlsx", b"bad"), ("b.pdf", b"%PDF-1.7")]), MONDAY),
        ("空.zip", archive([]), MONDAY),
        ("又.xlsx", "001a", TUESDAY),
        ("一.xlsx", "003a", MONDAY),
        ("一 另存.xlsx", resaved(desk.books["003a"]), MONDAY),
        ("二.xlsx", "003b", MONDAY),
        ("新.xlsx", "001b", TUESDAY),
        ("旧.xlsx", "001c", MONDAY),
        ("附件1.xlsx", desk.parts["附件1"], TUESDAY),
        ("附件2.xlsx", desk.parts["附件2 wrong"], TUESDAY),
        ("附件1 改.xlsx", desk.parts["附件1 mended"], NOW),
        ("坏.xlsx", b"\0" * 9, MONDAY),
    ]


def test_received_one_by_one_the_ledger_holds_what_collecting_after_each_writes(post: Post, tmp_path: Path) -> None:
    collected, received = Desk(post, tmp_path / "collected"), Desk(post, tmp_path / "received")
    counter = Counter(received)
    for name, data, at in mixed(collected):
        for desk in (collected, received):  # a file that is no longer where it came from is settled
            desk.put(name, data, at)
        result = collected.collect()
        receipt = counter.hand_in(name, data, at)
        own = {one.filed.receipt.source for one in receipt.pieces}
        assert [one.filed for one in receipt.pieces] == [one for one in result.files if one.receipt.source in own]
        assert set(receipt.conflicts) <= set(result.conflicts)
    assert received.recorded().replace('"receive"', '"collect"') == collected.recorded()
    kept = [files_below(desk.task / ".xlsxeval" / "archive") for desk in (received, collected)]
    assert list(kept[0]) == list(kept[1])


def test_the_receipt_says_what_became_of_each_piece(counter: Counter) -> None:
    parcel = archive([("a.xlsx", counter.desk.books["003 wrong"]), ("坏.xlsx", b"bad")])
    receipt = counter.hand_in("收表.zip", parcel)
    assert receipt.is_new
    assert receipt.at == MONDAY
    good, bad = receipt.pieces
    assert (good.filed.unit, good.filed.part, good.filed.version, good.filed.errors) == ("003", None, 1, 1)
    assert good.filed.receipt.source == "收回/收表.zip › a.xlsx"
    assert [one.code for one in good.findings] == ["X901"]
    assert good.verdict is not None
    assert [one.code for one in good.verdict.open] == ["X901"]
    assert (bad.filed.state.value, bad.filed.unit, bad.filed.code) == ("set_aside", None, "F002")
    assert bad.filed.message
    assert bad.findings == ()
    assert (receipt.missing, receipt.conflicts, receipt.exports) == ((), (), ())


def test_a_part_tells_what_is_still_owed_and_the_last_one_what_all_show_together(counter: Counter) -> None:
    first = counter.hand_in("附件1.xlsx", counter.desk.parts["附件1"])
    assert [(one.unit, one.parts) for one in first.missing] == [("002", ("附件2",))]
    second = counter.hand_in("附件2.xlsx", counter.desk.parts["附件2 wrong"])
    assert second.missing == ()
    (piece,) = second.pieces
    assert [one.code for one in piece.findings] == ["X901"]
    assert piece.filed.errors == 1


def test_received_again_it_is_told_again_and_recorded_no_second_time(counter: Counter) -> None:
    first = counter.hand_in("a.xlsx", "003 wrong")
    before = counter.desk.recorded()
    again = counter.hand_in("a.xlsx", "003 wrong", TUESDAY)
    assert counter.desk.recorded() == before
    assert not again.is_new
    assert [replace(one, filed=replace(one.filed, new=True)) for one in again.pieces] == list(first.pieces)


def test_from_no_named_place_two_files_of_a_day_wait_and_from_one_place_the_later_one_counts(desk: Desk) -> None:
    counter = Counter(desk)
    assert states(counter.hand_in("附件.xlsx", "001a", source=None)) == ["current"]
    second = counter.hand_in("附件.xlsx", "001b", source=None)
    assert states(second) == ["conflict"]
    (conflict,) = second.conflicts
    assert "100" in conflict.message
    assert {one.source.partition("/")[0] for one in conflict.files} == {"来件"}
    assert states(counter.hand_in("附件.xlsx", "002a", source="门户/002")) == ["current"]
    assert states(counter.hand_in("附件.xlsx", "002b", source="门户/002")) == ["current"]
    assert states(counter.hand_in("附件.xlsx", "003a", source=None)) == ["current"]
    assert states(counter.hand_in("附件.xlsx", "003b", source=None, replaces=True)) == ["current"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("../../x/表.xlsx", "来件/{}/表.xlsx"),
        ("C:\\桌面\\表.xlsx", "来件/{}/表.xlsx"),
        ("表\n.xlsx", "来件/{}/表\\u000a.xlsx"),
        ("", "来件/{}/（没有名称）"),
    ],
)
def test_a_name_is_no_path(counter: Counter, name: str, source: str) -> None:
    (piece,) = counter.hand_in(name, "001a", source=None).pieces
    assert piece.filed.receipt.source == source.format(piece.filed.receipt.sha256[:16])


def test_what_never_lay_in_a_folder_was_not_taken_away_from_there(counter: Counter) -> None:
    counter.hand_in("坏.xlsx", b"bad", source=None)
    told = counter.desk.run("status").out
    assert "坏.xlsx" in told


def test_a_moment_without_its_zone_is_refused_before_anything_is_done(counter: Counter) -> None:
    with pytest.raises(UsageError, match="时区"):
        counter.hand_in("a.xlsx", "001a", dt.datetime(2025, 4, 7, 4, 0))
    assert not (counter.desk.task / ".xlsxeval" / "archive").exists()


def test_while_another_run_holds_the_campaign_an_arrival_is_received_all_the_same(counter: Counter) -> None:
    desk = counter.desk
    with desk.workspace().ledger() as other, other.run("李会计", NOW, "run"):
        assert states(counter.hand_in("a.xlsx", "001a")) == ["current"]
    assert states_of(desk.collect()) == {}
    assert desk.workspace().who == "王会计"


def test_what_came_meanwhile_takes_nothing_from_a_run_that_had_begun(desk: Desk) -> None:
    """An arrival is received at every step of a collection that has the same unit's file, and bad ones, in its inbox."""
    counter = Counter(desk)
    desk.put("a.xlsx", "001a", MONDAY)
    desk.put("坏.xlsx", b"bad", MONDAY)
    came = 0

    def step(act: str) -> None:
        nonlocal came
        if act in ("campaign recorded", "judged alone", "kept", "archived"):
            came += 1
            counter.hand_in(f"{came}.xlsx", f"{came}".encode(), source="门户")
            counter.hand_in("新.xlsx", "001b", TUESDAY, source="门户")

    result = desk.collect(step=step)
    assert states_of(result) == {"a.xlsx": "superseded", "坏.xlsx": "set_aside"}
    with desk.workspace().ledger() as ledger, ledger.read() as r:
        (current,) = r.current_submissions().values()
        assert next(one.source for one in r.receipts(current.sha256)) == "门户/新.xlsx"
        assert [one.version for one in r.submissions("001")] == [1, 2]
        assert sum(one.source.startswith("门户/") for one in r.receipts()) == came + 1
    assert states_of(desk.collect()) == states_of(result)


def test_a_unit_that_joins_the_roster_gets_what_had_come_before(counter: Counter) -> None:
    desk = counter.desk
    desk.rewrite('  - {code: "003", name: 某某站, forms: [basic, overall]}\n', "")
    counter.workspace = reopened(counter.workspace)
    assert states(counter.hand_in("c.xlsx", "003a")) == ["set_aside"]
    with (desk.task / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write('  - {code: "003", name: 某某站, forms: [basic, overall]}\n')
    counter.workspace = reopened(counter.workspace)
    assert states(counter.hand_in("c.xlsx", "003a")) == ["current"]


def test_a_campaign_that_nobody_changed_is_not_read_again(counter: Counter) -> None:
    assert reopened(counter.workspace) is counter.workspace
    counter.desk.rewrite("某某站", "某某总站")
    opened = reopened(counter.workspace)
    assert [unit.name for unit in opened.campaign.units][-1] == "某某总站"
    assert reopened(opened) is opened


def test_moments_that_cross_are_no_clock_set_back(counter: Counter) -> None:
    """The clock shows a little less than what another process recorded meanwhile, and days still order what came."""
    moments = iter([*[NOW + dt.timedelta(seconds=20)] * 9, *[NOW] * 9])
    counter.workspace = replace(counter.workspace, clock=lambda: next(moments, NOW))
    assert states(counter.hand_in("新.xlsx", "001a", TUESDAY)) == ["current"]
    while next(moments) != NOW:
        pass
    receipt = counter.hand_in("旧.xlsx", "001b", MONDAY)
    assert (states(receipt), receipt.clock_back) == (["superseded"], False)


def test_many_at_once_from_many_threads_are_all_received_and_none_twice(desk: Desk) -> None:
    counter = Counter(desk)
    posted = [
        *((f"{code}.xlsx", f"{code}{letter}", day) for code in ("001", "003") for letter, day in DAYS),
        ("又.xlsx", "001a", MONDAY),
        ("附件1.xlsx", desk.parts["附件1"], MONDAY),
        ("附件2.xlsx", desk.parts["附件2 wrong"], MONDAY),
        *((f"坏{n}.xlsx", f"{n}".encode(), MONDAY) for n in range(4)),
    ]
    with Front(2) as front, ThreadPoolExecutor(len(posted)) as threads:
        counter.hands = front
        receipts = list(threads.map(lambda one: counter.hand_in(*one, None), posted))
    assert all(one.is_new for one in receipts)
    with desk.workspace().ledger() as ledger, ledger.read() as r:
        assert len(r.receipts()) == len(posted)
        current = r.current_submissions()
        assert {slot: r.receipts(one.sha256)[0].name for slot, one in current.items()} == {
            ("001", None): "001.xlsx",
            ("003", None): "003.xlsx",
            ("002", "附件1"): "附件1.xlsx",
            ("002", "附件2"): "附件2.xlsx",
        }
        newest = [hashlib.sha256(desk.books[name]).hexdigest() for name in ("001c", "003c")]
        assert [current[code, None].sha256 for code in ("001", "003")] == newest
        assert sorted(one.version for one in r.submissions("001")) == [1, 2, 3]
        assert [one.code for one in r.findings(current["002", "附件2"].id)] == ["X901"]
    again = desk.collect()
    assert (again.judged_again, again.files) == (0, ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("死.xlsx", "F052"),
        ("错.xlsx", "F053"),
        ("睡.xlsx", "F050"),
        pytest.param("吃.xlsx", "F051", marks=pytest.mark.skipif(not holds_memory(), reason="no bound of memory here")),
    ],
)
def test_a_single_file_has_its_bounds_and_is_tried_again_by_the_next_collection(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    """The time of two seconds is that of the file that sleeps."""
    monkeypatch.setattr(reception, "Examiner", Fragile)
    with Front(1) as front, ThreadPoolExecutor(2) as threads:
        counter = Counter(desk, front)
        bad, good = threads.map(lambda one: counter.hand_in(*one), [(name, "001a"), ("好.xlsx", "002a")])
    assert [(one.filed.state.value, one.filed.code) for one in bad.pieces] == [("set_aside", code)]
    assert states(good) == ["current"]
    desk.put(name, "001a")
    assert states_of(desk.collect()) == {name: "current"}


def test_parts_that_cannot_be_judged_together_count_all_the_same_and_that_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "Examiner", Fragile)
    counter, told = Counter(desk), list[str]()
    listener = Listener(told=lambda message, step: told.append(message))
    counter.workspace = replace(counter.workspace, listener=listener)
    Fragile.fails_together = True
    try:
        receipts = [counter.hand_in(f"{part}.xlsx", desk.parts[part]) for part in ("附件1", "附件2 wrong")]
    finally:
        Fragile.fails_together = False
    assert [states(one) for one in receipts] == [["current"], ["current"]]
    assert len(told) == 1
    assert "ZeroDivisionError" in told[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_every_step_and_received_again_it_ends_in_the_same_state(post: Post, tmp_path: Path) -> None:
    """Each arrival is killed at each of its steps; the desk that comes of it is that of arrivals that nothing disturbed."""
    calm, restless = Desk(post, tmp_path / "calm"), Desk(post, tmp_path / "restless")
    undisturbed, killed = Counter(calm), Counter(restless)
    steps = 0
    for name, data, at in mixed(calm):
        expected = undisturbed.hand_in(name, data, at)
        for last in _ways_to_die(killed, (name, data, at)):
            steps += 1
            assert last
        receipt = killed.hand_in(name, data, at)
        assert [replace(one.filed, new=True) for one in receipt.pieces] == [
            replace(one.filed, new=True) for one in expected.pieces
        ]
    assert restless.recorded() == calm.recorded()
    assert steps > 50


def _ways_to_die(counter: Counter, posted: Posted) -> Iterator[int]:
    """Hands a file in again and again, in a process that dies one step later each time, until it gets through."""
    last = 1
    while dies(lambda step: counter.hand_in(*posted, step=step), last):
        yield last
        last += 1
