from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F007", "external-data", basis="报表的数只来自本表 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """引用了外部数据。

    为什么：表里连着别的文件、数据库或网络，别人打开时数会变或取不到；这些外来的数没有采用。
    怎么改：请在“数据—编辑链接”里断开链接，把引用别的文件的格改成数值，保存后重新发来。
    """
    yield from from_faults(returned, "F007")
