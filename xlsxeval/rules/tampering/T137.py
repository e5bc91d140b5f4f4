from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.limitations import Limitations, limited, widened
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind
from xlsxeval.model import Address, Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("T137", "validation-loosened", severity=Severity.WARNING, basis="填报格的数据验证随表样下发 [表]")
def check(submission: Submission) -> Iterator[Hit]:
    """填报格的输入限制被取消或放宽。

    为什么：没有输入限制，下拉列表以外的写法和超出范围的数也填得进去。从别处复制粘贴常会这样，填的内容另外逐格核对。
    怎么改：不影响已填的数；以后粘贴时请用“选择性粘贴—数值”，或者在收到的原表上重新填写。
    """
    for view in submission.views.values():
        kept = Limitations(view.raw)
        gone: list[Address] = []
        wider: list[Address] = []
        for cell, place in view.placed:  # T110 and T111 say which rows and columns are gone
            if cell.kind is not CellKind.INPUT or cell.slot is None or not limited(cell.slot.field):
                continue
            found = kept.at(*place)
            if not found:
                gone.append(Address(view.raw.name, *place))
            elif widened(submission.layout, cell, found):
                wider.append(Address(view.raw.name, *place))
        told = [f"{len(cells)} 格{how}" for cells, how in ((gone, "被取消"), (wider, "被放宽")) if cells]
        if told:
            yield Hit(f"工作表「{view.raw.name}」的输入限制：{'，'.join(told)}", min(gone + wider), view.raw.name)
