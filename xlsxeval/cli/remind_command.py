"""``xlsxeval remind``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from xlsxeval.cli.console import say, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option


@click.command("remind", epilog="退出码：0 写好了，包括没有要催的（没有 1）；2 用法不对或程序内部错误。")
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的通知（单位代码，可以写几次）；清单总是全部单位")
@click.option("--links", "portal", metavar="网址", help="通知里写上单位的上报链接（每次新做一个）：上报页面的网址")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="通知里请单位在哪一天前办好（默认写“尽快”）")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="当作今天的日期（默认：今天）")
@jobs_option
@ledger_option
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    portal: str | None,
    until: dt.datetime | None,
    today: dt.datetime | None,
    jobs: int,
    address: str | None,
) -> None:
    """催报：写出催报清单，并给每个还有事要办的单位写一份通知（文字和可直接发送的邮件）。

    报了的附标注版，没报的附“下发”里的空白表。邮件不写收件人，打开以后填上再发。

    例：xlsxeval remind 任务 -o 催报 --until 2025-06-10
    """
    opened = campaign_of(campaign, address)
    day, end = (None if moment is None else moment.date() for moment in (today, until))
    written = opened.remind(output, codes, today=day, until=end, jobs=jobs, portal=portal, **terminal())
    say(f"催报：{written.units} 个单位的通知和清单写到 {output}")
    click.echo(str(written.list))
    sys.exit(0)
