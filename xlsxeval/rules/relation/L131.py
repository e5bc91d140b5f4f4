from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place, Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.slips import YUAN, YuanSlip, slips


@form_rule(
    "L131",
    "yuan-for-wan",
    severity=Severity.WARNING,
    basis="表样的单位是万元 [表]；与同一行的其他数、与各处勾稽相比 [理]",
)
def check(submission: Submission) -> Iterator[Hit]:
    """像是把元填进了万元的格子。

    为什么：这个数约是同一行其他数的一万倍，或者除以一万以后勾稽就对得上，多半是按元填的；合计、比率都会跟着错。
    因此而不相等的勾稽不另外报；有必须相等的勾稽因此不相等的，这一条算错误。
    怎么改：把元换算成万元（除以 10000）再填；金额属实的不用改。
    """
    for slip in slips(submission):
        yield _hit(submission, slip)


def _hit(submission: Submission, slip: YuanSlip) -> Hit:
    address, *others = slip.cells
    cell = submission.layout.cells[address]
    assert cell.slot is not None
    value = submission.inputs[address]
    assert isinstance(value, float)
    look = cell.look.number_format
    at = submission.place(address)
    if slip.beside is not None:
        beside = submission.place(slip.beside)
        message, related = f"约是同一行 {beside.a1} 的一万倍，像是按元填的", [beside]
    elif others:
        sheets = "、".join(dict.fromkeys(f"「{submission.place(one).sheet}」" for one in slip.cells))
        message = f"工作表{sheets}的金额都像是按元填的，除以一万以后和别的数对得上"
        related = [submission.place(one) for one in others]
    else:
        message, related = "像是按元填的，除以一万以后和别的数对得上", []
    if slip.clears:
        message += f"（{slip.clears[0].check.say}）"
    return Hit(
        message,
        at,
        field=cell.slot.path,
        label=cell.slot.label,
        shown=display(value, look),
        expected=display(value / YUAN, look),
        related=[Place(one.sheet, one.a1) for one in related],
        severity=Severity.ERROR if slip.proven else None,
    )
