"""The Word report beside bare docxtpl: the same template, the same context, the same Jinja environment, saved to memory.

What docxtpl alone gives is no report: the attachments' tables, captions, table of contents and properties are missing.
The ratio tells what they cost.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from benchmarks.material import CAMPAIGN, EDITION, KEY, LIBRARY, made
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.report import report_bytes
from xlsxeval.report.context import report_context
from xlsxeval.report.environment import document_environment


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """One report of an ordinary unit."""
    one = made(thoroughness.projects)
    submission = read_returned("x.xlsx", one.returned, Context(LIBRARY, CAMPAIGN, KEY), Layouts()).submission
    assert submission is not None
    assert EDITION.report is not None
    path = LIBRARY.directory / "reports" / EDITION.report
    context = report_context(submission)

    def bare() -> bytes:
        template = DocxTemplate(str(path))
        template.render(dict(context), document_environment())
        buffer = io.BytesIO()
        template.save(buffer)
        return buffer.getvalue()

    contenders = [
        Contender("xlsxeval report", lambda: report_bytes(submission, path)),
        Contender("xlsxeval report with charts", lambda: report_bytes(submission, path, charts=True)),
    ]
    sizes = f"report {len(report_bytes(submission, path)) / 1024:.0f} KiB"
    try:
        from docxtpl import DocxTemplate  # comes with the extra "benchmarks"
    except ImportError:
        sizes += "; docxtpl is not installed here"
    else:
        contenders.insert(0, Contender("docxtpl alone", bare))
        sizes += f", docxtpl {len(bare()) / 1024:.0f} KiB"
    yield side_by_side("report", "A Word report", contenders, thoroughness.rounds, [f"{one.size}; {sizes}"])
