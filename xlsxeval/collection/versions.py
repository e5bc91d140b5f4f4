"""Which of two files of one unit counts: by the day on which they came, and where that cannot tell, a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum


class Course(StrEnum):
    """What becomes of a file beside those that were there."""

    FIRST = "first"
    NEWER = "newer"
    OLDER = "older"
    UNDECIDED = "undecided"


def course(day: dt.date, others: Sequence[dt.date], *, replace: bool, doubtful: bool) -> Course:
    """What becomes of a file of that day beside others of the same unit and part.

    The hour decides nothing: it is that of copying or mailing. ``replace``: somebody said that what comes now counts.
    ``doubtful``: the machine's clock was set back, so an earlier day proves nothing.
    """
    if not others:
        return Course.FIRST
    latest = max(others)
    if day > latest:
        return Course.NEWER
    if day < latest and not doubtful:
        return Course.OLDER
    return Course.NEWER if replace else Course.UNDECIDED
