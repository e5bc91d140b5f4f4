from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.model import Severity
from xlsxeval.rules.batch import Batch
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import batch_rule


@batch_rule("I031", "file-twice", severity=Severity.INFO, basis="内容一字不差的两个文件是同一份 [理]")
def check(batch: Batch) -> Iterator[tuple[int, Hit]]:
    """同一份文件来了两次。

    为什么：两个文件的内容一字不差，核对一份就够了，留着容易以为是两份。
    怎么改：不用改；可以把多的一份移出文件夹。
    """
    first: dict[str, str] = {}
    for number, file in enumerate(batch.files):
        if file.subject is None:
            continue
        if file.sha256 in first:
            yield number, Hit(f"与 {first[file.sha256]} 是同一份文件，内容一字不差")
        first.setdefault(file.sha256, file.path)
