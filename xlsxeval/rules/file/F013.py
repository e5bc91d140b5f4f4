from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("F013", "duplicate-part", basis="每个部件只能有一份 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """同一部件写了两次。

    为什么：同名的两份内容，不同软件会读出不同的数，无法认定以哪份为准。
    怎么改：请在收到的原表上重新填写，用 Excel、WPS 或 LibreOffice 保存后重新发来。
    """
    yield from from_faults(returned, "F013")
