"""``xlsxeval run``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import jobs_option, user
from xlsxeval.collection.result import CollectResult
from xlsxeval.results.run import run_campaign


@click.command("run", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="有错误没改的单位也写报告（只供看样子，不能公开）")
@click.option("--by", help="谁做的（默认：登录本机的用户名）")
@jobs_option
def command(campaign: Path, force: bool, by: str | None, jobs: int) -> None:
    """把现在能做的都做完：生成没下发的表，收“收回”里的表，逐份核对，写标注版、汇总、看板和报告到“结果”。

    再运行一次，只做新的：没有变的不再核对，也不再写。

    例：xlsxeval run 任务
    """
    sys.exit(run_campaign(campaign, force=force, by=user(by), jobs=jobs))


def _next_steps(result: CollectResult, held_back: Sequence[str], folder: Path) -> int:
    """Says what to do next and returns the exit code."""
    if not (result.files or result.exports or result.unread) and len(result.missing) == len(result.units):
        say(f"收回：还没有。下一步：把“{SENT}”里的表发给各单位，收回的放进 {folder / RETURNED}，再运行一次。")
    elif any(one.errors for one in result.files):
        say(
            f"还有错误没有改。下一步：把“{RESULTS}/{ANNOTATED}”里的标注版发回单位改正，新表放进“{RETURNED}”"
            "（可以替换旧表），再运行一次。"
        )
    elif result.needs_somebody:
        say("有的文件要人处理，见上。下一步：按提示处理，再运行一次。")
    elif held_back:
        say(f"有 {len(held_back)} 份报告没有写，原因见上。下一步：按原因处理，再运行一次。")
    elif not result.missing:
        say("全部单位都报齐了，没有错误。")
    return int(result.needs_somebody or bool(held_back))
