from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I012", "definition-changed", severity=Severity.WARNING, basis="表样由定义文件决定 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """表样的定义在下发以后改过。

    为什么：版本号没有变，定义文件却改过；下面指出的改动可能来自表样本身，而不是单位。
    怎么改：组织部门：改了表样请把版本号加一，并在 accepts 里列出仍接收的旧版；或恢复下发时的定义再核对。
    """
    yield from from_faults(returned, "I012")
