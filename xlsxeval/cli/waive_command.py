"""``xlsxeval waive``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say, terminal
from xlsxeval.cli.options import campaign_of, ledger_option
from xlsxeval.collection.waivers import place_text
from xlsxeval.errors import UsageError
from xlsxeval.rules.waivers import Waived, WaiverRegister


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
@click.option("--withdraw", "withdrawn", type=int, metavar="编号", help="撤销一项例外（编号见 --list）")
@ledger_option
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
    withdrawn: int | None,
    address: str | None,
) -> None:
    """登记例外：一处问题查过了，属实，不用改。谁、为什么、哪一天都记在任务的“例外.jsonl”里，核对和报告都照它办。

    只对当时的值有效：单位又填了别的数，问题会再报出来。F、I、T 开头的规则不能登记例外。

    例：xlsxeval waive L104 --campaign 任务 --unit 430200101 --cell "附件2!G4" --reason 年中追加预算，有文件
    """
    opened = campaign_of(campaign, address, by)
    if listing:
        emit(_listed(opened.exceptions()))
        return
    if withdrawn is not None:
        opened.withdraw(withdrawn, **terminal())
        say(f"例外 {withdrawn} 已撤销，记录仍在。")
        return
    if not code or not unit or not reason or not reason.strip():
        raise UsageError("登记例外要写：规则编号、--unit 单位代码、--reason 理由。用 --list 列出登记过的。")
    for one in opened.waive(code, unit, reason, cell=cell, field=field, sources=sources, **terminal()):
        say(f"例外 {one.number}：{unit} {place_text(one.finding)}，记在 {one.path}")


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
