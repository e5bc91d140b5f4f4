"""LibreOffice as a tool: one document turned into another kind, by a program that may meet anything in it.

For those who use it::

    office_program()                                        # where it is, None where it is not installed
    converted(data, "docx", "pdf", OfficeBounds())          # bytes in, bytes out; OfficeError says why not
    missing_fonts(REPORT_FONTS)                             # named fonts that are not here, and what stands in

Each run has a profile of its own, without macros, links, updates and network, bounds of time, memory and size, and ends
with the process that asked for it, however that one ends.
"""

from xlsxeval.office.conversion import OfficeBounds, OfficeError, converted
from xlsxeval.office.fonts import REPORT_FONTS, free_font, missing_fonts
from xlsxeval.office.program import office_program

__all__ = [
    "REPORT_FONTS",
    "OfficeBounds",
    "OfficeError",
    "converted",
    "free_font",
    "missing_fonts",
    "office_program",
]
