"""How much a parcel may ask of us: every bound in one place."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from xlsxeval.fault_codes import FaultCode
from xlsxeval.parcels.unopened import refusal


@dataclass(frozen=True, slots=True)
class ParcelLimits:
    """Bounds on one parcel with all that is packed in it. Single files have ``xlsxeval.limits`` besides."""

    parcel_bytes: int = 256 * 1024 * 1024
    """The parcel as it was sent."""
    pieces: int = 5_000
    """Members of an archive or parts of a mail, folders and inner archives among them."""
    records: int = 200_000
    """Marks of directory entries in an archive, also those of workbooks that are stored in it unpacked."""
    piece_bytes: int = 64 * 1024 * 1024
    """One member, inflated; counted while inflating, whatever its header says."""
    total_bytes: int = 1024 * 1024 * 1024
    """All members together, inflated, those that are refused among them."""
    depth: int = 3
    """Parcels in one another: an archive in an archive in a mail."""
    seconds: float = 60
    """Processor time for taking the parcel apart, with all that is packed in it."""
    until: float = math.inf
    """When that time is up, by the clock of the thread that takes it apart."""

    def begun(self) -> ParcelLimits:
        """The limits with the time counted from now."""
        return replace(self, until=time.thread_time() + self.seconds)

    def hold_time(self) -> None:
        """Raises Unopened, F050, once the time is up. Called between steps that are short by themselves."""
        if time.thread_time() > self.until:
            raise refusal(FaultCode.TAKES_TOO_LONG, f"拆开用了 {self.seconds:g} 秒还没有完，后面的没有取出来")
