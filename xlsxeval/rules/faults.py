"""Hits made from the faults that reading the file has found."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Address, split_a1
from xlsxeval.rules.hit import Hit


def from_faults(returned: Returned, code: str, besides: Collection[Hit] = ()) -> Iterator[Hit]:
    """A hit for each fault with this code, except at cells that the hits in ``besides`` already report."""
    reported = {hit.address for hit in besides if hit.address is not None}
    for fault in returned.faults:
        if fault.code == code:
            address = Address(fault.sheet, *split_a1(fault.cell)) if fault.sheet and fault.cell else None
            if address not in reported:
                yield Hit(fault.detail, address, fault.sheet)
