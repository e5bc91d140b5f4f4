from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.faults import from_faults
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("I010", "superseded-version", severity=Severity.WARNING, basis="表样版本 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """表样不是现行版本，仍可接收。

    为什么：下发以后表样更新过，这一版仍然接收。
    怎么改：可以照旧报送；方便的话向组织部门要新表再填。
    """
    yield from from_faults(returned, "I010")
