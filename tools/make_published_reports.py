"""Writes the five samples' reports as units publish them, in every layout and kind of file; with ``--count`` what an audit finds.

python tools/make_published_reports.py OUT
python tools/make_published_reports.py --count
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support.published.counting import audited, count
from tests.support.published.files import FILES
from tests.support.published.layouts import LAYOUTS
from tests.support.published.others import others
from tests.support.published.sources import SAMPLES, made_right, published
from xlsxeval.model import Severity


def write(folder: Path) -> None:
    """Every sample in every layout and kind of file."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        for layout in LAYOUTS:
            for kind, make in FILES.items():
                (folder / f"{sample}-{layout}.{kind}").write_bytes(make(published(sample), layout)[0])


def show() -> None:
    """The tables of docs/internals/audit.md."""
    for layout in LAYOUTS:
        for kind in FILES:
            counts = [count(published(sample), kind, layout) for sample in SAMPLES]
            found, known = sum(one.found for one in counts), sum(one.known for one in counts)
            judged, tables = sum(one.judged for one in counts), sum(one.tables for one in counts)
            wrong = sum(len(one.wrong) for one in counts)
            right = [audited(made_right(sample), kind, layout)[0].verdict for sample in SAMPLES]
            errors = sum(one.severity is Severity.ERROR for verdict in right for one in verdict.findings)
            print(
                f"{layout:11} {kind:5} found {found}/{known}, judged {judged}/{tables}, false {wrong}; made right: {errors}"
            )
    for report, told in others():
        result, _ = audited(report, "docx", "plain")
        errors = [one.code for one in result.verdict.findings if one.severity is Severity.ERROR]
        print(report.name, result.sentence, "errors", errors, "known", told["known"])


if __name__ == "__main__":
    show() if sys.argv[1:] == ["--count"] else write(Path(sys.argv[1]))
