from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.alignment import SheetView
from xlsxeval.intake.submission import Returned, Submission
from xlsxeval.model import Address, Severity, column_letters
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T130", "rows-or-columns-hidden", severity=Severity.WARNING, basis="表样的行列都应可见 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """行或列被隐藏。

    为什么：隐藏的行列打印不出来，审核人也看不到。一行都没有填的空行可以隐藏，不算。
    怎么改：取消隐藏后再报送。
    """
    submission = returned.submission
    if submission is None:
        return
    for view in submission.views.values():
        raw, layout = view.raw, view.layout
        own = set(view.rows.values()) - _unused_rows(submission, view)
        for first, last in raw.hidden_rows:
            if first <= layout.print_rows and any(row in own for row in range(first, last + 1)):
                text = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
                yield Hit(f"工作表「{raw.name}」的{text}被隐藏", Address(raw.name, first, 1), raw.name)
        for first, last in raw.hidden_columns:
            if first <= layout.print_columns:
                names = [column_letters(column) for column in (first, min(last, layout.print_columns))]
                text = f"{names[0]} 列" if first == last else f"{names[0]}—{names[1]} 列"
                yield Hit(f"工作表「{raw.name}」的 {text}被隐藏", Address(raw.name, 1, first), raw.name)


def _unused_rows(submission: Submission, view: SheetView) -> set[int]:
    """The rows of the file that hold free lines in which nothing was typed: to hide them loses nothing."""
    rows = {row for block in view.layout.blocks if not block.given for row in block.rows}
    used = {
        entry.cell.address.row
        for entry in submission.entries.values()
        if entry.cell.address.sheet == view.layout.name and not entry.blank
    }
    return {view.rows[row] for row in rows - used if row in view.rows}
