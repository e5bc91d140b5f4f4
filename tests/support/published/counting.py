"""How an audit does on made reports: known errors found, others, tables judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from tests.support.published.files import FILES, Places, known_places
from tests.support.published.sources import PublishedReport
from xlsxeval.audit import AuditedReport, Auditor
from xlsxeval.forms.library import Library
from xlsxeval.model import Finding, Severity
from xlsxeval.resources import templates_directory

Told = tuple[str, str]
IGNORED = frozenset({"V111", "V112", "V113", "V114", "V115", "V116", "S109", "N132", "N133"})
"""Spellings of targets, which the samples' campaigns gave, and what is no accusation."""


@dataclass
class Count:
    """``found`` of ``known`` errors; ``missed`` and ``more`` by code and place; ``wrong`` are errors that are none."""

    known: int = 0
    found: int = 0
    tables: int = 0
    judged: int = 0
    missed: list[Told] = field(default_factory=list)
    more: list[Told] = field(default_factory=list)
    wrong: list[Told] = field(default_factory=list)


@cache
def auditor() -> Auditor:
    return Auditor(Library(templates_directory()))


def audited(report: PublishedReport, kind: str, layout: str) -> tuple[AuditedReport, Places]:
    data, places = FILES[kind](report, layout)
    return auditor().judge(f"{report.name}.{kind}", data), places


def count(report: PublishedReport, kind: str = "docx", layout: str = "plain") -> Count:
    """The audit of one report against what is known of it. Of a PDF the codes are counted, not the places."""
    result, places = audited(report, kind, layout)
    known = Counter(known_places(report.known))
    told = Counter(_told(finding, places) for finding in result.verdict.findings)
    grave = {_told(finding, places) for finding in result.verdict.findings if finding.severity is Severity.ERROR}
    if kind == "pdf":
        known, told = _codes(known), _codes(told)
        grave = {(code, "") for code, _ in grave}
    if kind == "xlsx":
        known = Counter({key: number for key, number in known.items() if key[1] != "正文"})
    told = Counter({one: number for one, number in told.items() if one[0] not in IGNORED or one in known})
    both = known & told
    missed, more = known - told, told - known
    return Count(
        known=known.total(),
        found=both.total(),
        tables=len(result.tables),
        judged=sum(table.judged for table in result.tables),
        missed=list(missed.elements()),
        more=list(more.elements()),
        wrong=[one for one in more.elements() if one in grave],
    )


def _told(finding: Finding, places: Places) -> Told:
    place = finding.place
    if place.sheet is None or place.sheet == "正文":
        return finding.code, place.sheet or ""
    return finding.code, places.get((place.sheet, place.cell or ""), f"{place.sheet} {place.cell}")


def _codes(told: Counter[Told]) -> Counter[Told]:
    found: Counter[Told] = Counter()
    for (code, _), number in told.items():
        found[code, ""] += number
    return found
