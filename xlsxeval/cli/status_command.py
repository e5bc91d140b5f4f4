"""``xlsxeval status``."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import click

from xlsxeval.board.json_form import status_json
from xlsxeval.board.text import text
from xlsxeval.campaign.files import write_file
from xlsxeval.cli.console import emit, say
from xlsxeval.cli.options import jobs_option, ledger_option, workspace_of
from xlsxeval.cli.words import wording
from xlsxeval.errors import UsageError
from xlsxeval.output.characters import utf8
from xlsxeval.resources import page_templates
from xlsxeval.results.board import standing_of, with_figures

_EARLIER = re.compile(r'<!DOCTYPE html>[^\0]{0,900}<meta name="generator" content="xlsxeval [^"]*看板">')


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
    if page is not None:
        _refuse_foreign(page, force=force)
    workspace = workspace_of(campaign, address)
    standing = standing_of(workspace, None if today is None else today.date(), jobs)
    state = standing.state
    if page is not None or style == "json":
        state = with_figures(standing, jobs)
    emit(status_json(state) if style == "json" else text(state, wording(str(campaign))))
    if page is not None:
        from xlsxeval.board.page import board_html  # Jinja only where a page is written
        from xlsxeval.rules.catalogue import catalogue

        pages = catalogue(workspace.library, [state.edition])
        folder = page_templates(workspace.library.directory)
        write_file(page, utf8(board_html(state, folder, wording(str(campaign)), pages)))
        say(f"看板写到 {page}")
    sys.exit(0)


def _refuse_foreign(page: Path, *, force: bool) -> None:
    """Raises UsageError where a file is there that is no earlier board: nobody's work is written over."""
    if force or not page.exists():
        return
    with page.open("rb") as file:
        begins = file.read(4096).decode("utf-8", "replace")
    if not _EARLIER.match(begins):
        raise UsageError(f"{page} 已经存在，不是以前写的看板，没有覆盖。请换一个文件名，或确认后加 --force。")
