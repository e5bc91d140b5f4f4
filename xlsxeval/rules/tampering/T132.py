from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Returned
from xlsxeval.rules.differences import changed
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.lookalike import lookalike
from xlsxeval.rules.registry import rule


@rule("T132", "locked-text-changed", basis="下发的文字和给定的数不应改动 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """锁定的内容被改动。

    为什么：表头、单位名称、批复的指标和分值由组织部门给定，改动会使数据失去可比性。
    怎么改：恢复原来的内容；给定的内容有误的，请与组织部门联系更正。
    """
    for hit in changed(returned, Change.TEXT, "锁定的内容被改动"):
        alike = lookalike(hit.shown or "", hit.expected or "")
        yield replace(hit, message=f"{hit.message}，{alike}") if alike else hit
