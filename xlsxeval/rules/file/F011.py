from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F011", "too-many-parts", basis="读取有上限，见安全说明 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文件里的部件太多。

    为什么：一套自评表只有几十个部件；多出来的部件不可能来自正常填报。
    怎么改：请在收到的原表上重新填写，保存后重新发来。
    """
    yield from from_faults(returned, "F011")
