from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T120", "sheet-missing-or-renamed", basis="表样的工作表由组织部门决定 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """工作表被改名或删除。

    为什么：公式和核对都按工作表名找表。
    怎么改：把工作表名改回来；删掉的请在收到的原表上重新填写。
    """
    submission = returned.submission
    if submission is None:
        return
    for sheet in submission.layout.sheets:
        view = submission.views.get(sheet.name)
        if view is None:
            yield Hit(f"缺少工作表「{sheet.name}」", sheet=sheet.name, expected=sheet.name)
        elif view.renamed:
            yield Hit(
                f"工作表「{sheet.name}」被改名为「{view.raw.name}」",
                sheet=view.raw.name,
                shown=view.raw.name,
                expected=sheet.name,
            )
