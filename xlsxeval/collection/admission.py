"""Takes arrivals into a campaign: judges them, decides on them, and records each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxeval.campaign.bounds import LOST_CODES
from xlsxeval.campaign.exceptions import load_register, mirror
from xlsxeval.campaign.workspace import Author, Workspace
from xlsxeval.collection.arrivals import Act, Arrival
from xlsxeval.collection.decisions import Decider
from xlsxeval.collection.examination import Answers, Examiner
from xlsxeval.collection.exports import Receiver, take_exports
from xlsxeval.collection.records import Recorder
from xlsxeval.collection.rejudged import judge_again
from xlsxeval.forms.unit_names import named_unit
from xlsxeval.judging.assessment import ArchivedFile, Assessed
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Conclusion
from xlsxeval.judging.memory import Memory
from xlsxeval.ledger import Decision, Excerpt, Ledger, Queries, Writer, is_set_back
from xlsxeval.ledger.companions import PUT_AWAY
from xlsxeval.workers.pool import Hands, each, near


class Admission:
    """Takes in one arrival after another, for one author and on one basis. Several may be at work at once.

    Everything is judged before its transaction begins, so that the ledger is locked only while it is written.
    """

    def __init__(
        self,
        ledger: Ledger,
        workspace: Workspace,
        author: Author,
        examiner: Examiner,
        basis: Basis,
        *,
        hands: Hands,
        replace: bool,
        step: Act,
    ) -> None:
        campaign, edition = workspace.campaign, workspace.edition
        with ledger.read() as r:
            last = r.last_moment()
        now = author.clock()  # after what was written meanwhile
        self.ledger = ledger
        self.workspace = workspace
        self.author = author
        self.hands = hands
        self.step = step
        self.clock_back = last is not None and is_set_back(now, last)
        """Whether the clock stands before the last recorded moment."""
        self.latest = max(last or now, now)
        """The latest known moment: that of the clock, or the last one recorded."""
        self.memory = Memory.of_campaign(workspace, examiner, basis)
        answers = Answers(examiner, near(hands), workspace.listener, self.memory.peek)
        recorder = Recorder(campaign, edition, Conclusion(campaign), answers, basis)
        self.decider = Decider(campaign, recorder, replace=replace, doubtful=self.clock_back, step=step)

    def record_campaign(self, digest: str | None = None) -> None:
        """Records the campaign and its exceptions as they are now, where they differ from the last time.

        ``digest`` is the campaign's, where it was made already.
        """
        with self.ledger.write(*self.author.acts()) as w:
            w.campaign_version(self.workspace.campaign, self.workspace.edition.digest, digest)
            mirror(w, load_register(self.workspace.folder))
        self.step("campaign recorded")

    def judge_again(self) -> int:
        """Judges again the files that were judged on another basis; returns their number."""
        return judge_again(self.ledger, self.decider, self.memory, self.author, self.hands, self.step)

    def open(self, r: Queries, arrivals: Sequence[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
        """Arrivals that are not recorded yet; and those set aside on another basis, or whose judging did not finish.

        A unit may have been added to the roster since, and the machine may be less busy.
        """
        receipts = {(one.sha256, one.source): one.id for one in r.receipts()}
        last = {one.receipt: one for one in r.decisions() if one.receipt is not None}
        placed = {one.receipt for one in r.submissions()}
        fresh = [one for one in arrivals if one.key not in receipts]
        known = [one for one in arrivals if one.key in receipts and receipts[one.key] not in placed]
        return fresh, [one for one in known if self._may_change(last.get(receipts[one.key]))]

    def _may_change(self, decision: Decision | None) -> bool:
        """Whether the decision on a file that was set aside may be another one now."""
        if decision is None or decision.submission is not None or decision.code == PUT_AWAY:
            return False
        return decision.code in LOST_CODES.values() or decision.under != self.memory.basis.of_nobody

    def excerpt(self, r: Queries, arrivals: Sequence[Arrival]) -> Excerpt:
        """The part of the ledger that concerns these arrivals and their units, including units known by file names only."""
        keys = {one.key for one in arrivals}
        receipts = {one.id for sha256, _ in keys for one in r.receipts(sha256) if (one.sha256, one.source) in keys}
        known = Excerpt(r, (), receipts)
        units = {one.unit for one in known.submissions()} | {one.unit for one in known.decisions()}
        placed = {one.sha256 for one in known.submissions()}
        roster = self.workspace.campaign.units
        units |= {named_unit(one.name, roster) or "" for one in arrivals if one.sha256 not in placed}
        return Excerpt(r, units - {""}, receipts)

    def take(self, arrivals: Sequence[Arrival]) -> Iterator[tuple[Arrival, Assessed | None]]:
        """Judges the files, records each with its decision as soon as it is judged, then yields it.

        Parcels, and members that could not be extracted from one, are recorded without being judged.
        """
        tasks = [ArchivedFile(one.sha256, one.name) for one in arrivals if one.is_judged]
        assessed = each(self.memory.assessor, tasks, self.hands) if tasks else iter(())
        for arrival in self.workspace.listener.counted(arrivals, len(arrivals), "收表"):
            judged = None
            if arrival.is_judged:
                judged = self.memory.keep(ArchivedFile(arrival.sha256, arrival.name), next(assessed))
            self.step("judged alone")
            self._settle(arrival, judged)
            self.step("kept")
            yield arrival, judged

    def _settle(self, arrival: Arrival, judged: Assessed | None) -> None:
        def decide(w: Writer) -> None:
            self.decider.decide(w, arrival, judged)
            self.step("decided")

        self.decider.recorder.answers.settle(self.ledger, self.author, decide)

    def take_exports(self, exports: Sequence[Arrival], *, old: bool) -> set[tuple[str, str]]:
        """Verifies and records exports of lower levels; returns the keys of new ones. ``old`` includes earlier exports."""
        receiver = Receiver(self.workspace, near(self.hands), self.step)
        return take_exports(self.ledger, receiver, exports, self.author, old=old)
