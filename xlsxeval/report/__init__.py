"""The Word report: a template that people edit in Word, figures from fields, attachments drawn from the layout.

python-docx and pypdf are imported nowhere else.
"""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.report.document import made_report, report_bytes
    from xlsxeval.report.errors import ReportError
    from xlsxeval.report.notice import notice_bytes
    from xlsxeval.report.pages import numbered
    from xlsxeval.report.pdf import missing_fonts_note, to_pdf
    from xlsxeval.report.review import Review
    from xlsxeval.report.template_proof import template_problems
    from xlsxeval.report.watermark import OPEN_ERRORS

__all__ = [
    "OPEN_ERRORS",
    "ReportError",
    "Review",
    "made_report",
    "missing_fonts_note",
    "notice_bytes",
    "numbered",
    "report_bytes",
    "template_problems",
    "to_pdf",
]

__getattr__ = late_names(
    __name__,
    document=("made_report", "report_bytes"),
    errors=("ReportError",),
    notice=("notice_bytes",),
    pages=("numbered",),
    pdf=("missing_fonts_note", "to_pdf"),
    review=("Review",),
    template_proof=("template_problems",),
    watermark=("OPEN_ERRORS",),
)
