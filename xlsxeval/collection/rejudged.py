"""Judges counting files again where the program, the definitions, the campaign or the exceptions have changed."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxeval.campaign.workspace import Author
from xlsxeval.collection.arrivals import Act
from xlsxeval.collection.decisions import Decider, refusal, remark_of
from xlsxeval.collection.records import archived
from xlsxeval.forms.campaign import Campaign
from xlsxeval.judging.assessment import Assessed
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.lost import is_lost
from xlsxeval.judging.memory import Memory, Wanted
from xlsxeval.ledger import Decision, DecisionKind, Ledger, Queries, SubmissionRecord, Writer
from xlsxeval.workers.pool import Hands


def stale(r: Queries, campaign: Campaign, basis: Basis) -> int:
    """Number of files that count or wait whose findings rest on another basis than today's.

    Exceptions on record do not matter here: callers that show findings mark them.
    """
    last = {one.submission: one.under for one in r.judgements()}
    live = [one for one in r.live_submissions() if campaign.unit(one.unit) is not None]
    return sum(not basis.findings_hold(one.unit, last.get(one.id)) for one in live)


def outdated(r: Queries, campaign: Campaign, memory: Memory) -> dict[str, list[SubmissionRecord]]:
    """Submissions judged on another basis than today's, by unit: those that count, wait for a choice, or were set aside."""
    last = {one.submission: one.under for one in r.judgements()}
    under = {one.id: last.get(one.id) for one in r.live_submissions()}
    under |= {number: one.under for number, one in set_aside_by_program(r).items()}
    found: dict[str, list[SubmissionRecord]] = {}
    for one in r.submissions():
        on_roster = campaign.unit(one.unit) is not None
        if one.id in under and on_roster and not memory.basis.holds(one.unit, under[one.id]):
            found.setdefault(one.unit, []).append(one)
    return found


def set_aside_by_program(r: Queries) -> dict[int, Decision]:
    """Submissions that could no longer be read when they were judged again, with the decision that says so."""
    last = {one.submission: one for one in r.decisions() if one.submission is not None and one.receipt is None}
    return {
        number: one
        for number, one in last.items()
        if one.kind is DecisionKind.SET_ASIDE and one.under is not None and number
    }


def judge_again(ledger: Ledger, decider: Decider, memory: Memory, author: Author, hands: Hands, step: Act) -> int:
    """Judges outdated submissions again, all of a unit in one transaction; returns their number."""
    with ledger.read() as r:
        units = outdated(r, decider.campaign, memory)
        submissions = [one for found in units.values() for one in found]
        wanted = [wanted_of(r, one) for one in submissions]
    assessed = dict(zip((one.id for one in submissions), memory.of(wanted, hands), strict=True))
    for verdict in (one.verdict for one in assessed.values() if is_lost(one.verdict)):
        code = refusal(verdict)[0]
        memory.listener.tell(f"{verdict.path}：没有重新核对完（{code}），先按以前核对的算；下次运行再试。")
    for code, found in units.items():

        def unit(w: Writer, code: str = code, found: Sequence[SubmissionRecord] = found) -> None:
            _unit(w, code, found, decider, assessed, memory)
            step("judged again")

        decider.recorder.answers.settle(ledger, author, unit)
        step("kept")
    return len(submissions)


def wanted_of(r: Queries, submission: SubmissionRecord) -> Wanted:
    """A submission as a request to the memory, with the name under which it first arrived."""
    file = archived(r, submission)
    return Wanted(submission.unit, file.sha256, file.name)


def _unit(
    w: Writer,
    code: str,
    found: Sequence[SubmissionRecord],
    decider: Decider,
    assessed: dict[int, Assessed],
    memory: Memory,
) -> None:
    aside = set_aside_by_program(w)
    for submission in found:
        new = assessed[submission.id]
        if is_lost(new.verdict):
            continue
        if new.verdict.subject is None:
            w.set_aside(submission, *refusal(new.verdict), under=memory.basis.judgement(code))
            continue
        decider.recorder.judged(w, submission, new.verdict)
        if submission.id in aside:
            decider.place(w, submission, new)
        else:
            _remark(w, submission, new)
    decider.recorder.put_together(w, code)


def _remark(w: Writer, submission: SubmissionRecord, assessed: Assessed) -> None:
    """Records a remark on a submission that counts: the campaign has changed since its form was made. Each once."""
    current = w.current_submission(submission.unit, submission.part)
    if current is None or current.id != submission.id:
        return
    decisions = w.decisions(submission.unit)
    told = [one.message or "" for one in decisions if one.submission == submission.id and one.receipt is None]
    remark = remark_of(assessed)
    if remark is not None and remark not in told[-1]:
        w.accept(submission, remark)
