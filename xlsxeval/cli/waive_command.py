"""``xlsxeval waive``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from xlsxeval.campaign.exceptions import append, load_register, mirror
from xlsxeval.campaign.folders import RETURNED, tables_in
from xlsxeval.campaign.storage import has_ledger, now, open_ledger, user
from xlsxeval.campaign.workbooks import chosen_units, library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import FIRM_FAMILIES
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.judging.judge import Conclusion, Judge, workbook_paths
from xlsxeval.model import Finding, Waiver
from xlsxeval.rules.catalogue import catalogue
from xlsxeval.rules.verdict import Verdict
from xlsxeval.rules.waivers import Waived, WaiverRegister, Withdrawn, is_waivable, waiver_of


@click.command("waive", epilog=CHECKED_EXIT_CODES)
@click.argument("code", required=False)
@click.option("--campaign", type=click.Path(path_type=Path), required=True, help="任务文件夹")
@click.option("--unit", help="单位代码")
@click.option("--cell", help="问题在哪一格，例如 附件2!G4")
@click.option("--field", help="问题在哪个字段，例如 附件2!funds.rate")
@click.option("--reason", help="为什么可以不改")
@click.option("--by", help="谁同意的（默认：登录本机的用户名）")
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="单位报来的表（默认：任务里的“收回”）"
)
@click.option("--list", "listing", is_flag=True, help="列出登记过的例外")
@click.option("--withdraw", type=int, metavar="编号", help="撤销一项例外（编号见 --list）")
def command(
    code: str | None,
    campaign: Path,
    unit: str | None,
    cell: str | None,
    field: str | None,
    reason: str | None,
    by: str | None,
    sources: tuple[Path, ...],
    listing: bool,
    withdraw: int | None,
) -> None:
    """登记例外：一处问题查过了，属实，不用改。谁、为什么、哪一天都记在任务的“例外.jsonl”里，核对和报告都照它办。

    只对当时的值有效：单位又填了别的数，问题会再报出来。F、I、T 开头的规则不能登记例外。

    例：xlsxeval waive L104 --campaign 任务 --unit 430200101 --cell "附件2!G4" --reason 年中追加预算，有文件
    """
    templates = library()
    opened, _ = open_campaign(campaign, templates)
    assert opened.directory is not None
    register = load_register(opened.directory)
    if listing:
        emit(_listed(register))
        return
    today = dt.date.today().isoformat()
    who = user(by)
    if withdraw is not None:
        if withdraw not in {line.id for line in register.waived}:
            raise UsageError(f"没有编号 {withdraw} 的例外，或者已经撤销。用 --list 列出全部。")
        append(opened.directory, Withdrawn(id=withdraw, date=today, by=who))
        _mirror(opened, who)
        say(f"例外 {withdraw} 已撤销，记录仍在。")
        return
    code, unit, reason = _wanted(code, unit, reason, templates)
    chosen_units(opened, (unit,))
    verdicts = _verdicts(campaign, opened, templates, sources)
    found = [finding for verdict in verdicts for finding in _of(verdict, unit, code)]
    findings = _at(found, code, unit, cell, field)
    for number, finding in enumerate(findings, start=register.next_id):
        path = append(opened.directory, waiver_of(finding, unit, number, Waiver(who, reason, today)))
        say(f"例外 {number}：{unit} {_told(finding)}，记在 {path}")
    _mirror(opened, who)


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


def _wanted(code: str | None, unit: str | None, reason: str | None, templates: Library) -> tuple[str, str, str]:
    """What an exception cannot do without. Raises UsageError where it is missing, unknown or not to be waived."""
    if not code or not unit or not reason or not reason.strip():
        raise UsageError("登记例外要写：规则编号、--unit 单位代码、--reason 理由。用 --list 列出登记过的。")
    code = code.upper()
    pages = catalogue(templates)
    if code not in pages:
        raise UsageError(f"没有「{code}」这条规则{suggestion(code, pages)}")
    if not is_waivable(code):
        raise UsageError(
            f"{code} 不能登记例外：它说的是{FIRM_FAMILIES[code[0]]}，别的核对都以它为准。请单位在发给它的原表上重新填报。"
        )
    return code, unit, reason.strip()


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


def _listed(register: WaiverRegister) -> str:
    gone = register.withdrawn
    lines = [_line(line) for line in register.lines if isinstance(line, Waived) and line.id not in gone]
    lines += [
        f"{_line(line)}\n    已撤销：{gone[line.id].by}，{gone[line.id].date}"
        for line in register.lines
        if isinstance(line, Waived) and line.id in gone
    ]
    return "\n".join(lines or ["没有登记过例外。"]) + "\n"


def _line(line: Waived) -> str:
    place = "!".join(part for part in (line.sheet, line.cell) if part) or "整个文件"
    shown = "" if line.shown is None else f"，现为“{line.shown}”"
    about = f"{line.id}  {line.unit} {line.code} {place} {line.message}{shown}"
    return f"{about}\n    {line.by}，{line.date}，理由：{line.reason}"
