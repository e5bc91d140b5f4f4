"""TODO"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlsxeval.campaign.exceptions import load_register, mirror
from xlsxeval.campaign.folders import RETURNED, tables_in, workbook_paths
from xlsxeval.campaign.storage import has_ledger, open_ledger
from xlsxeval.cli.console import say
from xlsxeval.cli.options import now
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.model import Finding
from xlsxeval.rules.engine import Verdict


def _mirror(campaign: Campaign, who: str) -> None:
    """Into the ledger too, where there is one; the file is what counts, and the next collection makes up for it."""
    if not has_ledger(campaign, None):
        return
    assert campaign.directory is not None
    try:
        with open_ledger(campaign) as ledger, ledger.write(who, now(), "waive") as w:
            mirror(w, load_register(campaign.directory))
    except StorageError as error:
        say(f"注意：没有记入台账，下次收表时补记：{error}")


def _verdicts(path: Path, campaign: Campaign, templates: Library, sources: Iterable[Path]) -> list[Verdict]:
    """The returned files as they are found now, with the exceptions that count already."""
    assert campaign.directory is not None
    folder = campaign.directory / RETURNED
    files = workbook_paths(sources) if sources else tables_in(folder) if folder.is_dir() else []
    if not files:
        raise UsageError(f"{folder} 里没有收回的表。请把表放进去，或用 --from 指定。")
    judge = Judge(templates.directory, path)
    return list(Conclusion(campaign)([judge(file) for file in files]))


def _of(verdict: Verdict, unit: str, code: str) -> list[Finding]:
    """The findings of a rule in a unit's file that nobody waived."""
    if verdict.subject is None or verdict.subject.code != unit:
        return []
    return [finding for finding in verdict.open if finding.code == code]


def _at(found: list[Finding], code: str, unit: str, cell: str | None, field: str | None) -> list[Finding]:
    """The findings at the place that was named, or the only one. Raises UsageError, listing what there is."""
    findings = [one for one in found if _is_at(one, cell, one.place.cell) and _is_at(one, field, one.place.field)]
    if not findings:
        there = "；".join(_told(finding) for finding in found)
        here = f"{code} 报的是：{there}" if there else f"单位 {unit} 的表里 {code} 没有报问题，或者都登记过了"
        raise UsageError(f"没有登记：{here}。")
    if len(findings) > 1 and cell is None and field is None:
        there = "；".join(_told(finding) for finding in findings)
        raise UsageError(f"单位 {unit} 有 {len(findings)} 处 {code}：{there}。请用 --cell 写明是哪一处。")
    return findings


def _is_at(finding: Finding, wanted: str | None, spot: str | None) -> bool:
    """Whether a finding is at 工作表!格; a case does not matter."""
    return wanted is None or wanted.replace("！", "!").casefold() == f"{finding.place.sheet}!{spot}".casefold()


def _told(finding: Finding) -> str:
    place = "!".join(part for part in (finding.place.sheet, finding.place.cell) if part) or "整个文件"
    shown = "" if finding.shown is None else f"，现为“{finding.shown}”"
    return f"{finding.code} {place} {finding.message}{shown}"
