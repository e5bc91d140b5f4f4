"""Layout → xlsx: styles, locks, validations, print set-up, seal; values typed into one; the annotated copy of a return."""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.workbook.annotate import Refilled, annotated_bytes, refilled_bytes
    from xlsxeval.workbook.fill import FillError, fill_workbook
    from xlsxeval.workbook.remark import Remark, RemarkState
    from xlsxeval.workbook.writer import workbook_bytes

__all__ = [
    "FillError",
    "Refilled",
    "Remark",
    "RemarkState",
    "annotated_bytes",
    "fill_workbook",
    "refilled_bytes",
    "workbook_bytes",
]

__getattr__ = late_names(
    __name__,
    annotate=("Refilled", "annotated_bytes", "refilled_bytes"),
    fill=("FillError", "fill_workbook"),
    remark=("Remark", "RemarkState"),
    writer=("workbook_bytes",),
)
