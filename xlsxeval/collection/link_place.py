"""Places of arrivals that came through a unit's link: the ledger knows by them whose link it was."""

from __future__ import annotations

from typing import Final

_SCHEME: Final = "链接:"
"""No folder is named so: the colon is not allowed on Windows, and inboxes' sources are paths."""


def link_place(code: str) -> str:
    """Source of what a unit hands in through its link."""
    return f"{_SCHEME}{code}"


def unit_of_place(source: str) -> str | None:
    """Code of the unit through whose link an arrival came; None where it came otherwise."""
    if not source.startswith(_SCHEME):
        return None
    return source[len(_SCHEME) :].partition("/")[0]
