"""Collecting: inboxes → archive, ledger, and the standing of every unit. Used by ``collect`` and ``run``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxeval.campaign.earlier_forms import keep_earlier
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.folders import RETURNED
from xlsxeval.campaign.glimpses import Glimpse, glimpse
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.admission import Admission
from xlsxeval.collection.arrivals import Act, gather, inbox_files
from xlsxeval.collection.examination import Examiner
from xlsxeval.collection.outcome import collected
from xlsxeval.collection.result import CollectResult
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Judge
from xlsxeval.workers.pool import Hands

WHAT = "collect"


def collect(
    workspace: Workspace,
    inboxes: Sequence[Path],
    *,
    jobs: Hands = 1,
    replace: bool = False,
    step: Act = lambda act: None,
) -> CollectResult:
    """Collects the files in the inboxes (by default the campaign's 收回); returns the standing of everything.

    With ``replace``, the latest of several different files of one day counts. ``step`` is called before and after each
    act that writes. ``jobs`` are the workers; other machines must see the campaign's folder at the same path: only this
    machine writes the ledger.

    Each file is archived before it is read, and recorded in one transaction with all that follows from it. A run that
    is killed, or finds the disk full, is therefore continued by the next. Raises UsageError, DefinitionError,
    StorageError; LedgerBusyError where another run holds the campaign.
    """
    folder = workspace.folder
    load_register(folder)  # a damaged one is reported before anything is written
    files = inbox_files(inboxes or [default_inbox(folder)])
    archive, author = workspace.archive, workspace.author(WHAT)
    with workspace.ledger() as ledger, ledger.run(*author.acts()):
        archive.tidy()
        keep_earlier(workspace, ledger, jobs)  # before the basis, which says what is missing of the forms
        examiner, basis = Examiner(Judge.of(workspace), archive.folder), Basis(workspace)
        admission = Admission(ledger, workspace, author, examiner, basis, hands=jobs, replace=replace, step=step)
        admission.record_campaign()
        gathered = gather(files, archive, folder, admission.latest, step)
        judged_again = admission.judge_again()
        with ledger.read() as r:
            fresh, again = admission.open(r, gathered.arrivals)
        for _ in admission.take([*fresh, *again]):
            pass  # each is recorded as soon as it is judged
        keys = {one.key for one in fresh} | admission.take_exports(gathered.exports, old=True)
        back = admission.clock_back
        with ledger.read() as r:
            return collected(r, workspace, gathered, keys, clock_back=back, judged_again=judged_again)


def inbox_glimpse(folder: Path, inboxes: Sequence[Path]) -> Glimpse:
    """Glimpse of the files in the inboxes, by default in the 收回 of the campaign in ``folder``."""
    return glimpse(inbox_files(inboxes or [default_inbox(folder)]))


def default_inbox(path: Path) -> Path:
    """The 收回 of a campaign, given by its folder or a file in it; created where it does not exist yet."""
    folder = (path if path.is_dir() else path.parent) / RETURNED
    folder.mkdir(exist_ok=True)
    return folder
