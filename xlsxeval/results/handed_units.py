"""Units as they are exported: the lines of 汇总 with the ledger's data on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.levels import ExportedUnit, ExportedWaiver, FileRef, ReturnStatus
from xlsxeval.rollup import Figures, Summary, handed
from xlsxeval.rollup.summary import FindingLine, SummaryLine
from xlsxeval.rollup.summary import SummaryStatus as Came

_STATUS = {Came.ABSENT: ReturnStatus.MISSING, Came.ERRORS: ReturnStatus.ERRORS, Came.CAME: ReturnStatus.CLEAN}
_MOST = 500
"""Most characters of a text that is exported."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Data from the ledger: the files that count, by unit, and the units that were ``sent`` a form."""

    files: Mapping[str, Sequence[FileRef]]
    sent: Collection[str]


def units_of(summary: Summary, counting: Counting) -> Iterator[ExportedUnit]:
    """Every unit of the campaign, in its order."""
    found: dict[str, list[FindingLine]] = {}
    for line in summary.findings:
        found.setdefault(line.whose.code, []).append(line)
    for unit in summary.units:
        yield _unit(summary, unit, found.get(unit.whose.code, []), counting)


def _unit(summary: Summary, line: SummaryLine, found: Sequence[FindingLine], counting: Counting) -> ExportedUnit:
    code = line.whose.code
    projects = tuple(one.project for one in summary.projects if one.whose.code == code)
    came = line.status is not Came.ABSENT
    figures = handed(Figures(line.amounts, projects if came else (), line.money, (), frozenset()), summary.definition)
    files = tuple(counting.files.get(code, ()))
    return ExportedUnit(
        code=code,
        name=line.whose.name[:_MOST],
        status=ReturnStatus.CONFLICT if line.waits else _STATUS[line.status],
        sent=code in counting.sent,
        amounts=figures.amounts,
        projects=figures.projects,
        money=figures.money,
        errors=line.errors,
        warnings=line.warnings,
        codes=dict(sorted(Counter(one.finding.code for one in found if one.finding.waived is None).items())),
        waived=tuple(_waived(found)),
        files=files,
        remark=line.remark,
    )


def _waived(found: Sequence[FindingLine]) -> Iterator[ExportedWaiver]:
    for one in found:
        waiver, place = one.finding.waived, one.finding.place
        if waiver is not None:
            where = " ".join(part for part in (place.sheet, place.cell) if part)
            texts = (where, waiver.by, waiver.date, waiver.reason)
            yield ExportedWaiver(one.finding.code, *(text[:_MOST] for text in texts))
