"""A single file out of a parcel, and how it came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xlsxeval.model import Fault

ARROW = " › "


@dataclass(frozen=True, slots=True)
class Origin:
    """How a parcel came; each may be unknown. ``received_at`` has its zone."""

    subject: str | None = None
    sender: str | None = None
    received_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A single file. ``trail`` are the names from the outermost parcel to it; the last one is its own, with its folders.

    ``fault`` says why there is no ``data``: damaged, with a password, too large.
    """

    trail: tuple[str, ...]
    data: bytes
    origin: Origin
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """The name without the folders around it."""
        return self.trail[-1].replace("\\", "/").rstrip("/").rpartition("/")[2] or self.trail[-1]

    @property
    def source(self) -> str:
        """``收表.zip › 张三/表.xlsx``."""
        return ARROW.join(self.trail)
