from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.model import Severity
from xlsxeval.narrative.repetition import repeated
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.last_year import recorded, whose
from xlsxeval.rules.parameters import number
from xlsxeval.rules.prose import NARRATIVE
from xlsxeval.rules.registry import form_rule

_LEAST = 80
"""Characters; what is shorter is often the same with good reason."""
_SHARE = 0.6
_QUOTED = 30


@form_rule(
    "N112",
    "text-is-last-years",
    severity=Severity.WARNING,
    basis="报告写的是本年度的情况，不能照搬往年的报告 [理]",
    parameters=("narrative.same_share",),
)
def check(submission: Submission) -> Iterator[Hit]:
    """正文大段和上年的报告相同。

    为什么：绩效、问题和措施每年不同；大段照抄上年的报告，只改了年份，等于没有做今年的自评。
    怎么改：按本年度的实际情况重写这一节；情况确实没有变的，补充本年度的数和事。
    """
    record = submission.last_year
    if record is None:
        return
    least = number(submission, "narrative.same_share", _SHARE)
    for cell, text in _sections(submission):
        assert cell.slot is not None
        then = recorded(submission, cell, cell.slot.field.id)
        same = repeated(text, then.value) if then is not None and isinstance(then.value, str) else None
        if then is None or same is None or same.all < _LEAST // 2 or same.share < least:
            continue
        share = f"{same.share:.0%}"
        quote = same.longest if len(same.longest) <= _QUOTED else f"{same.longest[:_QUOTED]}……"
        yield Hit(
            f"{cell.slot.label}：{share}的文字与{record.year}年度的同一节相同，例如“{quote}”{whose(submission, record)}",
            submission.place(cell.address),
            field=cell.slot.path,
            label=cell.slot.label,
            shown=share,
            working=f"长的句子共{same.all}字，其中{same.same}字在{record.year}年度自评表的 {then.place} 里一字不差",
        )


def _sections(submission: Submission) -> Iterator[tuple[PlacedCell, str]]:
    """The long texts of this year's report that should differ from last year's."""
    for sheet in submission.layout.sheets:
        if sheet.form is None or not (sheet.form.claims or sheet.form.id == NARRATIVE):
            continue
        for cell in sheet.cells:
            if cell.kind is not CellKind.INPUT or cell.slot is None or cell.slot.field.may_repeat:
                continue
            text = submission.value(cell)
            if isinstance(text, str) and len(text.strip()) >= _LEAST:
                yield cell, text
