from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F008", "unknown-part", severity=Severity.INFO, basis="下发的表里没有这样的部件 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """含有不认识的内容。

    为什么：有的软件会在文件里加上自己的附加内容；这部分没有读取，不影响填报的数。
    怎么改：不需要处理。
    """
    yield from from_faults(returned, "F008")
