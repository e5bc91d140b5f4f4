"""``xlsxeval generate``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.campaign.folders import RETURNED
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option


@click.command("generate", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只生成这个单位（单位代码，可以写几次）")
@click.option("--split", is_flag=True, help="每个附件一个工作簿")
@click.option("--zip", "archive", is_flag=True, help="每个单位一个压缩包，里面有工作簿和一页填报通知（Word）")
@click.option(
    "--links",
    "portal",
    metavar="网址",
    help="通知里写上单位的上报链接（每次新做一个）：上报页面的网址，要与 --zip 同用",
)
@click.option("--force", is_flag=True, help="覆盖目录里已有的同名文件")
@click.option("--by", help="谁生成的，记入台账（默认：登录本机的用户名）")
@jobs_option
@ledger_option
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    split: bool,
    archive: bool,
    portal: str | None,
    force: bool,
    by: str | None,
    jobs: int,
    address: str | None,
) -> None:
    """按任务生成各单位的锁定工作簿，另写一份下发清单（CSV）；给谁生成了什么，记入台账。

    任务的密钥和撤销保护的密码在第一次生成时产生，放在任务文件夹的 .xlsxeval 里，请与任务一起备份，不要外传。

    例：xlsxeval generate samples/zhuzhou-2024 -o out
    """
    opened = campaign_of(campaign, address, by)
    sent = opened.generate(
        output, codes, split=split, archive=archive, force=force, jobs=jobs, portal=portal, **terminal()
    )
    for one in sent:
        click.echo(str(output / one.name))
    units = len({one.code for one in sent})
    say(
        f"生成了 {len(sent)} 个文件，{units} 个单位。下一步：发给各单位填写，收回的放进“{RETURNED}”，运行 xlsxeval run {campaign}。"
    )
