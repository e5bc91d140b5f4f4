"""The exception for a parcel, or a member of one, that is not opened: raised and caught within this room."""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.model import Fault
from xlsxeval.parcels.names import shown

_LONGEST = 400


class Unopened(Exception):  # noqa: N818 - it names what became of the parcel
    """The parcel or member is not opened further; ``fault`` says why, with a code that a rule of the family F explains.

    ``spent`` are the bytes that were inflated before it was refused: they count as those of other members do.
    """

    def __init__(self, fault: Fault, spent: int = 0) -> None:
        self.fault = fault
        self.spent = spent
        super().__init__(f"{fault.code} {fault.detail}")


def refusal(code: FaultCode, detail: str, spent: int = 0) -> Unopened:
    """The exception to raise for a parcel or member that is not opened further."""
    return Unopened(Fault(code, shown(detail, _LONGEST)), spent)
