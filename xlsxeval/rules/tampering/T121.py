from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T121", "sheet-hidden", severity=Severity.WARNING, basis="表样的工作表都应可见 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """工作表被隐藏。

    为什么：隐藏的表填报人和审核人都看不到。
    怎么改：取消隐藏后再报送。
    """
    submission = returned.submission
    if submission is None:
        return
    for view in submission.views.values():
        if view.raw.state != "visible":
            yield Hit(f"工作表「{view.raw.name}」被隐藏", sheet=view.raw.name)
