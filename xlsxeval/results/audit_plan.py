"""Plan of an audit: the reports, and the outputs to write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsxeval.workers.pool import AUTO


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """Plan of an audit. ``paths`` are files and folders; ``edition`` names the one whose parameters apply as well.

    ``output`` is the file for the result in ``style``; ``summary`` the table (.csv) over all reports.
    """

    paths: tuple[str, ...]
    edition: str | None = None
    output: Path | None = None
    style: str | None = None
    force: bool = False
    summary: Path | None = None
    jobs: int = AUTO
