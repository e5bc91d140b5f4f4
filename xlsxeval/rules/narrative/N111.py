from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.model import Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_FOOTER = "footer."
_BY_HAND = ("签字", "签名", "盖章", "签章")
_NOBODY = re.compile(r"(?:[\s\-—－/\\.。…*×xX_＿?？0]|无|略|同上|待填|暂无|不详|姓名|电话|联系电话|填表人|负责人)+")


@form_rule("N111", "footer", severity=Severity.WARNING, basis="表下印有填表人、联系电话、日期 [表]")
def check(submission: Submission) -> Iterator[Hit]:
    """表下的填表人、电话、日期没有填好。

    为什么：核对时要找得到填表的人；空着的，或者写着“无”“/”的，问题退不回去。
    怎么改：写上姓名、电话和日期；打印后手签的一栏可以空着。
    """
    for cell in submission.layout.cells.values():
        slot = cell.slot
        if slot is None or cell.kind is not CellKind.INPUT or cell.address.sheet not in submission.views:
            continue
        if not slot.field.id.startswith(_FOOTER) or any(word in slot.label for word in _BY_HAND):
            continue
        entry = submission.entries[cell.address]
        if entry.blank and not slot.field.required:  # a required one is V040
            yield _hit(submission, cell, "没有填")
        elif isinstance(entry.value, str) and not entry.blank and _NOBODY.fullmatch(entry.value.strip()):
            yield _hit(submission, cell, f"写的是“{entry.value.strip()[:20]}”")


def _hit(submission: Submission, cell: PlacedCell, message: str) -> Hit:
    slot = cell.slot
    assert slot is not None
    shown = display(submission.value(cell), cell.look.number_format)
    return Hit(
        f"{slot.label}：{message}",
        submission.place(cell.address),
        field=slot.path,
        label=slot.label,
        shown=shown[:60],
    )
