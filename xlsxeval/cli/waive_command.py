"""``xlsxeval waive``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from xlsxeval.campaign.exceptions import append, load_register
from xlsxeval.campaign.workbooks import chosen_units, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import library, user
from xlsxeval.collection.waivers import _at, _mirror, _of, _told, _verdicts
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.forms.settings import FIRM_FAMILIES
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.model import Waiver
from xlsxeval.rules.catalogue import catalogue
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
