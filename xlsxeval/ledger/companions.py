"""Companions (随表来的其他文件): what lies beside an accepted return and is no table itself. It is noted, and nothing is left to do."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import STAND_INS, TABLES
from xlsxeval.forms.unit_names import NamedUnit, named_unit
from xlsxeval.ledger.records import Receipt
from xlsxeval.parcels import ARROW, parcel_suffixes

PUT_AWAY = "put-away"
"""The code of a decision by which a person put away a file that does not count."""
_NO_TABLE = frozenset({FaultCode.NOT_A_WORKBOOK, FaultCode.EMPTY_FILE, FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK})
"""Why a file that is no table at all was set aside."""


def place_of(receipt: Receipt) -> str:
    """The parcel that a file came in, else the folder in which it lay."""
    parcel, inside, _ = receipt.source.partition(ARROW)
    return parcel if inside else parcel.rpartition("/")[0]


def is_companion(
    receipt: Receipt, code: str | None, accepted: Iterable[str], absent: Iterable[str], roster: Iterable[NamedUnit]
) -> bool:
    """Whether a file that was set aside for the reason ``code`` lies beside a return and is no table, nor in the place of one.

    ``accepted`` are the places of returns, ``absent`` the codes of the units of the ``roster`` of which nothing came: a
    file that bears the name of one may be all that the unit sent.
    """
    name = receipt.name.casefold()
    if code not in _NO_TABLE or name.endswith((*TABLES, *STAND_INS, *parcel_suffixes())):
        return False
    unit = named_unit(receipt.name, roster)
    return place_of(receipt) in set(accepted) and unit not in set(absent)
