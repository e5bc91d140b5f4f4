from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.culprits import culprits, described
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("L136", "one-figure-off", severity=Severity.WARNING, basis="同一个数使几处勾稽都对不上 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """一个数填错，几处因此对不上。

    为什么：只要这一格换成另一个数，对不上的勾稽就都对得上，多半就是这一格填错了（小数点错了位，或者抄错了数）。
    因此而不相等的勾稽不另外报；有必须相等的勾稽因此不相等的，这一条算错误。
    怎么改：核对这一格；这个数属实的，核对它参加的每一处勾稽。
    """
    for culprit in culprits(submission):
        cell = submission.layout.cells[culprit.cell]
        look, slot = cell.look.number_format, cell.slot
        yield Hit(
            described(culprit),
            submission.place(culprit.cell),
            field=slot.path if slot else None,
            label=slot.label if slot else None,
            shown=display(submission.inputs[culprit.cell], look),
            expected=display(culprit.right, look),
            severity=Severity.ERROR if culprit.proven else None,
        )
