from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.model import Severity
from xlsxeval.rules.exports import TOTAL
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule

_SLACK = dt.timedelta(hours=1)
"""Clocks of two offices may differ by as much."""


@export_rule("U014", "made-after-it-came", basis="[理]", severity=Severity.WARNING)
def check(received: Received) -> Iterator[Hit]:
    """上报包写的制作时刻比收到它的时刻还晚。

    为什么：做好以前不可能收到，是下级那台计算机（或者本机）的时钟不对；几份上报包按制作时刻排先后，时钟快的会压住以后真正新做的。
    这样的上报包按收到的时刻排先后。
    怎么改：请下级校准时钟，再上报一次；本机时钟不对的，校准本机。
    """
    made, came = received.export.made, received.came
    if came is not None and made > came + _SLACK:
        yield Hit(
            "制作时刻比收到的时刻晚，先后按收到的时刻排",
            spot=TOTAL,
            label="制作时刻",
            shown=f"{made.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC",
            expected=f"不晚于 {came.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC",
        )
