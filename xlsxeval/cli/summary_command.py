"""``xlsxeval summary``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option


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
    day = None if made is None else made.date()
    written = campaign_of(campaign, address).summary(output, sources, made=day, jobs=jobs, **terminal())
    click.echo(str(written.path))
    sys.exit(int(not written.is_clean))
