"""One JSON object a line: of every file first the file itself, then each of its findings with the file's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xlsxeval.output.format import OutputFormat
from xlsxeval.output.records import SCHEMA, dump, file_record, finding_record, fixed_record
from xlsxeval.rules.verdict import Verdict


def check_jsonl(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """``check --format jsonl``."""
    for verdict in verdicts:
        for line in _lines(verdict):
            yield dump(line, indent=None) + "\n"


def _lines(verdict: Verdict) -> Iterator[dict[str, Any]]:
    facts = file_record(verdict)
    counts = {
        "open": len(verdict.open),
        "waived": len(verdict.findings) - len(verdict.open),
        "fixed": len(verdict.fixed),
    }
    yield {"schema": SCHEMA, "type": "file", **facts, **counts}
    for told_once in ("forms", "settings"):
        del facts[told_once]
    for finding in verdict.findings:
        yield {"schema": SCHEMA, "type": "finding", **facts, **finding_record(finding, verdict)}
    for fixed in verdict.fixed:
        yield {"schema": SCHEMA, "type": "fixed", **facts, **fixed_record(fixed)}


FORMAT = OutputFormat(
    name="jsonl",
    order=40,
    title="{names} 供其他程序读",
    suffixes=(".jsonl", ".ndjson"),
    begins=r'\{"schema": \d+, "type": "file"',
    write=lambda verdicts, _: check_jsonl(verdicts),
)
