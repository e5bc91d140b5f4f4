from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I020", "seal-broken", basis="印章用任务的密钥签名 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """印章对不上。

    为什么：印章被删、被改，或表不是由这次任务的密钥签发的。
    怎么改：请在收到的原表上填写，重新发来；如果表是在另一台电脑上生成的，请组织部门把当时任务文件夹里的 .xlsxeval 一并拷来再核对。
    """
    yield from from_faults(returned, "I020")
