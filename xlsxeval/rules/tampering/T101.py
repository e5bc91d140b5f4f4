from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import ExcelError
from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Submission
from xlsxeval.rules.causes import rests_on, unreadable
from xlsxeval.rules.culprits import meant
from xlsxeval.rules.display import display_both, same_value
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("T101", "formula-replaced", basis="下发的公式不应改动 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """公式被换成了数。

    为什么：这一格应由公式自动计算，现在是打上去的数，以后改了别的数它也不会变。
    怎么改：恢复原来的公式；最简单的办法是在收到的原表上重新填写，让表自己算。
    """
    right, roots = meant(submission), unreadable(submission)
    for difference in submission.differences:
        cell = difference.cell
        if difference.change is not Change.FORMULA_REPLACED or cell is None:
            continue
        formula = f"={submission.layout.formula_texts[cell.address]}"
        computed, shown = right.get(cell.address), submission.shown.get(cell.address)
        same = same_value(shown, computed)
        known = (
            not same and not isinstance(computed, ExcelError) and not rests_on(submission.layout, cell.address, roots)
        )
        verdict = "相同" if same else "不同" if known else "没法比：公式引用的格子里填的不是数"
        shown_text, expected = display_both(shown, computed, cell.look.number_format)
        yield Hit(
            f"公式被换成了数；打上去的数与公式算的{verdict}",
            difference.address,
            field=cell.slot.path if cell.slot else None,
            label=cell.slot.label if cell.slot else None,
            shown=shown_text,
            expected=(expected or "—") if known else formula,
        )
