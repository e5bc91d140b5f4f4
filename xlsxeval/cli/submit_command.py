"""``xlsxeval submit``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, ledger_option
from xlsxeval.forms.public_keys import fingerprint


@click.command("submit", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个 .zip 文件（默认：任务的“结果”里）"
)
@click.option("--without-workbooks", is_flag=True, help="不附单位的原表：文件小，但上级不能由原表重算")
@click.option("--public-key", is_flag=True, help="只显示本任务的公钥和校验码，交给上级登记")
@click.option("--by", help="谁上报的（默认：登录本机的用户名）")
@jobs_option
@ledger_option
def command(
    campaign: Path,
    output: Path | None,
    without_workbooks: bool,
    public_key: bool,
    by: str | None,
    jobs: int,
    address: str | None,
) -> None:
    """上报：把任务里算数的表做成一个签了名的上报包，交给上一级收（collect）。

    包里有各单位的状态和数、合计、没有改的问题、登记的例外、单位的原表，以及收到的下级上报包。

    先用 --public-key 显示公钥，发给上级登记一次；以后每次上报只发上报包。

    例：xlsxeval submit 任务 -o 上报.zip
    """
    opened = campaign_of(campaign, address, by)
    if public_key:
        key = opened.public_key()
        click.echo(key)
        say(f"校验码 {fingerprint(key)}：上级收到公钥以后，打电话核对这 16 位。")
        return
    from xlsxeval.collection.level_text import totals_words

    handed = opened.submit(output, workbooks=not without_workbooks, jobs=jobs, **terminal())
    if handed.aside is not None:
        say(f"原来的上报包改名为 {handed.aside}")
    say(f"上报：{totals_words(handed.export.total)}")
    missing = sum(one.sha256 is None for one in handed.export.lower)
    if missing:
        say(f"有 {missing} 个下级还没有上报，没有算在内。")
    click.echo(str(handed.path))
    total = handed.export.total
    sys.exit(int(total.clean < total.returned))
