"""Puts away a file that was set aside: a person looked at it, and says why nothing is left to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.errors import UsageError
from xlsxeval.ledger.companions import PUT_AWAY

if TYPE_CHECKING:
    from xlsxeval.ledger import FileStanding, Queries, Receipt

_WHAT = "dismiss"


def dismiss(workspace: Workspace, file: str, reason: str) -> Receipt:
    """Records that a file set aside was seen to, with the reason; returns its receipt.

    ``file`` is the place of its receipt among all, or the place that the file came from. Raises UsageError where no such file was
    set aside, or several were, or no reason is given; LedgerBusyError, StorageError.
    """
    if not reason.strip():
        raise UsageError("放到一边要写理由：--reason 理由。")
    author = workspace.author(_WHAT)
    with workspace.ledger(make=False) as ledger, ledger.run(*author.acts()), ledger.write(*author.acts()) as w:
        found = _meant(workspace, w, file.strip())
        if found.submission is None:
            w.set_receipt_aside(found.receipt.id, PUT_AWAY, reason.strip(), found.unit or "")
        else:
            w.set_aside(found.submission, PUT_AWAY, reason.strip())
    return found.receipt


def _meant(workspace: Workspace, r: Queries, file: str) -> FileStanding:
    waiting = standing_by_ledger(workspace, r).unsettled
    numbers = {one: str(number) for one, number in r.receipt_numbers().items()}
    found = [one for one in waiting if file in (numbers[one.receipt.id], one.receipt.source)]
    if len(found) == 1:
        return found[0]
    known = "；".join(f"{numbers[one.receipt.id]} {one.receipt.source}" for one in waiting)
    why = "不止一份文件是这个来处，请写编号" if found else "没有搁置着的这份文件"
    raise UsageError(f"{file}：{why}。{f'搁置着的有：{known}' if known else '现在没有要处理的搁置文件'}。")
