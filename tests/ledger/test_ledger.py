"""Events are kept as they were written, and the current state follows from them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ledger.books import CAMPAIGN, NOON, WHO, arrive, campaign, finding, later, sha, submit, unit
from xlsxeval.ledger import DecisionKind, Ledger, Queries, WaiverLine, Writer, campaign_digest
from xlsxeval.model import Waiver


def test_it_keeps_who_did_what_when(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲")
        arrive(w, "乙")
    with ledger.read() as r:
        (action,) = r.actions()
        assert (action.who, action.at, action.what, action.clock_back) == (WHO, NOON, "collect", False)
        assert [one.action for one in r.receipts()] == [action.id, action.id]


def test_a_transaction_without_events_leaves_no_trace(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        assert w.receipts() == []
    with ledger.read() as r:
        assert r.actions() == []


def test_a_transaction_that_fails_leaves_no_trace(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.write(WHO, NOON, "collect") as w:
            submit(w, "甲")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with ledger.read() as r:
        assert (r.actions(), r.receipts(), r.submissions()) == ([], [], [])


def test_a_receipt_keeps_what_is_known_of_its_arrival(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        w.receipt(sha("甲"), 9, "表.xlsx", "mail:17", subject="报送", sender="liu@example.org", received_at=later(-30))
    with ledger.read() as r:
        (one,) = r.receipts(sha("甲"))
        assert (one.size, one.name, one.source) == (9, "表.xlsx", "mail:17")
        assert (one.subject, one.sender, one.received_at) == ("报送", "liu@example.org", later(-30))
        assert r.receipts(sha("乙")) == []


def test_a_file_that_lies_where_it_lay_is_known(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        arrive(w, "甲", "收回/a.xlsx")
        assert w.has_receipt(sha("甲"), "收回/a.xlsx")
        assert not w.has_receipt(sha("甲"), "收回/b.xlsx")
        assert not w.has_receipt(sha("乙"), "收回/a.xlsx")


def test_names_that_are_no_text_are_kept_and_told_apart(ledger: Ledger) -> None:
    names = ["a\udcff.xlsx", "a\udcfe.xlsx", "a\0b.xlsx"]
    with ledger.write(WHO, NOON, "collect") as w:
        for name in names:
            w.receipt(sha("甲"), 3, name, name)
    with ledger.read() as r:
        assert len({one.name for one in r.receipts()}) == 3
        assert all(r.has_receipt(sha("甲"), name) for name in names)


def test_versions_of_a_part_count_its_different_contents(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        first, second, again = submit(w, "甲"), submit(w, "乙"), submit(w, "甲")
        other_part, other_unit = submit(w, "甲", part="附件2"), submit(w, "甲", "002")
    assert [first.version, second.version, other_part.version, other_unit.version] == [1, 2, 1, 1]
    assert again == first
    with ledger.read() as r:
        assert len(r.submissions()) == 4
        assert [one.version for one in r.submissions("001")] == [1, 2, 1]


def test_findings_are_those_of_the_last_judgement(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        one = submit(w, "甲")
        w.judgement(one, "findings", [finding("G4"), finding("G5")])
        w.judgement(one, "findings", [finding("G5", waiver=Waiver("李科长", "有文件", "2025-03-01"))])
    with ledger.read() as r:
        assert len(r.judgements(one.id)) == 2
        (kept,) = r.findings(one.id)
        assert (kept.cell, kept.shown, kept.waived_by) == ("G5", "=1+1", "李科长")
        assert kept.fingerprint == finding("G5").fingerprint("001")
        assert r.findings(one.id + 1) == []


def test_the_accepted_submission_counts_until_another_supersedes_it(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        first = submit(w, "甲")
        assert w.current_submission("001") is None
        w.accept(first)
        assert w.current_submission("001") == first
        second = submit(w, "乙")
        w.supersede(first, by=second)
        w.duplicate(first, arrive(w, "甲", "收回/又一份.xlsx"))
    with ledger.read() as r:
        assert r.current_submission("001") == second
        assert r.current_submission("001", "附件2") is None
        assert [one.kind for one in r.decisions("001")] == [
            DecisionKind.ACCEPTED,
            DecisionKind.SUPERSEDED,
            DecisionKind.DUPLICATE,
        ]


def test_in_a_conflict_nothing_counts_until_somebody_chooses(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        first, second, third = submit(w, "甲"), submit(w, "乙"), submit(w, "丙")
        w.accept(first)
        w.conflict(second, first)
        w.conflict(third, first)
        assert w.current_submission("001") is None
        assert w.open_conflicts() == {("001", None): (first, second, third)}
        w.set_aside(third, "I010", "不是本单位的")
        assert w.open_conflicts() == {("001", None): (first, second)}
        w.choose(second, "单位来电确认")
        assert w.open_conflicts() == {}
        assert w.current_submission("001") == second


def test_what_was_set_aside_counts_no_longer(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        first = submit(w, "甲")
        w.accept(first)
        w.set_aside(first, "I010", "填错了年度")
        w.set_receipt_aside(arrive(w, "坏"), "F002", "不是 Excel 文件")
        assert w.current_submissions() == {}
        told = [(one.kind, one.code, one.receipt is not None) for one in w.decisions()]
    assert told == [
        (DecisionKind.ACCEPTED, None, False),
        (DecisionKind.SET_ASIDE, "I010", False),
        (DecisionKind.SET_ASIDE, "F002", True),
    ]


def test_a_unit_renamed_between_versions_stays_one_unit(ledger: Ledger) -> None:
    old, new = campaign(unit("001", "水利局")), campaign(unit("001", "水务局"))
    with ledger.write(WHO, NOON, "generate") as w:
        assert w.campaign_version(old, "e1")
        assert not w.campaign_version(old, "e1")
        w.distribution("001", None, "001 水利局.xlsx", sha("表"), campaign_digest(old), "e1")
        w.accept(submit(w, "甲"))
    with ledger.write(WHO, later(1), "collect") as w:
        assert w.campaign_version(new, "e1")
        w.supersede(w.current_submissions()["001", None], by=submit(w, "乙"))
    with ledger.read() as r:
        assert [one.name for one in r.unit_versions("001")] == ["水利局", "水务局"]
        (now,) = r.units().values()
        assert (now.unit, now.name, len(r.submissions("001"))) == ("001", "水务局", 2)
        (sent,) = r.distributions("001")
        assert sent.campaign_digest == campaign_digest(old) != campaign_digest(new)
        assert r.campaign_digests() == (campaign_digest(new), "e1")


def test_a_unit_that_left_the_campaign_is_not_forgotten(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "generate") as w:
        w.campaign_version(campaign(unit("001", "甲"), unit("002", "乙")), "e1")
        w.accept(submit(w, "乙的表", "002"))
        w.campaign_version(campaign(unit("001", "甲")), "e1")
        assert not w.campaign_version(campaign(unit("001", "甲")), "e1")
        assert {one.unit: one.present for one in w.units().values()} == {"001": True, "002": False}
        assert list(w.current_submissions()) == [("002", None)]
        w.campaign_version(campaign(unit("001", "甲"), unit("002", "乙")), "e1")
        assert all(one.present for one in w.units().values())


def test_what_counts_and_what_waits_is_told_by_part(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        w.campaign_version(campaign(unit("001", "甲")), "e1")
        basic, overall, other = submit(w, "1", part="附件1"), submit(w, "2", part="附件2"), submit(w, "3", part="附件2")
        w.accept(basic)
        w.judgement(basic, "clean", [])
        w.conflict(other, overall)
        assert w.current_submissions() == {("001", "附件1"): basic}
        assert w.open_conflicts() == {("001", "附件2"): (overall, other)}
        assert w.live_submissions() == [basic, overall, other]


def test_a_clock_set_back_is_noted_and_the_order_stays(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "collect") as w:
        w.accept(submit(w, "甲"))
    with ledger.write(WHO, later(-60), "collect") as w:
        assert w.clock_back
        second = submit(w, "乙")
        w.supersede(w.current_submissions()["001", None], by=second)
    with ledger.write(WHO, later(-59), "collect") as w:
        assert not w.clock_back
        arrive(w, "丙")
    with ledger.read() as r:
        assert [one.clock_back for one in r.actions()] == [False, True, False]
        assert r.current_submission("001") == second


def test_two_who_write_at_once_set_no_clock_back(ledger: Ledger) -> None:
    for seconds in (0, -5, 5, -55):
        with ledger.write(WHO, NOON + dt.timedelta(seconds=seconds), "receive") as w:
            arrive(w, str(seconds), f"来件/{seconds}.xlsx")
    with ledger.read() as r:
        assert [one.clock_back for one in r.actions()] == [False] * 4


def test_a_moment_without_its_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="zone"), ledger.write(WHO, NOON.replace(tzinfo=None), "x") as w:
        arrive(w, "甲")


def test_the_register_of_exceptions_is_mirrored_once(ledger: Ledger) -> None:
    lines = [
        WaiverLine(1, "waive", "李科长", "2025-03-01", unit="001", code="L104", cell="G4", reason="有文件"),
        WaiverLine(1, "withdraw", "李科长", "2025-03-02"),
    ]
    with ledger.write(WHO, NOON, "collect") as w:
        assert w.mirror_waivers(lines[:1]) == 1
        assert w.mirror_waivers(lines) == 1
        assert [replace(line, action=0) for line in w.waivers()] == lines


def test_reports_are_kept(ledger: Ledger) -> None:
    with ledger.write(WHO, NOON, "report") as w:
        one = submit(w, "甲")
        w.report("001", "结果/001.docx", sha("报告"), one)
        w.report("002", "结果/002.docx", sha("报告"))
        assert [(report.unit, report.submission) for report in w.reports()] == [("001", one.id), ("002", None)]


def test_what_was_written_is_there_when_it_is_opened_again(target: str | Path) -> None:
    with Ledger.open(target, CAMPAIGN, NOON) as ledger, ledger.write(WHO, NOON, "collect") as w:
        w.accept(submit(w, "甲"))
        state = _state(w)
    with Ledger.open(target, CAMPAIGN, later(1)) as ledger, ledger.read() as r:
        assert _state(r) == state


@pytest.mark.parametrize("target", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_campaigns_that_share_a_database_do_not_see_each_other(target: str) -> None:
    with Ledger.open(target, CAMPAIGN, NOON) as one, Ledger.open(target, "changsha-2024", NOON) as other:
        with one.run(WHO, NOON, "collect"), other.run(WHO, NOON, "collect"), one.write(WHO, NOON, "collect") as w:
            w.accept(submit(w, "甲"))
        with other.read() as r:
            assert (r.actions(), r.submissions(), dict(r.standings())) == ([], [], {})


def _state(queries: Queries | Writer) -> tuple[object, ...]:
    return queries.actions(), queries.receipts(), queries.decisions(), queries.current_submissions()
