"""A part of a published report that was not read, or was read and not judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnreadPart:
    """``detail`` is a Chinese sentence; ``table`` names the table, None where it is about the file."""

    detail: str
    table: str | None = None
