"""The one exception that reading a received file raises."""

from __future__ import annotations

from xlsxeval.errors import XlsxevalError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.model import Fault


class Rejected(XlsxevalError):  # noqa: N818 - it names what became of the file
    """The file is not read further; ``fault`` says why, with a code that a rule of the family F explains."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(f"{fault.code} {fault.detail}")


def refusal(code: FaultCode, detail: str, *, sheet: str | None = None, cell: str | None = None) -> Rejected:
    """What to raise for a file that is not read further."""
    return Rejected(Fault(code, printable(detail), sheet, cell))


def printable(detail: str, most: int = 400) -> str:
    """A detail that garbles no terminal and no table: it may quote names from the file, and those may be anything."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in detail[: most + 1])
    return shown if len(shown) <= most else shown[: most - 1] + "…"
