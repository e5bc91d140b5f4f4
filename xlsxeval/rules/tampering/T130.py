from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Address, Severity, column_letters
from xlsxeval.rules.registry import Hit, rule


@rule("T130", "rows-or-columns-hidden", severity=Severity.WARNING, basis="表样的行列都应可见 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """行或列被隐藏。

    为什么：隐藏的行列打印不出来，审核人也看不到。
    怎么改：取消隐藏后再报送。
    """
    submission = returned.submission
    if submission is None:
        return
    for view in submission.views.values():
        raw, layout = view.raw, view.layout
        for first, last in raw.hidden_rows:
            if first <= layout.print_rows:
                text = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
                yield Hit(f"工作表「{raw.name}」的{text}被隐藏", Address(raw.name, first, 1), raw.name)
        for first, last in raw.hidden_columns:
            if first <= layout.print_columns:
                names = [column_letters(column) for column in (first, min(last, layout.print_columns))]
                text = f"{names[0]} 列" if first == last else f"{names[0]}—{names[1]} 列"
                yield Hit(f"工作表「{raw.name}」的 {text}被隐藏", Address(raw.name, 1, first), raw.name)
