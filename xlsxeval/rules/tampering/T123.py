from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("T123", "very-hidden-sheet-added", basis="表样的工作表由组织部门决定 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """多出深度隐藏的工作表。

    为什么：这样藏起来的表在“取消隐藏”里也找不到，不是随手添加的；公式可以从里面取数。
    怎么改：在收到的原表上重新填写；不知道这张表从哪里来的，请与组织部门联系。
    """
    known = {view.raw.name for view in submission.views.values()} | {SEAL_SHEET}
    for sheet in submission.raw.sheets:
        if sheet.name not in known and sheet.state == "veryHidden":
            yield Hit(f"多出深度隐藏的工作表「{sheet.name}」", sheet=sheet.name)
