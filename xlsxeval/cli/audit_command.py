"""``xlsxeval audit``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval.api import audit_files
from xlsxeval.cli.check_command import FAIL_ON, exit_code
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit_pieces, say, terminal
from xlsxeval.cli.options import jobs_option, now, templates
from xlsxeval.output import formats_in_words, output_formats
from xlsxeval.results.audit_plan import AuditPlan

_HELP = f"""核对别处做的绩效自评报告：表里的算术、两张表之间、正文与表之间对不对得上。

文件 是公开的报告：Word（.docx）、网页（.html）、Excel（.xlsx）、带文字的 PDF（要装 'xlsxeval[pdf]'）；也可以是文件夹。
不用任务、不用印章、不用表样：程序自己认出哪个数是什么。没有看准的表不核对，并且说明；没有问题不等于都核对过。

{formats_in_words()}

例：xlsxeval audit 公开的报告/ -o 核对.html --summary 汇总.csv
"""
_FORMATS = list(output_formats())


@click.command("audit", help=_HELP, epilog=CHECKED_EXIT_CODES)
@click.argument("paths", nargs=-1, required=True)
@click.option("--edition", help="另按这个版本的参数查（分值、封顶、等级）；不写就不查各地的规定")
@click.option(
    "--format", "style", type=click.Choice(_FORMATS), help=f"输出格式（默认看 -o 的后缀，没有就是 {_FORMATS[0]}）"
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件（默认写到屏幕）")
@click.option("--summary", type=click.Path(path_type=Path, dir_okay=False), help="另写一张汇总表（.csv）：一份报告一行")
@click.option("--force", is_flag=True, help="输出文件已经存在时覆盖它")
@click.option("--fail-on", type=click.Choice(list(FAIL_ON)), default="error", help="有哪一级的问题时退出码为 1")
@jobs_option
def command(
    paths: tuple[str, ...],
    edition: str | None,
    style: str | None,
    output: Path | None,
    summary: Path | None,
    force: bool,
    fail_on: str,
    jobs: int,
) -> None:
    """Audits files and folders, writes the result and exits with its code."""
    plan = AuditPlan(paths, edition, output, style, force, summary, jobs)
    with audit_files(plan, today=now().astimezone().date(), templates=templates(), **terminal()) as audited:
        if output is None:
            emit_pieces(audited.pieces())
        audited.write()
        if len(audited.reports) > 1:
            tables = [table for report in audited.reports for table in report.tables]
            judged = sum(table.judged for table in tables)
            say(f"{len(audited.reports)} 份报告，认出 {len(tables)} 张自评表，核对了 {judged} 张。")
        sys.exit(exit_code(audited.verdicts, fail_on))
