"""An excerpt answers about its units and receipts just as the whole ledger does, and knows no others."""

from __future__ import annotations

from tests.ledger.books import NOON, WHO, arrive, campaign, finding, later, sha, submit, unit
from xlsxeval.ledger import Excerpt, Ledger, Queries


def written(ledger: Ledger) -> None:
    """Two units with versions, a conflict of one part, a duplicate, and a file that is nobody's."""
    with ledger.write(WHO, NOON, "collect") as w:
        w.campaign_version(campaign(unit("001", "甲局"), unit("002", "乙局")), "e")
        for code in ("001", "002"):
            old, new = submit(w, f"{code}旧", code), submit(w, f"{code}新", code)
            w.judgement(old, "clean", ())
            w.judgement(new, "findings", [finding()])
            w.accept(old)
            w.accept(new)
            w.supersede(old, by=new)
            w.duplicate(new, arrive(w, f"{code}新", f"又/{code}.xlsx"))
            one, two = submit(w, f"{code}一", code, "附件1"), submit(w, f"{code}二", code, "附件1")
            w.accept(one)
            w.conflict(two, one)
        w.set_receipt_aside(arrive(w, "坏"), "F002", "不是表")
        w.set_receipt_aside(arrive(w, "又坏", "收回/又坏.xlsx"), "F002", "不是表")


def about(r: Queries, code: str) -> object:
    """All that is asked of a unit."""
    receipts = {one.receipt for one in r.submissions(code)}
    return (
        r.submissions(code),
        [one for one in r.receipts() if one.id in receipts],
        r.decisions(code),
        [r.findings(one.id) for one in r.submissions(code)],
        r.current_submissions(code),
        r.open_conflicts(code),
        [r.held().get(one.id) for one in r.submissions(code)],
    )


def test_what_it_is_about_it_tells_as_the_whole_does(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        excerpt = Excerpt(r, ["002"], [])
        assert about(excerpt, "002") == about(r, "002")
        assert excerpt.current_submissions() == r.current_submissions("002")
        assert excerpt.standings() == {slot: one for slot, one in r.standings().items() if slot[0] == "002"}
        assert {one.action for one in excerpt.receipts()} == {one.id for one in excerpt.actions()}


def test_it_knows_nothing_of_others(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        excerpt = Excerpt(r, ["002"], [])
        assert {one.unit for one in [*excerpt.submissions(), *excerpt.decisions()]} == {"002"}
        assert list(excerpt.units()) == ["002"]
        assert {one.submission for one in excerpt.judgements()} <= {one.id for one in excerpt.submissions()}
        nothing = Excerpt(r, [], [])
        assert (nothing.receipts(), nothing.decisions(), nothing.judgements(), nothing.actions()) == ([], [], [], [])


def test_a_receipt_brings_what_became_of_it(ledger: Ledger) -> None:
    written(ledger)
    with ledger.read() as r:
        (bad,) = r.receipts(sha("坏"))
        excerpt = Excerpt(r, [], [bad.id])
        assert excerpt.receipts() == [bad]
        assert [(one.receipt, one.code) for one in excerpt.decisions()] == [(bad.id, "F002")]
        first = r.submissions("001")[0]
        assert Excerpt(r, [], [first.receipt]).submissions() == [first] == [r.submission_of_receipt(first.receipt)]


def test_the_latest_moment_is_told_though_the_clock_went_back(ledger: Ledger) -> None:
    with ledger.read() as r:
        assert r.last_moment() is None
    for moment in (NOON, later(30), later(-30)):
        with ledger.write(WHO, moment, "collect") as w:
            arrive(w, str(moment), f"收回/{moment.minute}{moment.hour}.xlsx")
    with ledger.read() as r:
        assert r.last_moment() == later(30)
