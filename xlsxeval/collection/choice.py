"""Records a person's choice between several files of one unit, with the reason."""

from __future__ import annotations

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.examination import Answers, Examiner
from xlsxeval.collection.records import Recorder
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.ledger import Queries, SubmissionRecord, Writer
from xlsxeval.workers.pool import HERE, Hands

_WHAT = "collect --choose"
_LEAST = 6
"""Least number of digits of a SHA-256: fewer could match two files by chance."""


def choose(workspace: Workspace, digits: str, reason: str, hands: Hands = HERE) -> SubmissionRecord:
    """Makes the file whose SHA-256 begins with ``digits`` the one that counts for its unit and part.

    ``hands`` judge the unit's parts together, where that is due.

    Raises UsageError where no file or more than one matches; LedgerBusyError, StorageError.
    """
    campaign, author = workspace.campaign, workspace.author(_WHAT)
    answers = Answers(Examiner(Judge.of(workspace), workspace.archive.folder), hands, workspace.listener)
    recorder = Recorder(campaign, workspace.edition, Conclusion(campaign), answers, Basis(workspace))

    def settled(w: Writer) -> SubmissionRecord:
        chosen = _meant(w, digits.strip().casefold())
        _settle(w, chosen, reason)
        recorder.put_together(w, chosen.unit)
        return chosen

    with workspace.ledger(make=False) as ledger, ledger.run(*author.acts()):
        return answers.settle(ledger, author, settled)


def _meant(r: Queries, digits: str) -> SubmissionRecord:
    found = [one for one in r.submissions() if one.sha256.startswith(digits)]
    if len(digits) < _LEAST or len(found) != 1:
        waiting = [one.sha256[:8] for files in r.open_conflicts().values() for one in files]
        known = f"待选择的有：{'、'.join(waiting)}" if waiting else "现在没有待选择的文件"
        why = f"至少写 {_LEAST} 位" if len(digits) < _LEAST else "不止一份" if found else "没有这份文件，或者它被搁置了"
        raise UsageError(f"--choose {digits}：{why}。请写 collect 列出的编号。{known}。")
    return found[0]


def _settle(w: Writer, chosen: SubmissionRecord, reason: str) -> None:
    """Records the choice: other files of the part no longer count, nor does a whole workbook beside parts."""
    slot = (chosen.unit, chosen.part)
    before = w.current_submission(*slot)
    others = [*w.open_conflicts().get(slot, ()), *([before] if before else [])]
    w.choose(chosen, reason)
    for one in others:
        if one.id != chosen.id:
            w.supersede(one, by=chosen, message=reason)
    for (unit, part), one in w.current_submissions().items():
        if unit == chosen.unit and part != chosen.part and None in (part, chosen.part):
            w.set_aside(one, FaultCode.SEVERAL_FILES_OF_ONE_UNIT, reason)
