"""``xlsxeval run``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlsxeval.api import AUTO, OpenCampaign
from xlsxeval.board.steps import NextStep
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option
from xlsxeval.cli.words import wording

if TYPE_CHECKING:
    from xlsxeval.results.run import RunResult


@click.command("run", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="有错误没改的单位也写报告（只供看样子，不能公开）")
@click.option("--by", help="谁做的（默认：登录本机的用户名）")
@jobs_option
@ledger_option
def command(campaign: Path, force: bool, by: str | None, jobs: int, address: str | None) -> None:
    """把现在能做的都做完：生成没下发的表，收“收回”里的表，逐份核对，写标注版、汇总、看板和报告到“结果”。

    再运行一次，只做新的：没有变的不再核对，也不再写。

    例：xlsxeval run 任务
    """
    sys.exit(run(campaign_of(campaign, address, by), force=force, jobs=jobs))


def run(campaign: OpenCampaign, *, force: bool = False, jobs: int = AUTO) -> int:
    """Runs a campaign and reports the outcome; returns the exit code."""
    result = campaign.run(wording=wording(str(campaign.path)), force=force, jobs=jobs, **terminal())
    for path in result.reports.written:
        click.echo(str(path))
    if not result.is_news:
        say("没有新的：没有新收到的文件，任务、表样、例外和程序也都没有变，结果照旧。")
    if (told := _next(result)) is not None:
        say(told)
    return int(result.needs_somebody)


def _next(result: RunResult) -> str | None:
    match result.next:
        case NextStep.AWAIT:
            place = result.folder / RETURNED
            return f"收回：还没有。下一步：把“{SENT}”里的表发给各单位，收回的放进 {place}，再运行一次。"
        case NextStep.RETURN:
            return (
                f"还有错误没有改。下一步：把“{RESULTS}/{ANNOTATED}”里的标注版发回单位改正，新表放进“{RETURNED}”"
                "（可以替换旧表），再运行一次。"
            )
        case NextStep.SEE_TO:
            return "有的文件要人处理，见上。下一步：按提示处理，再运行一次。"
        case NextStep.SEE_TO_REPORTS:
            return f"有 {len(result.reports.held_back)} 份报告没有写，原因见上。下一步：按原因处理，再运行一次。"
        case NextStep.REMIND:
            return (
                f"收到的没有错误，还有 {len(result.collected.missing)} 个单位没有报齐。下一步：催报，"
                f"xlsxeval remind {result.folder} -o 催报；收回的放进“{RETURNED}”，再运行一次。"
            )
        case NextStep.NOTHING:
            return "全部单位都报齐了，没有错误。"
    return None
