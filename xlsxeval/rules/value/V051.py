from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.entries import Note
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule


@form_rule("V051", "list-item-misspelt", severity=Severity.INFO, basis="能确定的写法按选项读取 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """选项的写法有出入。

    为什么：多了空格，或者用了全角、半角的另一种写法；认得出是哪一项，已按列表里的读取。
    怎么改：方便的话点这一格右边的箭头，从列表里重新选一次。
    """
    for entry in submission.entries.values():
        if entry.note is Note.RESPELT:
            yield entry_hit(submission, entry, "选项的写法有出入，已按列表里的读取", str(entry.value))
