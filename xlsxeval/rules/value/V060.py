from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("V060", "text-length", severity=Severity.WARNING, basis="字数由表样规定 [表]")
def check(returned: Returned) -> Iterator[Hit]:
    """字数不合要求。

    为什么：太短说明不了情况，太长报告排不下。
    怎么改：按提示的字数增补或精简。
    """
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        slot = entry.cell.slot
        if slot is None or slot.field.length is None or entry.blank or entry.note is not None:
            continue
        least, most = slot.field.length
        size = len(str(entry.value).strip())
        if not least <= size <= most:
            yield entry_hit(returned.submission, entry, f"共 {size} 字", f"{least}—{most} 字")
