"""Layout → xlsx: styles, locks, validations, print set-up, seal."""

from xlsxeval.workbook.fill import FillError, fill_workbook
from xlsxeval.workbook.writer import workbook_bytes

__all__ = ["FillError", "fill_workbook", "workbook_bytes"]
