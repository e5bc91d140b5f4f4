"""Where units and attachments stand, how late they are, and that the ledger and the files tell the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.board.offices import (
    ACCEPTED,
    DEADLINE,
    HINT,
    NOON,
    TODAY,
    ZONE,
    came,
    campaign,
    desk,
    error,
    record,
    sha,
    state_of,
    unit,
    unreadable,
    warning,
)
from xlsxeval.board import BoardLine, CampaignState, UnitStatus
from xlsxeval.board.from_ledger import from_ledger
from xlsxeval.forms.campaign import Campaign
from xlsxeval.ledger import Ledger, Queries, collection_standing
from xlsxeval.model import Finding, Severity, Waiver
from xlsxeval.rules.verdict import Verdict
from xlsxeval.rules.waivers import Waived, waiver_of

ONE, TWO = unit("001", "一局"), unit("002", "二局")
TOWN = campaign(ONE, TWO)
DAY = dt.date(2025, 5, 30)


def line(state: CampaignState, code: str = "001") -> BoardLine:
    return next(one for one in state.units if one.code == code)


def sheets(of: BoardLine) -> dict[str, UnitStatus]:
    return {one.sheet: one.status for one in of.attachments}


@pytest.mark.parametrize(
    ("findings", "status"),
    [
        ((), UnitStatus.DONE),
        ((HINT,), UnitStatus.DONE),
        ((ACCEPTED,), UnitStatus.DONE),
        ((warning(),), UnitStatus.CHECK),
        ((warning(), error()), UnitStatus.ERRORS),
    ],
)
def test_a_unit_stands_where_its_gravest_finding_puts_it(findings: Sequence[Finding], status: UnitStatus) -> None:
    assert line(state_of(TOWN, came(ONE, *findings))).status is status


def test_a_finding_is_at_its_own_attachment_only() -> None:
    found = sheets(line(state_of(TOWN, came(ONE, error("附件2"), warning("附件3-1"), error(None, None)))))
    assert (found["附件1"], found["附件2"], found["附件3-1"]) == (UnitStatus.DONE, UnitStatus.ERRORS, UnitStatus.CHECK)


def test_who_was_sent_nothing_is_not_the_one_who_sent_nothing() -> None:
    sent = state_of(TOWN, sent=["001"])
    assert [one.status for one in sent.units] == [UnitStatus.MISSING, UnitStatus.UNSENT]
    assert [one.days_late for one in sent.units] == [5, 0]
    unknown = state_of(TOWN)
    assert [one.status for one in unknown.units] == [UnitStatus.MISSING, UnitStatus.MISSING]


def test_what_came_was_sent_whatever_the_records_say() -> None:
    assert line(state_of(TOWN, came(ONE), sent=[])).status is UnitStatus.DONE


def test_of_parts_some_are_missing() -> None:
    of = line(state_of(TOWN, came(ONE, part="附件1"), came(ONE, part="附件2")))
    assert of.status is UnitStatus.ERRORS
    assert of.missing == tuple(sheet for sheet in sheets(of) if sheet not in {"附件1", "附件2"})
    parts = [came(ONE, part=sheet) for sheet in sheets(of)]
    assert line(state_of(TOWN, *parts)).status is UnitStatus.DONE


def test_different_files_of_one_unit_must_be_chosen_from() -> None:
    of = line(state_of(TOWN, came(ONE, error(), content="a"), came(ONE, content="b")))
    assert of.status is UnitStatus.CHECK
    assert [file.name for slot in of.conflicts for file in slot.conflict] == ["001a.xlsx", "001b.xlsx"]
    assert (of.versions, of.items) == (2, ())
    both = line(state_of(TOWN, came(ONE), came(ONE, part="附件2")))
    assert (both.status, len(both.conflicts)) == (UnitStatus.CHECK, 1)


def test_the_same_file_twice_is_one() -> None:
    one = came(ONE)
    of = line(state_of(TOWN, one, replace(one, path="收回/再/001.xlsx")))
    assert (of.status, of.versions) == (UnitStatus.DONE, 1)


@pytest.mark.parametrize(
    ("day", "late"), [(DEADLINE, 0), (DEADLINE - dt.timedelta(9), 0), (DEADLINE + dt.timedelta(3), 3)]
)
def test_the_day_of_arrival_is_held_against_the_deadline(day: dt.date, late: int) -> None:
    verdict = came(ONE)
    of = line(state_of(TOWN, verdict, days={verdict.path: day}, as_of=TODAY + dt.timedelta(30)))
    assert (of.received, of.days_late) == (day, late)


def test_what_is_missing_gets_later_every_day() -> None:
    for as_of, late in ((DEADLINE, 0), (TODAY, 5), (TODAY + dt.timedelta(1), 6)):
        assert line(state_of(TOWN, as_of=as_of)).days_late == late
        assert (
            line(state_of(TOWN, came(ONE, part="附件1"), days={"收回/001附件1.xlsx": DAY}, as_of=as_of)).days_late
            == late
        )


def test_no_deadline_no_lateness() -> None:
    assert line(state_of(campaign(ONE, deadline=None), as_of=TODAY)).days_late == 0


def test_files_that_count_for_nobody_are_listed_with_their_reason() -> None:
    state = state_of(campaign(TWO), unreadable(), came(ONE))
    assert {(one.name, one.code, one.unit) for one in state.set_aside} == {
        ("坏的.xlsx", "F003", None),
        ("001.xlsx", "I023", "001"),
    }
    assert line(state, "002").status is UnitStatus.MISSING


@pytest.mark.parametrize(
    ("later", "settled"), [((came(ONE),), True), ((came(ONE, content="a"), came(ONE, content="b")), False), ((), False)]
)
def test_what_cannot_be_read_is_settled_once_its_unit_has_nothing_left_to_send(
    later: tuple[Verdict, ...], settled: bool
) -> None:
    (aside,) = state_of(TOWN, unreadable("001 一局.xlsx"), *later).set_aside
    assert aside.settled is settled
    day = {"收回/001 一局.xlsx": NOON.date() + dt.timedelta(1)}
    (correction,) = state_of(TOWN, unreadable("001 一局.xlsx"), *later, days=day).set_aside
    assert not correction.settled


def test_the_sums_are_those_of_the_units() -> None:
    state = state_of(TOWN, came(ONE, error("附件2")), sent=["001"])
    assert sum(state.statuses.values()) == 2
    assert (state.statuses[UnitStatus.ERRORS], state.statuses[UnitStatus.UNSENT]) == (1, 1)
    assert state.forms()["附件2"] == {**dict.fromkeys(UnitStatus, 0), UnitStatus.ERRORS: 1, UnitStatus.UNSENT: 1}
    assert state.forms()["附件3（各项目）"][UnitStatus.DONE] == 1


def told_by(
    reader: Queries,
    made: Campaign,
    sent: Collection[str] | None = None,
    waived: Sequence[Waived] = (),
    zone: dt.tzinfo = ZONE,
) -> CampaignState:
    """What a ledger says of the campaign."""
    known = desk(made, None if sent is None else sorted(sent))
    return from_ledger(known, reader, collection_standing(reader, made, known.edition), waived, zone)


def from_book(path: Path, made: Campaign, *verdicts: Verdict, waived: Sequence[Waived] = ()) -> CampaignState:
    with Ledger.open(path / "ledger.sqlite", made.id, NOON) as ledger:
        record(ledger, made, *verdicts, sent=["001"])
        with ledger.read() as reader:
            return told_by(reader, made, {one.unit for one in reader.distributions()}, waived)


@pytest.mark.parametrize(
    "verdicts",
    [
        (),
        (came(ONE),),
        (came(ONE, error(), warning(), HINT), came(TWO)),
        (came(ONE, part="附件1"), came(ONE, error(), part="附件2")),
        (came(ONE, error(), content="a"), came(ONE, content="b")),
        (came(ONE), came(ONE, part="附件2")),
        (came(ONE), replace(came(ONE), path="收回/再.xlsx")),
        (unreadable(), came(unit("009", "别的局"))),
        (unreadable("001 一局.xlsx"), came(ONE)),
        (unreadable("001 一局.xlsx"), came(ONE, content="a"), came(ONE, content="b")),
        (unreadable("001 一局.xlsx"), came(ONE, part="附件1")),
        (came(ONE, error(code="X108"), warning(code="I031"), part="附件1"),),
    ],
    ids=[
        "nothing",
        "clean",
        "findings",
        "parts",
        "conflict",
        "whole and part",
        "twice",
        "nobody's",
        "settled",
        "not settled by two",
        "not settled by a part",
        "the organiser's findings",
    ],
)
def test_the_ledger_and_the_files_tell_the_same(tmp_path: Path, verdicts: tuple[Verdict, ...]) -> None:
    files = state_of(TOWN, *verdicts, sent=["001"])
    assert files == replace(from_book(tmp_path, TOWN, *verdicts), source="folder")


def test_the_ledger_knows_which_version_counts_and_when_the_first_one_came(tmp_path: Path) -> None:
    first, second = came(ONE, error(), content="a"), came(ONE, content="b")
    with Ledger.open(tmp_path / "ledger.sqlite", TOWN.id, NOON) as ledger:
        record(ledger, TOWN, first)
        after = NOON + dt.timedelta(days=20)
        with ledger.write("绩效科", after, "collect") as w:
            receipt = w.receipt(second.sha256, 1, "改好.xlsx", "邮件", received_at=after)
            new, old = w.submission("001", None, second.sha256, receipt), w.current_submission("001")
            assert old is not None
            w.judgement(new, "clean", ())
            w.accept(new)
            w.supersede(old, by=new)
        with ledger.read() as reader:
            of = line(told_by(reader, TOWN))
    (slot,) = of.slots
    assert slot.current is not None
    assert (slot.current.name, slot.current.version, of.versions) == ("改好.xlsx", 2, 2)
    assert (of.status, of.received, of.days_late) == (UnitStatus.DONE, NOON.date(), 4)


def test_the_day_is_that_of_the_office(tmp_path: Path) -> None:
    late = dt.datetime(2025, 5, 31, 17, 0, tzinfo=dt.UTC)  # in China it is already June
    with Ledger.open(tmp_path / "ledger.sqlite", TOWN.id, late) as ledger:
        with ledger.write("绩效科", late, "collect") as w:
            w.accept(w.submission("001", None, sha("x"), w.receipt(sha("x"), 1, "x.xlsx", "x")))
        with ledger.read() as reader:
            days = [line(told_by(reader, TOWN, zone=zone)).days_late for zone in (ZONE, dt.UTC)]
    assert days == [1, 0]


def test_exceptions_count_as_they_stand_today(tmp_path: Path) -> None:
    wrong = warning()
    today = waiver_of(wrong, "001", 1, Waiver("预算科", "已在正文说明", "2025-06-02"))
    withdrawn = replace(error(), waived=Waiver("预算科", "已撤销", "2025-06-01"))
    of = line(from_book(tmp_path, TOWN, came(ONE, wrong, withdrawn), waived=[today]))
    assert [finding.code for finding in of.open] == [withdrawn.code]
    assert of.count(Severity.WARNING) == 0
