"""Reviews: the organiser passes a unit's return, sends it back, or leaves a note; recorded with name and time."""

from __future__ import annotations

from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger
from xlsxeval.errors import UsageError
from xlsxeval.ledger import ReviewState

_WHAT = "review"
_LONGEST_NOTE = 2000


def review(workspace: Workspace, code: str, state: ReviewState, note: str = "") -> None:
    """Records the review of a unit's counting files. A later file that counts makes the unit pending again.

    Raises UsageError for an unknown unit, one whose return is passed though nothing of it counts, and a note of more
    than 2,000 characters.
    """
    chosen_units(workspace.campaign, (code,))
    note = note.strip()
    if len(note) > _LONGEST_NOTE:
        raise UsageError(f"备注有 {len(note)} 个字，最多写 {_LONGEST_NOTE} 个。请写短一些。")
    author = workspace.author(_WHAT)
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        files = {one.receipt.sha256 for one in standing_by_ledger(workspace, w).counting if one.unit == code}
        if not files and state is ReviewState.PASSED:
            raise UsageError(
                f"单位 {code} 还没有算数的表，不能审核通过。请先收表（xlsxeval collect），再审核；现在可以只写备注。"
            )
        w.review(code, state, files, note or None)
