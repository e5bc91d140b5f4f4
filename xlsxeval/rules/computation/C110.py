from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.recalc import circles
from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("C110", "circular-reference", basis="公式不能直接或间接引用自己 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """公式循环引用。

    为什么：公式绕回来引用了自己，算不出确定的数；Excel 显示 0 或上一次的数。
    怎么改：恢复原来的公式，删去自己加的公式；最简单的办法是在收到的原表上重新填写。
    """
    if not _has_formulas_of_its_own(submission):
        return
    for address, way in circles(submission.raw):
        yield Hit(way, address)


def _has_formulas_of_its_own(submission: Submission) -> bool:
    """Whether any formula is not the form's: those go in no circle, and most files have no others."""
    changed = any(difference.formula is not None for difference in submission.differences)
    inputs = any(entry.raw is not None and entry.raw.formula is not None for entry in submission.entries.values())
    ours = {view.raw.name for view in submission.views.values()}
    added = (sheet for sheet in submission.raw.sheets if sheet.name not in ours)
    return changed or inputs or any(cell.formula is not None for sheet in added for cell in sheet.cells.values())
