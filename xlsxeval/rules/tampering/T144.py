from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.display import display
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.shown_figures import tells
from xlsxeval.rules.visibility import Looks, holds_something


@form_rule("T144", "condition-shows-another", severity=Severity.WARNING, basis="打印出来的数应是格子里的数 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """条件格式让人看到的不是格子里的内容。

    为什么：条件格式里也可以写死别的数、隐去数，打印出来签字的就不是汇总时用的数。
    怎么改：在“条件格式—管理规则”里删去自己加的规则；最简单的办法是在收到的原表上重新填写。
    """
    for view in submission.views.values():
        looks = Looks(view)
        for cell, place in view.placed:
            raw = view.raw.cells.get(place)
            if raw is None or not holds_something(raw):
                continue
            number = cell.slot is not None and cell.slot.field.type.kind == "number"
            for look in looks.at(cell, place):
                if look.number_format in (None, "General", "@"):
                    continue
                seen = display(raw.value, look.number_format)
                if not tells(seen, raw.value, number=number or isinstance(raw.value, float)):
                    yield Hit(
                        f"条件格式的数字格式“{look.number_format}”显示出来的不是格子里的内容",
                        view.place(cell.address),
                        field=cell.slot.path if cell.slot else None,
                        label=cell.slot.label if cell.slot else None,
                        shown=seen,
                        expected=display(raw.value, cell.look.number_format),
                    )
                    break
