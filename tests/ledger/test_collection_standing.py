"""Where each file stands after any sequence of decisions, and until when a file that was set aside waits for somebody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from tests.board.offices import EDITION
from tests.ledger.books import CAMPAIGN, NOON, WHO, campaign, sha, submit, unit
from xlsxeval.forms.campaign import Campaign
from xlsxeval.layout.placing import part_names
from xlsxeval.ledger import CollectionStanding, FileState, Ledger, ReviewState, Writer, collection_standing

ONE, TWO = unit("001", "一局"), unit("002", "二局")
TOWN = campaign(ONE, TWO)
EVERYTHING = part_names(TOWN, ONE, EDITION)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger; what follows from events is the same wherever they are kept."""
    with Ledger.open(tmp_path / "ledger.sqlite", CAMPAIGN, NOON) as opened:
        yield opened


def written(
    ledger: Ledger, *acts: Callable[[Writer], object], made: Campaign = TOWN, gone: Collection[str] = ()
) -> CollectionStanding:
    """Where everything stands once this was recorded; the files at the sources that are ``gone`` were taken away."""
    with ledger.write(WHO, NOON, "collect") as w:
        for act in acts:
            act(w)
    with ledger.read() as r:
        return collection_standing(r, made, EDITION, lambda receipt: receipt.source not in gone)


def states(found: CollectionStanding) -> dict[str, str]:
    return {one.receipt.name: one.state.value for one in found.files}


def settled(found: CollectionStanding) -> dict[str, bool]:
    return {one.receipt.name: one.settled for one in found.aside}


def good(content: str, code: str = "001", part: str | None = None) -> Callable[[Writer], object]:
    def act(w: Writer) -> None:
        submission = submit(w, content, code, part)
        w.judgement(submission, "clean", (), holds=EVERYTHING if part is None else [part])
        w.accept(submission)

    return act


def bad(name: str, code: str = "") -> Callable[[Writer], object]:
    return lambda w: w.set_receipt_aside(w.receipt(sha(name), 1, name, f"收回/{name}"), "F002", "坏的", code, "basis")


def conflict(first: str, second: str, code: str = "001", part: str | None = None) -> Callable[[Writer], object]:
    return lambda w: w.conflict(submit(w, second, code, part), submit(w, first, code, part))


def choose(content: str, other: str) -> Callable[[Writer], object]:
    def act(w: Writer) -> None:
        found = {one.sha256: one for one in w.submissions()}
        w.choose(found[sha(content)], "来电")
        w.supersede(found[sha(other)], by=found[sha(content)], message="来电")

    return act


def test_every_state_and_what_each_is_known_by(ledger: Ledger) -> None:
    def again(w: Writer) -> None:
        (first,) = (one for one in w.submissions() if one.sha256 == sha("新"))
        w.duplicate(first, w.receipt(sha("新"), 1, "再.xlsx", "收回/再/新.xlsx"))

    def newer(w: Writer) -> None:
        old = w.current_submission("001")
        good("新")(w)
        new = w.current_submission("001")
        assert old is not None
        assert new is not None
        w.supersede(old, by=new)

    found = written(ledger, good("旧"), newer, again, conflict("甲", "乙", "002"), bad("坏.xlsx"))
    assert states(found) == {
        "旧.xlsx": "superseded",
        "新.xlsx": "current",
        "再.xlsx": "duplicate",
        "甲.xlsx": "conflict",
        "乙.xlsx": "conflict",
        "坏.xlsx": "set_aside",
    }
    assert [one.receipt.name for one in found.counting] == ["新.xlsx"]
    assert found.versions == {"001": 2, "002": 2}
    duplicate = next(one for one in found.files if one.state is FileState.DUPLICATE)
    assert duplicate.submission is not None
    assert (duplicate.unit, duplicate.submission.version, duplicate.is_first) == ("001", 2, False)


def test_parcels_are_no_files(ledger: Ledger) -> None:
    assert states(written(ledger, lambda w: w.receipt(sha("z"), 1, "收表.zip", "收回/收表.zip"))) == {}


def test_a_whole_workbook_and_parts_of_it_wait_together(ledger: Ledger) -> None:
    found = written(ledger, good("整份"), good("附件1", part="附件1"))
    assert set(states(found).values()) == {"conflict"}
    assert found.counting == []
    assert found.units["001"].is_doubled


def test_a_part_that_waits_leaves_the_others_counting(ledger: Ledger) -> None:
    found = written(ledger, good("一", part="附件2"), conflict("甲", "乙", part="附件1"))
    assert states(found) == {"一.xlsx": "current", "甲.xlsx": "conflict", "乙.xlsx": "conflict"}
    assert found.units["001"].waiting == ("附件1",)


def test_what_is_of_a_unit_that_left_the_roster_is_set_aside_until_it_is_back(ledger: Ledger) -> None:
    found = written(ledger, good("甲", "002"), made=campaign(ONE))
    (file,) = found.aside
    assert (file.unit, file.code, file.settled) == ("002", "I023", False)
    assert (found.counting, found.units.keys()) == ([], {"001"})
    assert states(written(ledger)) == {"甲.xlsx": "current"}


def test_what_became_a_units_second_copy_is_no_longer_aside(ledger: Ledger) -> None:
    def found_again(w: Writer) -> None:
        good("甲")(w)
        (first,) = w.submissions()
        (receipt,) = (one.id for one in w.receipts() if one.name == "副本.xlsx")
        w.duplicate(first, receipt)

    found = written(ledger, bad("副本.xlsx", "001"), found_again)
    assert states(found) == {"副本.xlsx": "duplicate", "甲.xlsx": "current"}


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), False),
        ((good("甲"),), True),
        ((good("甲", "002"),), False),
        ((good("甲", part="附件1"),), False),
        ((conflict("甲", "乙"),), False),
        ((conflict("甲", "乙"), choose("甲", "乙")), True),
        ((good("甲"), good("附件1", part="附件1")), False),
        ((bad("又坏.xlsx"),), False),
    ],
    ids=["alone", "good", "another unit's", "a part", "a conflict", "chosen", "whole and part", "another bad one"],
)
def test_a_bad_file_waits_until_its_unit_has_nothing_left_to_send(
    ledger: Ledger, acts: tuple[Callable[[Writer], object], ...], expected: bool
) -> None:
    assert settled(written(ledger, bad("001 一局.xlsx"), *acts))["001 一局.xlsx"] is expected


def test_a_bad_file_that_came_after_the_good_one_waits(ledger: Ledger) -> None:
    assert settled(written(ledger, good("甲"), bad("001 一局.xlsx"))) == {"001 一局.xlsx": False}


def test_a_bad_file_that_was_taken_away_is_settled(ledger: Ledger) -> None:
    assert settled(written(ledger, bad("001 一局.xlsx"), gone=["收回/001 一局.xlsx"])) == {"001 一局.xlsx": True}


def test_what_a_person_set_aside_is_settled_and_what_the_program_did_is_not(ledger: Ledger) -> None:
    def by(under: str | None) -> Callable[[Writer], object]:
        return lambda w: w.set_aside(w.submissions()[-1], "I030", "以整份为准", under)

    assert settled(written(ledger, good("甲", part="附件1"), by(None))) == {"甲.xlsx": True}
    assert settled(written(ledger, good("乙", part="附件1"), by("basis"))) == {"甲.xlsx": True, "乙.xlsx": False}


def test_of_no_unit_and_no_file_nothing_is_said(ledger: Ledger) -> None:
    found = written(ledger)
    assert (found.files, {code: one.came for code, one in found.units.items()}) == ((), {"001": False, "002": False})


def test_a_unit_is_sent_back_until_another_file_counts(ledger):
    def review(state: ReviewState, *contents: str) -> Callable[[Writer], object]:
        return lambda w: w.review("001", state, map(sha, contents), None)

    assert written(ledger, good("a")).sent_back == frozenset()
    assert written(ledger, review(ReviewState.RETURNED, "a")).sent_back == {"001"}
    assert written(ledger, good("b", code="002")).sent_back == {"001"}
    mended = written(ledger, good("c"), choose("c", "a"))
    assert [one.receipt.sha256 for one in mended.counting if one.unit == "001"] == [sha("c")]
    assert mended.sent_back == frozenset()
    assert written(ledger, review(ReviewState.PASSED, "c")).sent_back == frozenset()
