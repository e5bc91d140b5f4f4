from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.correspondence import last_column
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import SheetLayout
from xlsxeval.model import Address, column_letters
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("T111", "columns-moved", basis="表样的列由组织部门决定 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """列被增加、删除或移动。

    为什么：列的位置变了，公式和表头可能错位；能够确定的值已按表头找回。
    怎么改：在收到的原表上重新填写，不要增删列；需要补充的内容请写在说明栏。
    """
    for view in submission.views.values():
        if not view.shifted:
            continue
        lost = [column for column in range(1, last_column(view.layout) + 1) if column not in view.columns]
        gone = [column for column in lost if column in _used(view.layout)]
        taken = set(view.columns.values())
        free = [column for column in range(1, max(taken, default=0) + 1) if column not in taken]
        new = free[: max(0, len(free) - (len(lost) - len(gone)))]  # the form's own blank columns are among the free
        parts = []
        if new:
            parts.append(f"多出 {'、'.join(map(column_letters, new))} 列")
        if gone:
            parts.append(f"原来的 {'、'.join(map(column_letters, gone))} 列不见了")
        where = Address(view.raw.name, 1, new[0]) if new else None
        yield Hit(f"工作表「{view.raw.name}」{'，'.join(parts) or '的列被移动'}", where, view.raw.name)


def _used(sheet: SheetLayout) -> set[int]:
    """The columns that hold anything, merged cells with all of theirs."""
    spans = (range(cell.address.column, cell.address.column + cell.columns) for cell in sheet.cells)
    return {column for span in spans for column in span}
