from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I013", "form-laid-out-otherwise", severity=Severity.WARNING, basis="表样以下发时的为准 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """程序排出的表样与下发时的不同。

    为什么：发表以后程序更新过（或定义改过），下发时的表样又不在手边，分不清自查、辅助列和数字格式是谁改的，所以不核对这些。印在表上的内容、填报的值、重算和勾稽关系照常核对。
    怎么改：不是单位的问题。组织部门：请用 --campaign 指定任务，按任务里存下的表样核对；已经指定了的，把发出去的原表放回“下发”，再收一次。
    """
    yield from from_faults(returned, "I013")
