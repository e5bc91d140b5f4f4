"""Collecting: inboxes → archive, ledger, and where every unit stands. What ``collect`` and ``run`` have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from xlsxeval.campaign.earlier_forms import keep_earlier
from xlsxeval.campaign.exceptions import load_register, mirror
from xlsxeval.campaign.folders import RETURNED
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.arrivals import Act, Arrival, gather, inbox_files
from xlsxeval.collection.decisions import Decider
from xlsxeval.collection.exports import Receiver, receive
from xlsxeval.collection.outcome import collected
from xlsxeval.collection.records import Recorder
from xlsxeval.collection.rejudged import judge_again
from xlsxeval.collection.result import CollectResult
from xlsxeval.judging.assessment import ArchivedFile
from xlsxeval.judging.judge import Conclusion
from xlsxeval.judging.lost import CODES
from xlsxeval.judging.memory import Memory
from xlsxeval.ledger import Ledger, Queries
from xlsxeval.workers.pool import AUTO, Hands, each

WHAT = "collect"


def collect(
    workspace: Workspace,
    inboxes: Sequence[Path],
    *,
    jobs: Hands = 1,
    replace: bool = False,
    step: Act = lambda act: None,
) -> CollectResult:
    """Collects what lies in the inboxes, the campaign's 收回 where none is named, and says where everything stands.

    ``replace``: among different files of one day the one that came last counts. ``step`` is called before and after
    each act that lasts. ``jobs`` are those who judge; other machines must see the campaign's folder at the same path:
    this one alone writes the ledger.

    Each file is archived before it is read, and recorded in one transaction with what follows from it. So a run that is
    killed, or finds the disk full, is gone on with by the next. Raises UsageError, DefinitionError, StorageError;
    LedgerBusyError where another run holds the campaign.
    """
    campaign, edition, folder = workspace.campaign, workspace.edition, workspace.folder
    conclude = Conclusion(campaign)
    files = inbox_files(inboxes or [default_inbox(folder)])
    archive, by, now = workspace.archive, workspace.who, workspace.clock()
    with workspace.ledger() as ledger, ledger.run(by, now, WHAT):
        archive.tidy()
        clock_back, latest = _clock(ledger, now)
        with ledger.write(by, now, WHAT) as w:
            w.campaign_version(campaign, edition.digest)
            mirror(w, load_register(folder))
        step("campaign recorded")
        keep_earlier(workspace, ledger, jobs)
        gathered = gather(files, archive, folder, latest, step)
        memory = Memory.of_campaign(workspace)
        recorder = Recorder(campaign, edition, conclude, memory.assessor, memory.basis)
        decider = Decider(campaign, recorder, replace=replace, doubtful=clock_back, step=step)
        judged_again = judge_again(ledger, decider, memory, by, now, WHAT, jobs, step)
        with ledger.read() as r:
            fresh, again = _waiting(r, gathered.arrivals, memory.basis.of_nobody)
        _decide_all(ledger, [*fresh, *again], decider, memory, by, now, jobs, step)
        near = jobs if isinstance(jobs, int) else AUTO
        keys = receive(ledger, Receiver(workspace, near, step), gathered.exports, by, now, WHAT)
        with ledger.read() as r:
            keys |= {one.key for one in fresh}
            return collected(r, campaign, edition, gathered, keys, clock_back=clock_back, judged_again=judged_again)


def default_inbox(path: Path) -> Path:
    """The folder for what came back of a campaign's folder, or of the file in it; made where it is not there yet."""
    folder = (path if path.is_dir() else path.parent) / RETURNED
    folder.mkdir(exist_ok=True)
    return folder


def _clock(ledger: Ledger, now: dt.datetime) -> tuple[bool, dt.datetime]:
    """Whether the clock stands before what was recorded already, and the latest moment that is known."""
    with ledger.read() as r:
        last = max((action.at for action in r.actions()), default=now)
    return last > now, max(last, now)


def _waiting(r: Queries, arrivals: Sequence[Arrival], under: str) -> tuple[list[Arrival], list[Arrival]]:
    """What is not recorded yet; and what was set aside on another basis, or came to no end.

    A unit may have been added to the roster since, and the machine may be less busy.
    """
    receipts = {(one.sha256, one.source): one.id for one in r.receipts()}
    aside = {
        one.receipt: one.submission is None and (one.under != under or one.code in CODES.values())
        for one in r.decisions()
        if one.receipt is not None
    }
    for submission in r.submissions():
        aside[submission.receipt] = False
    fresh = [one for one in arrivals if one.key not in receipts]
    again = [one for one in arrivals if one.key in receipts and aside.get(receipts[one.key])]
    return fresh, again


def _decide_all(
    ledger: Ledger,
    arrivals: Sequence[Arrival],
    decider: Decider,
    memory: Memory,
    by: str,
    now: dt.datetime,
    jobs: Hands,
    step: Act,
) -> None:
    """Judges the files, in several processes where that is asked for, and records each as soon as it is judged."""
    tasks = [ArchivedFile(one.sha256, one.name) for one in arrivals if one.fault is None and not one.is_parcel]
    assessed = each(decider.recorder.assessor, tasks, jobs) if tasks else iter(())
    for arrival in memory.listener.counted(arrivals, len(arrivals), "收表"):
        judged = None if arrival.fault is not None or arrival.is_parcel else next(assessed)
        if judged is not None:
            judged = memory.keep(ArchivedFile(arrival.sha256, arrival.name), judged)
        step("judged alone")
        with ledger.write(by, now, WHAT) as w:
            decider.decide(w, arrival, judged)
            step("decided")
        step("kept")
