"""One published report → its verdict, with what was recognised in it and what was not judged."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxeval.audit.documents.reader import read_report
from xlsxeval.audit.documents.report_file import TEXT, ReportFile, ReportTable
from xlsxeval.audit.gate import refusals
from xlsxeval.audit.joining import readings
from xlsxeval.audit.neutral import typed
from xlsxeval.audit.prose import prose_of
from xlsxeval.audit.reading import ZONE_NAMES, TableReading
from xlsxeval.audit.report_submission import ReportSubmission
from xlsxeval.audit.vocabulary import Vocabulary, load_vocabulary
from xlsxeval.forms.definition import Claim, Edition
from xlsxeval.forms.library import Library
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Finding, Place
from xlsxeval.resources import audit_templates
from xlsxeval.rules.bounds import listed
from xlsxeval.rules.checks import check_findings
from xlsxeval.rules.engine import finding_of, numbered
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import Rule, rules
from xlsxeval.rules.settings import apply_settings
from xlsxeval.rules.told_once import agreed, without_consequences
from xlsxeval.rules.unread import UnreadPart
from xlsxeval.rules.verdict import Subject, Verdict

NEUTRAL = "audit/neutral"
_FAMILIES = "LXSVN"
_KINDS = {"basic": "基础数据表", "overall": "整体支出自评表", "project": "项目支出自评表", "": "指标表"}
_YEAR = re.compile(r"(20\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class RecognisedTable:
    """A table of a report and what became of it; ``refused`` says why a part was not judged, empty where all was."""

    name: str
    kind: str
    about: str
    refused: str = ""

    @property
    def judged(self) -> bool:
        return not self.refused


@dataclass(frozen=True, slots=True)
class AuditedReport:
    """The verdict on a report, the forms recognised in it, and how many of its tables are no forms."""

    verdict: Verdict
    tables: tuple[RecognisedTable, ...] = ()
    others: int = 0

    @property
    def sentence(self) -> str:
        """What was recognised, for a person."""
        kinds = Counter(table.kind for table in self.tables)
        forms = "、".join(f"{_KINDS[kind]} {count}" for kind, count in kinds.items())
        judged = sum(table.judged for table in self.tables)
        others = f"；另有 {self.others} 张不是自评表，没有核对" if self.others else ""
        if not self.tables:
            return f"没有认出自评表{others}"
        return f"认出 {len(self.tables)} 张表（{forms}），核对了 {judged} 张{others}"


class Auditor:
    """Judges any number of reports; ``edition`` names the one whose parameters (points, caps, grades) apply as well."""

    def __init__(self, library: Library, edition: str | None = None) -> None:
        self.words: Vocabulary = load_vocabulary(audit_templates(library.directory))
        own = (
            library
            if library.directory == audit_templates(library.directory)
            else Library(audit_templates(library.directory))
        )
        self.edition: Edition = own.edition(NEUTRAL)
        self.local = edition
        if edition is not None:
            local = library.edition(edition)
            parameters = {**self.edition.parameters, **local.parameters}
            settings = {code: one for code, one in self.edition.settings.items() if code not in self.words.local_rules}
            self.edition = replace(self.edition, parameters=parameters, settings={**settings, **local.settings})
        base = own.form("narrative/mof-2020", self.edition.position)
        self._claims: dict[bool, tuple[Claim, ...]] = {
            True: base.claims,
            False: next(form.claims for form in self.edition.forms if form.id == "narrative"),
        }

    def judge(self, name: str, data: bytes) -> AuditedReport:
        """The report in a file's bytes. Never raises for anything that the file holds."""
        return self.examined(name, data)[0]

    def examined(self, name: str, data: bytes) -> tuple[AuditedReport, ReportFile | None]:
        """The report with what was read of it; None where the file could not be read."""
        digest = hashlib.sha256(data).hexdigest()
        try:
            report = read_report(data)
        except Rejected as rejected:
            return AuditedReport(self.rejected(name, digest, rejected)), None
        return self._judged(name, digest, report), report

    def rejected(self, name: str, digest: str, rejected: Rejected) -> Verdict:
        """The verdict on a file that cannot be read."""
        found = finding_of(_rule(rejected.fault.code), Hit(rejected.fault.detail))
        return Verdict(name, digest, None, numbered([found]))

    def _judged(self, name: str, digest: str, report: ReportFile) -> AuditedReport:
        forms: list[TableReading] = []
        others: list[ReportTable] = []
        for table, reading in readings(report.tables, self.words):
            if reading is None or not reading.kind or not list(reading.zones()):
                others.append(table)
            else:
                forms.append(reading)
        refused = {number: refusals(reading) for number, reading in enumerate(forms)}
        tables = tuple(_table(reading, refused[number]) for number, reading in enumerate(forms))
        year = _year(report)
        findings = list(_unread(report, tables))
        groups = _groups(forms, refused) or [[]]
        for group in groups:
            own = [forms[number] for number in group]
            zones = {index: frozenset(refused[number]) for index, number in enumerate(group)}
            whole = not any(refused.values()) and len(group) == len(forms)
            submission = typed(own, zones, self.edition, self.words, year, whole=whole)
            findings += self._findings(submission, report if group is groups[0] else None, name, digest)
        findings.sort(key=lambda finding: _order(report, finding))
        about = next((reading.name for reading in forms if reading.kind != "project" and reading.name), "")
        subject = Subject("", about, "", self.local or NEUTRAL, tuple(table.name for table in tables), None, "none")
        audited = AuditedReport(Verdict(name, digest, subject, numbered(findings)), tables, len(others))
        told = (audited.sentence, "没有封印，不查改动", *([] if self.local else ["没有指定版本，不查各地的分值规定"]))
        return replace(audited, verdict=replace(audited.verdict, notes=told))

    def _findings(
        self, submission: ReportSubmission, report: ReportFile | None, name: str, digest: str
    ) -> Iterator[Finding]:
        returned = Returned(name, digest, 0, (), submission)
        about = [rule for rule in rules() if rule.code[0] in _FAMILIES and rule.code not in self.words.not_of_reports]
        found = [
            finding_of(rule, hit) for rule in about if rule.over_texts is None for hit in listed(rule.check(returned))
        ]
        findings = [*without_consequences(found, submission), *check_findings(submission)]
        if report is not None:
            has_overall = any(
                sheet.form is not None and sheet.form.id == "overall" for sheet in submission.layout.sheets
            )
            alone = not has_overall and len(submission.unit.projects) == 1
            text = prose_of(report.lines, self._claims[alone], submission)
            for rule in about:
                if rule.over_texts is not None:
                    findings += [finding_of(rule, hit) for hit in listed(rule.over_texts(submission, (text,)))]
        findings = list(agreed(list(apply_settings(findings, submission.identity.settings)), submission))
        known = {f"{at.sheet} {at.a1}": place for at, place in submission.places.items()}
        return (_at_home(finding, known) for finding in findings)


def _told(table: RecognisedTable) -> str:
    return f"{_KINDS[table.kind]}没有读全，这一部分没有核对：{table.refused}"


def _rule(code: str) -> Rule:
    return next(rule for rule in rules() if rule.code == code)


def _unread(report: ReportFile, tables: Iterable[RecognisedTable]) -> Iterator[Finding]:
    """What was not read, and what was not judged."""
    parts = [UnreadPart(what) for what in report.unread]
    parts += [UnreadPart(_told(table), table.name) for table in tables if table.refused]
    for rule in rules():
        if rule.over_unread is not None:
            yield from (finding_of(rule, hit) for hit in rule.over_unread(parts))


def _table(reading: TableReading, refused: Mapping[str, str]) -> RecognisedTable:
    told = "；".join(f"{ZONE_NAMES[zone]}：{why}" for zone, why in refused.items())
    return RecognisedTable("、".join(reading.tables), reading.kind, reading.name, told)


def _groups(forms: Sequence[TableReading], refused: Mapping[int, Mapping[str, str]]) -> list[list[int]]:
    """Numbers of the readings that are judged together: of several 整体 or 基础 forms the first.

    The others, and projects of which a part is in doubt, are judged alone.
    """
    together: list[int] = []
    alone: list[list[int]] = []
    seen: set[str] = set()
    for number, reading in enumerate(forms):
        if (reading.kind != "project" and reading.kind in seen) or (reading.kind == "project" and refused[number]):
            alone.append([number])
        else:
            together.append(number)
            seen.add(reading.kind)
    return [together, *alone] if together else alone


def _year(report: ReportFile) -> int:
    """The year that titles and headings name most; tables and the first paragraphs count."""
    titles = [table.title for table in report.tables] + [line.text for line in report.lines[:_FIRST]]
    years = Counter(year for text in titles for year in _YEAR.findall(text))
    if not years:
        years = Counter(year for line in report.lines for year in _YEAR.findall(line.text))
    return int(years.most_common(1)[0][0]) if years else _NO_YEAR


def _at_home(finding: Finding, known: Mapping[str, Place]) -> Finding:
    """A finding with the places of the report in the place of those of the neutral edition, also in its words."""

    def home(place: Place) -> Place:
        if place.sheet == TEXT or place.cell is None:
            return place
        there = known.get(f"{place.sheet} {place.cell}")
        return replace(there, field=place.field) if there else replace(place, cell=None)

    def said(text: str) -> str:
        return _ADDRESS.sub(lambda match: _spoken(known, match), text)

    related = tuple(home(place) for place in finding.related)
    place = home(finding.place)
    if place.cell is None and place.sheet is not None:  # a figure that the table does not print
        place = next((one for one in related if one.cell is not None), place)
    return replace(
        finding,
        place=place,
        related=related,
        message=said(finding.message),
        working=finding.working and said(finding.working),
    )


def _spoken(known: Mapping[str, Place], match: re.Match[str]) -> str:
    """An address of the neutral edition in the words of the report; the longest name of a table that fits counts."""
    words = match[1]
    for start in range(len(words)):
        there = known.get(f"{words[start:]} {match[2]}")
        if there is not None:
            return f"{words[:start]}{there.sheet} {there.cell}"
    return match.group()


def _order(report: ReportFile, finding: Finding) -> tuple[int, int, int, str]:
    """Whole file, tables in order, then the text; in each by row and cell."""
    names = [table.name for table in report.tables]
    sheet = finding.place.sheet
    number = -1 if sheet is None else names.index(sheet) if sheet in names else len(names)
    figures = [int(text) for text in _DIGITS.findall(finding.place.cell or "")]
    row, column = (*figures, 0, 0)[:2]
    return number, row, column, finding.code


_ADDRESS = re.compile(r"([^\s“”「」]{1,60})[ !]([A-Z]{1,2}\d{1,4})(?![A-Za-z0-9])")
_DIGITS = re.compile(r"\d+")
_FIRST = 15
_NO_YEAR = 2000
