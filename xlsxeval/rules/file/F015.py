from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F015", "encrypted-by-security-software", basis="密文只有在装了该软件的电脑上才读得出 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """被加密软件（文档安全软件）加了密。

    为什么：单位的电脑装了加密软件，文件在本单位看起来正常，发出来的却是密文，谁也读不出内容；另存、压缩、改名都没有用。
    怎么改：请在加密软件里申请“解密”或“外发”，把解密后的文件重新发来；在没有装加密软件的电脑上打得开，才算解了密。
    """
    yield from from_faults(returned, "F015")
