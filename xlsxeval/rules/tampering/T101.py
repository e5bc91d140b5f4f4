from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.display import display, same_value
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T101", "formula-replaced", basis="下发的公式不应改动 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """公式被换成了数。

    为什么：这一格应由公式自动计算，现在是打上去的数，以后改了别的数它也不会变。
    怎么改：恢复原来的公式；最简单的办法是在收到的原表上重新填写，让表自己算。
    """
    submission = returned.submission
    if submission is None:
        return
    for difference in submission.differences:
        cell = difference.cell
        if difference.change is not Change.FORMULA_REPLACED or cell is None:
            continue
        look = cell.look.number_format
        computed = submission.recomputed.get(cell.address)
        shown = submission.shown.get(cell.address)
        same = same_value(shown, computed)
        verdict = "打上去的数与公式算的相同" if same else "打上去的数与公式算的不同"
        yield Hit(
            f"公式被换成了数；{verdict}",
            difference.address,
            field=cell.slot.path if cell.slot else None,
            label=cell.slot.label if cell.slot else None,
            shown=display(shown, look),
            expected=f"={submission.layout.formula_texts[cell.address]}" if same else display(computed, look),
        )
