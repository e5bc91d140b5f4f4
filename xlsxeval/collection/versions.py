"""Rules for which of two files of one unit counts: the later by day of arrival; in doubt a person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum


class Course(StrEnum):
    """Outcome for a file beside earlier ones."""

    FIRST = "first"
    NEWER = "newer"
    OLDER = "older"
    UNDECIDED = "undecided"


def course(day: dt.date, others: Sequence[dt.date], *, replace: bool, doubtful: bool) -> Course:
    """The outcome for a file of that day beside others of the same unit and part.

    The hour does not count: it is that of copying or mailing. ``replace``: a person declared that the new file counts.
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
