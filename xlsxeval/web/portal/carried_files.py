"""Which files that were set aside have values worth typing into the right form."""

from __future__ import annotations

from typing import Final

from xlsxeval.fault_codes import FaultCode
from xlsxeval.results.unit_dossier import HandedFile

_READABLE: Final = frozenset(
    {
        FaultCode.NOT_OURS,
        FaultCode.UNKNOWN_EDITION,
        FaultCode.ANOTHER_CAMPAIGN,
        FaultCode.VERSION_NO_LONGER_ACCEPTED,
        FaultCode.SEAL_BROKEN,
        FaultCode.FORM_OF_ANOTHER_UNIT,
        FaultCode.NOT_ON_ROSTER,
    }
)
"""Reasons of identity: the workbook could be read, but is not the unit's form."""


def carries_over(file: HandedFile) -> bool:
    """Whether a file was set aside for what it is, not for what is broken in it."""
    return file.state == "set_aside" and file.code in set(_READABLE)
