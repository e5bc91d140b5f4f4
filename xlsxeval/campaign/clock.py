"""The clock that a shell hands in: nothing below a shell looks at the machine's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Gives the present moment, always with its time zone."""


def today(clock: Clock) -> dt.date:
    """The present day on the calendar of this machine."""
    return clock().astimezone().date()
