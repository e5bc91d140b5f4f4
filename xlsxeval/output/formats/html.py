"""The result of a check as one page of HTML that needs nothing else: for the screen, the telephone and the printer.

Texts of units can never become markup: everything is escaped by the template's engine, and the page's security policy
lets no script run but its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsxeval import __version__
from xlsxeval.model import Finding, Severity
from xlsxeval.output import words
from xlsxeval.output.characters import for_xml
from xlsxeval.output.drawn_return import DrawnReturn, NumberedFinding
from xlsxeval.output.format import OutputFormat
from xlsxeval.output.groups import by_sheet, most_of_each, sections
from xlsxeval.output.pages import content_hash, page_source, page_template
from xlsxeval.output.totals import FIRST_RULES, title, totals
from xlsxeval.rules.catalogue import RulePage
from xlsxeval.rules.verdict import Verdict

_TEMPLATE = "check.html.j2"
_DRAWN = 10
"""Files whose forms are drawn on a page: each takes some 200 kB."""


@dataclass(frozen=True, slots=True)
class UnitSection:
    """A unit with its files; files that could not be read, and so belong to nobody known, make one of their own."""

    code: str
    name: str
    verdicts: tuple[Verdict, ...]

    def count(self, severity: Severity) -> int:
        """The number of a unit's findings of that severity that count."""
        return sum(finding.severity is severity for verdict in self.verdicts for finding in verdict.open)


def check_html(
    verdicts: Sequence[Verdict],
    pages: Mapping[str, RulePage],
    folder: Path,
    day: date,
    drawn: Callable[[Verdict], DrawnReturn | None] = lambda verdict: None,
) -> str:
    """``check --format html``. ``folder`` holds the templates; ``day`` stands at the head of the page.

    ``drawn`` draws the forms of a file; the page has those of the first ten files with findings.
    """
    style = "\n".join(page_source(folder, name) for name in ("look.css", "check.css", "sheets.css"))
    script = page_source(folder, "check.js")
    forms = _Forms(drawn)
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    most = most_of_each(len(verdict.findings) for verdict in verdicts)
    page = page_template(folder, _TEMPLATE).render(
        version=__version__,
        day=f"{day.year}年{day.month}月{day.day}日",
        style=style,
        script=script,
        style_hash=content_hash(style),
        script_hash=content_hash(script),
        totals=totals(verdicts, pages),
        first_rules=FIRST_RULES,
        sections=_sections(verdicts),
        campaigns=_distinct(verdict.subject.campaign for verdict in verdicts if verdict.subject),
        editions=_distinct(verdict.subject.edition for verdict in verdicts if verdict.subject),
        sheets=list(by_sheet(findings)),
        codes=[(code, title(code, pages)) for code in sorted({finding.code for finding in findings})],
        why={code: known.why for code, known in pages.items()},
        severities=list(Severity),
        words=words,
        sheets_of=lambda verdict: sections(verdict.findings, most, words.WHOLE_FILE),
        title_of=lambda code: title(code, pages),
        tokens=_tokens,
        number_of=lambda numbers, finding: numbers.get(id(finding)),
        rows=_rows,
        forms=forms,
    )
    return for_xml(page)


class _Forms:
    """The drawn forms of the page: those of the first files with findings, each file with a prefix for its anchors."""

    def __init__(self, drawn: Callable[[Verdict], DrawnReturn | None]) -> None:
        self._drawn = drawn
        self._count = 0

    def __call__(self, verdict: Verdict) -> tuple[str, DrawnReturn | None, Mapping[int, NumberedFinding]]:
        """Prefix, drawing, and the numbered findings by the ``id`` of each finding."""
        if not verdict.findings or self._count == _DRAWN:
            return "", None, {}
        drawn = self._drawn(verdict)
        if drawn is None or not drawn.sheets:
            return "", None, {}
        self._count += 1
        return f"d{self._count}-", drawn, {id(one.finding): one for one in drawn.findings}


def _sections(verdicts: Sequence[Verdict]) -> list[UnitSection]:
    found: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        key = (verdict.subject.code, verdict.subject.name) if verdict.subject else ("", "读不了的文件")
        found.setdefault(key, []).append(verdict)
    return [UnitSection(code, name, tuple(files)) for (code, name), files in found.items()]


def _tokens(finding: Finding) -> str:
    """What the filter by state goes by: counted or waived, and what became of it since the earlier run."""
    state = "" if finding.state is None else f" {finding.state.value}"
    return ("counted" if finding.waived is None else "waived") + state


def _rows(verdict: Verdict) -> int:
    return len(verdict.findings) + len(verdict.fixed)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


FORMAT = OutputFormat(
    name="html",
    order=70,
    title="网页（{names}）一个文件就能看、能打印、能筛选",
    suffixes=(".html", ".htm"),
    begins=r'<!DOCTYPE html>[^\0]{0,900}<meta name="generator" content="xlsxeval',
    write=lambda verdicts, sources: check_html(
        verdicts, sources.rule_pages(verdicts), sources.page_folder, sources.day, sources.drawn
    ),
)
