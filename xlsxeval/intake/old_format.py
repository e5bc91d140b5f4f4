"""Workbooks of Excel 97-2003 and WPS (.xls, .et): converted by an installed LibreOffice and then read like any other.

What comes out is as little trusted as what came in: it passes the guard.
"""

from __future__ import annotations

import io

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import OLE
from xlsxeval.intake.rejected import refusal
from xlsxeval.limits import Limits
from xlsxeval.office import OfficeBounds, OfficeError, converted, office_program

WHAT = "旧版 Excel 97-2003 或 WPS 的表格（.xls、.et）"
_STREAM = "Workbook"
_BEGINS = b"\x09\x08"
"""How the stream of a workbook begins: the record BOF of BIFF8."""
_MACROS = "_VBA_PROJECT_CUR"
_SHARE_OF_TIME = 0.8
"""Of the time that a file may take; the rest is for reading what came out."""


def as_xlsx(data: bytes, limits: Limits) -> bytes | None:
    """The workbook as xlsx; None for what is no old workbook, and where there is no LibreOffice to convert it.

    Raises Rejected: F004 where it cannot be converted, F006 where it has macros.
    """
    if not data.startswith(OLE) or len(data) > limits.file_bytes or not _is_old_workbook(data):
        return None
    if _MACROS.encode("utf-16-le") in data:
        raise refusal(FaultCode.ACTIVE_CONTENT, f"文件是{WHAT}，里面有宏")
    if office_program() is None:
        return None
    bounds = OfficeBounds(int(limits.seconds * _SHARE_OF_TIME), limits.memory_bytes, limits.file_bytes)
    try:
        return converted(data, "xls", "xlsx:Calc MS Excel 2007 XML", bounds, read_as="MS Excel 97")
    except OfficeError as error:
        raise refusal(
            FaultCode.OTHER_SPREADSHEET_FORMAT, f"文件是{WHAT}，没有能转成 xlsx：{error}；可能已损坏，或设有打开密码"
        ) from None


def _is_old_workbook(data: bytes) -> bool:
    from olefile import OleFileIO  # only where something is a compound file

    try:
        with OleFileIO(io.BytesIO(data)) as container:
            return bool(container.exists(_STREAM) and container.openstream(_STREAM).read(2) == _BEGINS)
    except Exception:  # a container can be broken in any way, and the library raises whatever it meets
        return False
