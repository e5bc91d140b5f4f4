from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F014", "archive-instead-of-workbook", basis="逐个工作簿报送 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """是压缩包，不是工作簿。

    为什么：报上来的是一个压缩包，里面的表没有逐个读取。
    怎么改：请把里面的 xlsx 文件取出来，重新发来。收表的人可以自己解压再核对；zip 也可以整个放进“收回”收表，会自动打开，rar、7z 不行。
    """
    yield from from_faults(returned, "F014")
