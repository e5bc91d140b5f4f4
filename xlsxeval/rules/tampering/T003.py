from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.comparison import Change
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.differences import changed
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T003", "cell-unlocked", severity=Severity.WARNING, basis="下发时锁定的格子 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """锁定的格子被解锁。

    为什么：这一格下发时是锁定的，现在可以随意改动。
    怎么改：请在收到的原表上填写，不要撤销保护。
    """
    yield from changed(returned, Change.UNLOCKED, "锁定的格子被解锁")
