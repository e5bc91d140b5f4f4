from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I011", "version-no-longer-accepted", basis="表样版本 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """表样版本已停用。

    为什么：下发以后表样更新过，旧版不再接收。
    怎么改：请向组织部门要现行版本的表，把数填过去，重新发来。
    """
    yield from from_faults(returned, "I011")
