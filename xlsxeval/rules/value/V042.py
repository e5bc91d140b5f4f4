from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.lines import used_lines
from xlsxeval.rules.registry import rule


@rule("V042", "too-few-lines", basis="表样要求至少填写的行数 [表]")
def check(returned: Returned) -> Iterator[Hit]:
    """应填的行没有填。

    为什么：这一组行由单位自己填写，一行都不填，这张表就没有内容可以评价。
    怎么改：按批复的内容逐行填写；没有批复内容的，请与组织部门联系。
    """
    submission = returned.submission
    if submission is None:
        return
    used = used_lines(submission)
    for sheet in submission.layout.sheets:
        view = submission.views.get(sheet.name)
        if sheet.form is None or view is None:
            continue
        for block in sheet.blocks:
            lines = sum(line[:3] == (sheet.form.id, sheet.instance, block.id) for line in used)
            if lines >= block.least:
                continue
            first = next(cell for cell in sheet.cells if _opens(cell, block.id))
            if not submission.layout.is_grey(first.address, submission.recomputed):
                yield Hit(
                    f"至少要填 {block.least} 行，填了 {lines} 行",
                    submission.place(first.address),
                    field=first.slot.path if first.slot else None,
                    shown=str(lines),
                    expected=str(block.least),
                )


def _opens(cell: PlacedCell, block: str) -> bool:
    """Whether a cell holds the first field of the block's first line."""
    return cell.slot is not None and cell.slot.field.block == block and cell.slot.line == 1
