"""Verdicts on the counting files of a campaign: its present findings on every unit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.judging.counted import Counter
from xlsxeval.judging.judge import Conclusion, Judge, with_notes_told
from xlsxeval.judging.memory import Memory
from xlsxeval.judging.units import Joiner
from xlsxeval.results.current import what_counts
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import each


def current_verdicts(workspace: Workspace, jobs: int = 1) -> tuple[Verdict, ...]:
    """Verdicts on counting files, by the units' codes, with findings between the parts of a unit.

    Each verdict names the place where its file came from; exceptions are marked. Before anything is collected they are
    those on the files in 收回. Only files that were not judged on today's basis are judged.
    """
    if not workspace.has_ledger:
        return _lying(workspace, jobs)
    conclude, memory = Conclusion(workspace.campaign), Memory.of_campaign(workspace)
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        if not r.receipts():
            return _lying(workspace, jobs)
        standing = standing_by_ledger(workspace, r)
    joiner = Joiner(workspace.campaign, workspace.edition, memory.assessor.judge, conclude, standing.units)
    counter = Counter(memory, conclude, joiner)
    told, _ = counter.units(counter.files(standing, jobs))
    return tuple(one.verdict for one in told)


def _lying(workspace: Workspace, jobs: int) -> tuple[Verdict, ...]:
    judge, conclude = Judge.of(workspace), Conclusion(workspace.campaign)
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        held = what_counts(workspace, (), Path(place)).files
        work = workspace.listener.counted(each(judge, [one.path for one in held], jobs), len(held), "核对")
        found = list(with_notes_told(work, workspace.listener))
    return tuple(conclude([replace(one, path=file.source) for one, file in zip(found, held, strict=True)]))
