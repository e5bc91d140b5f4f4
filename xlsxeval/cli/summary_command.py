"""``xlsxeval summary``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES
from xlsxeval.cli.options import jobs_option, ledger_option, workspace_of
from xlsxeval.errors import UsageError
from xlsxeval.results.current import what_counts
from xlsxeval.results.summary import summary_of, write_summary
from xlsxeval.rollup.summary import SummaryStatus


@click.command("summary", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到哪个 .xlsx 文件"
)
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--date", "made", type=click.DateTime(["%Y-%m-%d"]), help="制表日期（默认今天）")
@jobs_option
@ledger_option
def command(
    campaign: Path,
    output: Path,
    sources: tuple[Path, ...],
    made: dt.datetime | None,
    jobs: int,
    address: str | None,
) -> None:
    """把收回的表汇总成一个工作簿：单位、项目、资金、指标、问题、考核各一页，公式是活的，带图表。

    收过表（collect）的任务按台账里各单位现行的表汇总，没有收过的按“收回”里的文件。

    已经有这个文件而内容不同的，原来的改名留着。

    例：xlsxeval summary 任务 -o 汇总.xlsx
    """
    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output} 不是 .xlsx 文件名。请写成 汇总.xlsx 这样的名字。")
    workspace = workspace_of(campaign, address)
    day = workspace.today if made is None else made.date()
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        counting = what_counts(workspace, sources, Path(place))
        if output.resolve() in {Path(one.source).resolve() for one in counting.files}:
            raise UsageError(f"{output} 是收回的表，不能写在上面。请给 -o 换一个文件名。")
        summary = summary_of(workspace, counting, day, jobs)
    write_summary(workspace, summary, output)
    click.echo(str(output))
    open_units = any(unit.status is SummaryStatus.ERRORS or unit.waits for unit in summary.units)
    sys.exit(int(open_units or summary.unread + summary.strange > 0))
