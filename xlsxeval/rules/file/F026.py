from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F026", "written-twice", basis="同一内容只能写一次 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """同一内容写了两次，或者写得不同软件会读出不同的内容。

    为什么：同一行、同一单元格或同名的工作表写了两次，或者写法不合规定，不同软件会读出不同的数，无法认定以哪个为准。
    怎么改：请在收到的原表上重新填写，用 Excel、WPS 或 LibreOffice 保存后重新发来；不要用程序直接改写文件。
    """
    yield from from_faults(returned, "F026")
