"""``xlsxeval report``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, ledger_option
from xlsxeval.errors import UsageError

if TYPE_CHECKING:
    from xlsxeval.results.reports import ReportOutcome

_NAMED = 10


@click.command("report", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的（单位代码，可以写几次）")
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--format", "style", type=click.Choice(["docx", "pdf"]), default="docx", help="Word 或 PDF")
@click.option("--charts", is_flag=True, help="最后加一页附图：各项目执行率、一级指标得分（公开的报告一般不加）")
@click.option("--consolidated", is_flag=True, help="写组织部门的汇总报告：全部单位的资金、项目、排名和共性问题")
@click.option("--draft", is_flag=True, help="写草稿：没有改的问题用批注标在正文和附件里；有错误也写，带水印")
@click.option("--force", is_flag=True, help="有错误没改也写，带水印（只供看样子，不能公开）")
@click.option("--by", help="谁写的，记入台账（默认：登录本机的用户名）")
@ledger_option
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    sources: tuple[Path, ...],
    style: str,
    charts: bool,
    consolidated: bool,
    draft: bool,
    force: bool,
    by: str | None,
    address: str | None,
) -> None:
    """用收回的工作簿写 Word 报告：数字取自表格，文字取自“报告正文”，附件照表画成 Word 表格。

    有错误没有改的单位不写报告，并说明是哪些错误；--draft 把问题标在草稿上，--force 可以先看样子。
    --consolidated 写一份汇总全部单位的报告。

    例：xlsxeval report 任务 --unit 430200101 -o 报告
    """
    opened = campaign_of(campaign, address, by)
    pdf = style == "pdf"
    if consolidated and (codes or draft or charts):
        raise UsageError("--consolidated 汇总全部单位，不能和 --unit、--draft、--charts 一起用。请留下一种。")
    if consolidated:
        written = opened.consolidated(output, sources, force=force, pdf=pdf, **terminal())
        _list(written)
        sys.exit(1 if written.held_back else 0)
    outcome = opened.report(output, codes, sources, force=force, draft=draft, pdf=pdf, charts=charts, **terminal())
    _list(outcome)
    _sum_up(outcome)
    sys.exit(1 if outcome.held_back or (codes and outcome.absent) else 0)


def _list(outcome: ReportOutcome) -> None:
    for path in outcome.written:
        click.echo(str(path))


def _sum_up(outcome: ReportOutcome) -> None:
    """Reports the totals at the end, when the lines on single units have scrolled away."""
    absent = outcome.absent
    counts = [f"写好 {len(outcome.written)} 个文件"]
    if outcome.held_back:
        counts.append(f"没有写 {len(outcome.held_back)} 份（原因见上）")
    if absent:
        names = "、".join(f"{unit.name}（{unit.code}）" for unit in absent[:_NAMED])
        counts.append(f"还没有报的单位 {len(absent)} 个：{names}{' 等' if len(absent) > _NAMED else ''}")
    say("，".join(counts) + "。")
