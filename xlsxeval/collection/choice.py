"""Records a person's choice between several files of one unit, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.examination import Answers, Examiner
from xlsxeval.collection.records import Recorder
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.ledger import Excerpt, FileState, Ledger, Queries, SubmissionRecord, Writer
from xlsxeval.workers.pool import HERE, Hands

_WHAT = "collect --choose"
_LEAST = 6
"""Least number of digits of a SHA-256: fewer could match two files by chance, and are the number of a version."""
WHOLE = "整份"
"""Name of the workbook with all forms, where others hold parts."""


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file as a person names it: by the number of its version, or by at least six digits of its SHA-256.

    ``unit`` and ``part`` (``整份`` for a workbook with all forms) may be left out where only one can be meant.
    """

    name: str
    unit: str | None = None
    part: str | None = None


def choose(workspace: Workspace, file: ChosenFile, reason: str, hands: Hands = HERE) -> SubmissionRecord:
    """Makes a file the one that counts for its unit and part. ``hands`` judge the unit's parts together, where that is due.

    Raises UsageError where no file or more than one is meant; LedgerBusyError, StorageError.
    """
    with workspace.ledger(make=False) as ledger, ledger.run(*workspace.author(_WHAT).acts()):
        return _chosen(workspace, ledger, file, reason, hands, _WHAT)


def count_again(workspace: Workspace, file: ChosenFile, reason: str, hands: Hands) -> SubmissionRecord | None:
    """Makes a unit's file count that was handed in once more, whatever run holds the campaign; None where it does already."""
    part = file.part or WHOLE
    with workspace.ledger(make=False) as ledger:
        with ledger.read() as r:
            standing = standing_by_ledger(workspace, Excerpt(r, [file.unit or ""], ()))
            if any(one.unit == file.unit and one.receipt.sha256 == file.name for one in standing.counting):
                return None
        return _chosen(workspace, ledger, ChosenFile(file.name, file.unit, part), reason, hands, "receive")


def _chosen(
    workspace: Workspace, ledger: Ledger, file: ChosenFile, reason: str, hands: Hands, what: str
) -> SubmissionRecord:
    campaign, author = workspace.campaign, workspace.author(what)
    answers = Answers(Examiner(Judge.of(workspace), workspace.archive.folder), hands, workspace.listener)
    recorder = Recorder(campaign, workspace.edition, Conclusion(campaign), answers, Basis(workspace))

    def settled(w: Writer) -> SubmissionRecord:
        chosen = _meant(workspace, w, file)
        _settle(w, chosen, reason)
        recorder.put_together(w, chosen.unit)
        return chosen

    return answers.settle(ledger, author, settled)


def _meant(workspace: Workspace, r: Queries, file: ChosenFile) -> SubmissionRecord:
    """The submission that is meant. Raises UsageError, with all that can be chosen, where that is not one."""
    name = file.name.strip().casefold()
    waiting = {
        one.submission.id
        for one in standing_by_ledger(workspace, r).files
        if one.state is FileState.CONFLICT and one.submission is not None
    }
    of_unit = [one for one in r.submissions() if _is_of(one, file)]
    if len(name) < _LEAST and name.isdecimal():
        found = [one for one in of_unit if str(one.version) == name]
        found = [one for one in found if one.id in waiting] or (found if file.unit is not None else [])
    else:
        found = [one for one in of_unit if len(name) >= _LEAST and one.sha256.startswith(name)]
    if len(found) == 1:
        return found[0]
    known = "；".join(_named(workspace, one) for one in of_unit if one.id in waiting)
    why = "不止一份是这个编号，请再写 --unit 单位代码（分表的再写 --part）" if found else "没有这份文件，或者它被搁置了"
    raise UsageError(
        f"--choose {file.name}：{why}。请写 collect 列出的编号。"
        f"{f'待选择的有：{known}' if known else '现在没有待选择的文件'}。"
    )


def _is_of(submission: SubmissionRecord, file: ChosenFile) -> bool:
    part = None if file.part == WHOLE else file.part
    return file.unit in (None, submission.unit) and (file.part is None or submission.part == part)


def _named(workspace: Workspace, one: SubmissionRecord) -> str:
    unit = workspace.campaign.unit(one.unit)
    part = f"「{one.part}」" if one.part else ""
    return f"{one.unit} {unit.name if unit else ''}{part} 编号 {one.version}（{one.sha256[:8]}）"


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
