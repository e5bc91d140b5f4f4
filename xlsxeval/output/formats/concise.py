"""One line a finding, for searching and for editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlsxeval.model import Finding
from xlsxeval.output.characters import for_terminal
from xlsxeval.output.format import OutputFormat
from xlsxeval.output.words import marks
from xlsxeval.rules.verdict import Verdict


def concise(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """``check --format concise``: ``path:sheet!cell: CODE severity message（现为 …，应为 …）``."""
    for verdict in verdicts:
        for finding in verdict.findings:
            yield _line(verdict.path, finding) + "\n"


def _line(path: str, finding: Finding) -> str:
    place = "!".join(part for part in (finding.place.sheet, finding.place.cell) if part)
    values = []
    if finding.shown is not None:
        values.append(f"现为 {finding.shown}")
    if finding.expected:
        values.append(f"应为 {finding.expected}")
    if finding.working:
        values.append(f"怎么算：{finding.working}")
    tail = f"（{'，'.join(values)}）" if values else ""
    tail += "".join(f"〔{mark}〕" for mark in marks(finding))
    line = f"{path}:{place}: {finding.code} {finding.severity.value} {finding.message}{tail}"
    return for_terminal(" ".join(line.split()))


FORMAT = OutputFormat(
    name="concise",
    order=20,
    begins=r"[^\n]*: [A-Z]\d{3} (error|warning|info) |\Z",
    write=lambda verdicts, _: concise(verdicts),
)
