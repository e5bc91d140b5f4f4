"""Parts that a form can do without: comments, drawings, document properties."""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.package import Package
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.schema import Schema

_BROKEN = (FaultCode.INCOMPLETE_FILE, FaultCode.MALFORMED_XML, FaultCode.WRITTEN_TWICE)


def parse_if_sound(package: Package, part: str, schema: Schema, log: FaultLog) -> None:
    """Runs over a part as ``Package.parse`` does; one that is broken is reported, and the cells are read all the same."""
    try:
        package.parse(part, schema)
    except Rejected as rejection:
        if rejection.fault.code not in _BROKEN:
            raise
        log.add(FaultCode.UNKNOWN_PART, f"部件 {part} 写坏了，没有读取")
