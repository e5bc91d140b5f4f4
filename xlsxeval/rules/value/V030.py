from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.forms.values import INVISIBLE
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.entries import entry_hit
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule

_HALF = re.compile("_x(d[89a-f][0-9a-f]{2})_", re.IGNORECASE)
"""Half of a character that needs two: the reading leaves it as it is written."""


@rule("V030", "control-characters", severity=Severity.INFO, basis="看不见的字符不应进报告 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """文字里有看不见的字符。

    为什么：控制字符、零宽字符和反向书写符会使文字在报告里显示错乱；程序写报告时会去掉。
    怎么改：重新输入这段文字，或先粘贴到记事本再复制过来。
    """
    if returned.submission is None:
        return
    for entry in returned.submission.entries.values():
        if not isinstance(entry.value, str):
            continue
        found = {f"U+{ord(char):04X}" for char in INVISIBLE.findall(entry.value)}
        found |= {f"U+{half.upper()}" for half in _HALF.findall(entry.value)}
        if found:
            yield entry_hit(returned.submission, entry, f"有看不见的字符 {'、'.join(sorted(found))}")
