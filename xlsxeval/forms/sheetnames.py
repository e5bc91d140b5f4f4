"""Names of worksheets that are the program's own and belong to no form."""

FINDINGS_SHEET = "问题清单"
"""The list of findings in an annotated workbook. When the workbook comes back it is let be, and never read."""
