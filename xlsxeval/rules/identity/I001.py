from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I001", "not-ours", basis="印章是认表的唯一依据 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """不是本程序下发的表。

    为什么：工作簿里没有印章，多半是自己另做的表、复制到新工作簿的表，或者发错了文件。
    怎么改：请在收到的原表上填写，保存后重新发来，不要复制到新的工作簿；找不到原表的，请向组织部门再要一份。
    """
    yield from from_faults(returned, "I001")
