from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F005", "encrypted-file", basis="收表方没有密码，无法读取 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文件设有打开密码。

    为什么：加密的文件谁也读不出内容，无法核对。
    怎么改：请打开文件，在“文件—信息—保护工作簿—用密码进行加密”里清空密码，保存后重新发来；压缩包请不要加密。
    """
    yield from from_faults(returned, "F005")
