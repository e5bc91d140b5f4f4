"""The clock that a shell hands in. Modules below the shells do not read the machine's own clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Returns the present moment, always with its time zone."""


def today(clock: Clock) -> dt.date:
    """The present day in the time zone of this machine."""
    return clock().astimezone().date()
