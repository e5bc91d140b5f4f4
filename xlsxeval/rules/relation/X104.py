from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.parameters import number
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.special_funds import special_funds

_CENT = 0.01
"""万元; for an edition that says nothing of tolerance.money."""


@form_rule("X104", "special-fund-between-forms", basis="同一数据在不同附件应当一致 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """同名专项在附件1和附件3的决算数不一致。

    为什么：附件1的本级专项资金一个专项一行，附件3一个项目一张表；名称相同的，全年支出应当是同一个数。
    怎么改：核对两处的数，改正填错的一处；只是四舍五入不同的，请统一保留两位小数。
    """
    tolerance = number(submission, "tolerance.money", _CENT)
    for fund in special_funds(submission):
        value, other = submission.value(fund.final), submission.value(fund.executed)
        assert isinstance(value, float)
        assert isinstance(other, float)
        if round(abs(other - value), 6) > tolerance:
            look, slot = fund.final.look.number_format, fund.final.slot
            there = submission.place(fund.executed.address)
            yield Hit(
                f"「{fund.name}」在附件1是 {display(value, look)} 万元，在{there.sheet}是 {display(other, look)} 万元",
                submission.place(fund.final.address),
                field=slot.path if slot else None,
                label=slot.label if slot else None,
                shown=display(value, look),
                expected=display(other, look),
                related=(Place(there.sheet, there.a1, "funds.executed"),),
            )
