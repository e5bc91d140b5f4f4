"""``xlsxeval status``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from xlsxeval.board.json_form import status_json
from xlsxeval.board.text import text
from xlsxeval.cli.console import emit, say, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option, tell_unready
from xlsxeval.cli.words import wording


@click.command("status", epilog="退出码：0 看到了进度，不管齐没齐（没有 1）；2 用法不对或程序内部错误。")
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出格式（默认 text）")
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="另写一个看板网页到这个文件")
@click.option("--force", is_flag=True, help="--html 的文件不是以前的看板，也覆盖")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="当作今天的日期（默认：今天）")
@jobs_option
@ledger_option
def command(
    campaign: Path,
    style: str,
    page: Path | None,
    force: bool,
    today: dt.datetime | None,
    jobs: int,
    address: str | None,
) -> None:
    """看进度：谁报了、齐不齐、有没有错误、逾期几天，每张表到哪一步；下一步做什么。

    有台账的看台账；没有台账的，核对“收回”里的表得出。看板网页一个文件就能看，能排序、筛选、打印，点开单位看问题。

    例：xlsxeval status 任务 --html 看板.html
    """
    opened, words = campaign_of(campaign, address), wording(str(campaign))
    day = None if today is None else today.date()
    if page is not None:
        state = opened.board(page, day, wording=words, force=force, jobs=jobs, **terminal()).state
    else:
        state = opened.status(day, figures=style == "json", jobs=jobs, **terminal())
    emit(status_json(state) if style == "json" else text(state, words))
    if page is not None:
        say(f"看板写到 {page}")
    tell_unready(opened)
    sys.exit(0)
