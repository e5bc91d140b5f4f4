"""``xlsxeval dismiss``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, ledger_option


@click.command("dismiss", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.argument("files", metavar="编号…", nargs=-1, required=True)
@click.option("--reason", required=True, help="为什么不用管")
@click.option("--by", help="谁定的（默认：登录本机的用户名）")
@ledger_option
def command(campaign: Path, files: tuple[str, ...], reason: str, by: str | None, address: str | None) -> None:
    """放到一边：搁置的文件看过了、不用管的，记下谁、为什么；原件仍在存档里，不再列为要处理的。

    编号是 collect 在“搁置”里列出的，也可以写文件的来处。

    例：xlsxeval dismiss 任务 12 --reason 是单位的说明，不是表
    """
    opened = campaign_of(campaign, address, by)
    for file in files:
        receipt = opened.dismiss(file, reason, **terminal())
        say(f"{receipt.source}：放到一边，理由记在台账里。")
