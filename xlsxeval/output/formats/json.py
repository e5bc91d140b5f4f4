"""One JSON document with everything; described in docs/internals/formats.md, versioned by ``schema``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxeval.output.format import OutputFormat
from xlsxeval.output.records import SCHEMA, dump, file_record, finding_record, fixed_record
from xlsxeval.output.totals import FindingTotals, totals
from xlsxeval.rules.verdict import Verdict


def check_json(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """``check --format json``: one document, of which a file at a time is made."""
    frame = dump({"schema": SCHEMA, "files": [], "summary": _summary(totals(verdicts, {}))})
    head, files, tail = frame.partition('"files": [')
    yield head + files
    for number, verdict in enumerate(verdicts):
        yield ("," if number else "") + f"\n{dump(_file(verdict))}".replace("\n", "\n    ")
    yield ("\n  " if verdicts else "") + tail


def _summary(sums: FindingTotals) -> dict[str, Any]:
    return {
        "files": sums.files,
        "clean": sums.statuses.get("clean", 0),
        "rejected": sums.statuses.get("rejected", 0),
        "by_severity": {kind.value: count for kind, count in sums.by_severity.items()},
        "by_code": dict(sorted((rule.code, rule.count) for rule in sums.by_rule)),
        "by_state": {state.value: count for state, count in sums.by_state.items()},
        "waived": sums.waived,
        "fixed": sums.fixed,
    }


def _file(verdict: Verdict) -> dict[str, Any]:
    findings = [finding_record(finding, verdict) for finding in verdict.findings]
    return {**file_record(verdict), "findings": findings, "fixed": [fixed_record(fixed) for fixed in verdict.fixed]}


FORMAT = OutputFormat(
    name="json",
    order=30,
    title="{names} 供其他程序读",
    suffixes=(".json",),
    begins=r'\{\s*"schema": \d+,\s*"files": \[',
    write=lambda verdicts, _: check_json(verdicts),
)
