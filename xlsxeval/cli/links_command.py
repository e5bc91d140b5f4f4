"""``xlsxeval links``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, ledger_option
from xlsxeval.errors import UsageError


@click.command("links", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", metavar="任务", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="链接表写到哪里（.xlsx，带二维码）")
@click.option("--url", help="单位打开上报页面的网址，与 serve --url 相同")
@click.option("--unit", "units", multiple=True, help="只给这个单位（代码），可以写几次")
@click.option("--renew", is_flag=True, help="旧链接同时作废")
@click.option("--revoke", is_flag=True, help="只收回链接，不做新的；不写 --unit 就是全部")
@click.option("--by", help="谁办的（默认：登录本机的用户名）")
@ledger_option
def command(
    campaign: Path,
    output: Path | None,
    url: str | None,
    units: tuple[str, ...],
    renew: bool,
    revoke: bool,
    by: str | None,
    address: str | None,
) -> None:
    """单位的上报链接：给单位做新链接，写成一张表（带二维码）；或收回。链接只在这张表里，服务器只留摘要。

    例：xlsxeval links 自评2024 -o 上报链接.xlsx --url https://jixiao.example.gov.cn
    """
    opened = campaign_of(campaign, address, by)
    if revoke:
        codes = units or [unit.code for unit in opened.campaign.units]
        say(f"收回了 {opened.revoke_links(codes)} 个链接。")
        return
    if output is None or not url:
        raise UsageError("请用 -o 写明链接表写到哪里，用 --url 写明上报页面的网址。")
    if output.exists():
        raise UsageError(f"{output} 已经存在。请换一个文件名：里面的链接还有用，不能覆盖。")
    opened.link_list([], url)  # a wrong address is told before any link is made
    made = opened.make_links(units, renew=renew, **terminal())
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(opened.link_list(made, url))
    say(f"{len(made)} 个链接写在 {output}。请一个单位发一个，整张表收好，不要外传。")
