from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.visibility import rooms


@form_rule("T143", "zeros-or-results-not-shown", severity=Severity.WARNING, basis="打印出来的数应是格子里的数 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """工作表设成不显示零值，或者显示公式而不显示结果。

    为什么：填了 0 的格子看上去是空的，公式的格子看不到数，打印出来签字的表就不完整。
    怎么改：在“文件—选项—高级”里勾上“在具有零值的单元格中显示零”，在“公式”里取消“显示公式”。
    """
    for view in submission.views.values():
        if view.raw.shows_zeros and not view.raw.shows_formulas:
            continue
        shown = rooms(submission)[view.layout.name]
        zeros = [room for room in shown if room.raw.value == 0 and room.is_number and room.cell.slot is not None]
        formulas = [room for room in shown if room.raw.formula is not None and room.cell.slot is not None]
        told = (
            (not view.raw.shows_zeros, zeros, "格的 0 不显示，看上去是空的"),
            (view.raw.shows_formulas, formulas, "格显示的是公式，不是结果"),
        )
        for is_so, cells, what in told:
            if is_so and cells:
                first = cells[0].cell
                yield Hit(
                    f"工作表「{view.raw.name}」有 {len(cells)} {what}",
                    view.place(first.address),
                    field=first.slot.path if first.slot else None,
                    label=first.slot.label if first.slot else None,
                    shown=cells[0].raw.text,
                )
