"""``xlsxeval collect``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlsxeval.api import OpenCampaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option, scheduler_option, tell_unready
from xlsxeval.cli.words import wording
from xlsxeval.errors import StorageError, UsageError

if TYPE_CHECKING:
    from xlsxeval.collection.result import CollectResult


@click.command("collect", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.argument("inboxes", type=click.Path(path_type=Path), nargs=-1)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option("--replace", is_flag=True, help="同一天收到同一张表的不同文件时，以后来的为准，不用选择")
@click.option("--choose", metavar="编号", help="选定哪一份算数：collect 列出的编号（1、2 …）；要写 --reason")
@click.option("--unit", help="--choose 的编号是哪个单位的（单位代码）；只有一处要选的，不用写")
@click.option("--part", metavar="工作表", help="--choose 的编号是哪张分表的，整份的写“整份”")
@click.option("--reason", help="为什么选这一份")
@click.option("--by", help="谁收的、谁选的（默认：登录本机的用户名）")
@click.option("--watch", is_flag=True, help="一直看着收件处，来一份收一份，直到按 Ctrl-C")
@click.option("--interval", type=click.FloatRange(1, 3600), default=10, show_default=True, help="--watch 隔几秒看一次")
@scheduler_option
@jobs_option
@ledger_option
def command(
    campaign: Path,
    inboxes: tuple[Path, ...],
    style: str,
    replace: bool,
    choose: str | None,
    unit: str | None,
    part: str | None,
    reason: str | None,
    by: str | None,
    watch: bool,
    interval: float,
    scheduler: str | None,
    jobs: int,
    address: str | None,
) -> None:
    """收表：把收到的文件存档、认出单位、分清版本、记入台账，并说出还缺哪些。

    收件夹可以是文件夹、工作簿、zip 压缩包、存下来的邮件（.eml）；不写就收任务里的“收回”。
    收到的文件只读，不移动、不改动；再运行一次，收过的不会重复计。

    例：xlsxeval collect 任务 ~/下载/收表.zip
    """
    opened = campaign_of(campaign if scheduler is None else campaign.absolute(), address, by)
    if choose is not None or reason is not None:
        _choose(opened, choose, reason, unit, part)
        return
    from xlsxeval.collection.json_form import collect_json
    from xlsxeval.collection.text import collect_text, fresh_lines

    def once() -> CollectResult:
        return opened.collect(*inboxes, replace=replace, jobs=jobs, scheduler=scheduler, **terminal())

    def tell(result: CollectResult) -> None:
        for line in fresh_lines(result):
            say(line)
        emit(collect_json(result) if style == "json" else collect_text(result, wording(str(campaign))))

    result = watched(once, tell, lambda: opened.look_at(*inboxes), interval) if watch else once()
    if not watch:
        tell(result)
    tell_unready(opened)
    sys.exit(int(result.needs_somebody))


def watched(
    once: Callable[[], CollectResult],
    tell: Callable[[CollectResult], None],
    seen: Callable[[], object],
    interval: float,
    sleep: Callable[[float], None] = time.sleep,
) -> CollectResult:
    """Collects whenever ``seen`` returns something new, until Ctrl-C, and reports each result; returns the last one.

    A full disk or another run is reported, and the collection is tried again later. Errors of the first collection are
    raised: they do not pass with time.
    """
    before = seen()
    last = once()
    tell(last)
    say(f"看着收件处，每 {interval:g} 秒一次；按 Ctrl-C 结束。")
    try:
        while True:
            sleep(interval)
            if (glimpse := seen()) == before and not last.unread:
                continue
            try:
                result = once()
            except StorageError as error:
                say(f"{error} 过一会儿再试。")
                continue
            before = glimpse
            if result.told_apart != last.told_apart:
                tell(result)
            last = result
    except KeyboardInterrupt:
        say("不再看了。")
    return last


def _choose(opened: OpenCampaign, number: str | None, reason: str | None, unit: str | None, part: str | None) -> None:
    if number is None or reason is None or not reason.strip():
        raise UsageError("选定一份要写：--choose 编号 --reason 理由。编号用 xlsxeval collect 列出。")
    chosen = opened.choose(number, reason.strip(), unit=unit, part=part, **terminal())
    where = f"「{chosen.part}」" if chosen.part else ""
    say(f"单位 {chosen.unit}{where}：选定第 {chosen.version} 版（{chosen.sha256[:8]}），记在台账里。")
