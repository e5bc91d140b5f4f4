from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F030", "repaired-styles", severity=Severity.INFO, basis="样式缺失不影响数据 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """样式有缺损，已按默认样式读取。

    为什么：有的软件保存时会丢掉或写坏样式；填报的数不受影响。
    怎么改：不需要处理。
    """
    yield from from_faults(returned, "F030")
