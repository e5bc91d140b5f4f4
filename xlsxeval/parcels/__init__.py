"""Parcels (来件): what arrives — a file, a zip archive, a saved mail — taken apart into single files. Bytes in, values out.

One file a kind (``kinds/``); this room knows nothing of what the single files hold.

For those who use it::

    for piece in open_parcel(name, data, Origin(received_at=moment)):
        piece.name, piece.data, piece.trail, piece.origin     # a single file; a name is never used as a path
        piece.fault                                           # where it could not be taken out: why (then no data)

Nothing here writes, and nothing is raised for what a parcel holds: what is broken or hostile is a piece with its fault.
"""

from xlsxeval.parcels.contents import open_parcel
from xlsxeval.parcels.kinds import archive_suffixes, parcel_name, parcel_suffixes
from xlsxeval.parcels.limits import ParcelLimits
from xlsxeval.parcels.names import is_passed_over, written_out
from xlsxeval.parcels.piece import ARROW, Origin, Piece

__all__ = [
    "ARROW",
    "Origin",
    "ParcelLimits",
    "Piece",
    "archive_suffixes",
    "is_passed_over",
    "open_parcel",
    "parcel_name",
    "parcel_suffixes",
    "written_out",
]
