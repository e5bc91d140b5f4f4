"""How much a parcel may ask of us: every bound in one place."""

from __future__ import annotations

from dataclasses import dataclass


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
    """All members together, inflated."""
    depth: int = 3
    """Parcels in one another: an archive in an archive in a mail."""
