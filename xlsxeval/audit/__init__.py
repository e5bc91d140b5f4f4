"""Auditing (核对别人的报告): a published report that others made → the arithmetic and relations in it that do not hold.

Its tables are read with their places, labels name roles, the figures are typed into a neutral edition, and the rules of
returned workbooks apply. A table is judged only where its own figures confirm the reading; the rest is said, not guessed.
"""

from xlsxeval.audit.judge import AuditedReport, Auditor, RecognisedTable

__all__ = ["AuditedReport", "Auditor", "RecognisedTable"]
