"""What can be wrong with a report."""

from __future__ import annotations

from xlsxeval.errors import XlsxevalError


class ReportError(XlsxevalError):
    """A template is broken or names what is not there; the message says which tag, where, and what to do."""
