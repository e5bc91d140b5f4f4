"""Names of what the program itself adds to a form: by them it is known again when the workbook comes back."""

FINDINGS_SHEET = "问题清单"
"""The list of findings in an annotated workbook. When the workbook comes back it is let be, and never read."""
ANNOTATOR = "xlsxeval"
"""The author of the notes in an annotated workbook. LibreOffice saves notes without their author."""
