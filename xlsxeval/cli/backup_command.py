"""``xlsxeval backup``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import campaign_of, ledger_option


@click.command("backup", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="备份写成哪个文件")
@click.option("--by", help="谁备份的（默认：登录本机的用户名）")
@ledger_option
def command(campaign: Path, output: Path, by: str | None, address: str | None) -> None:
    """备份：把整个任务写成一个文件，有台账、存档、密钥、下发和收回的表、结果；写完再读一遍，逐字节核对。

    备份里有任务的密钥，要像密钥一样保管，不要外传；放在另一块盘上。用 xlsxeval restore 恢复。

    例：xlsxeval backup 任务 -o E:/备份/任务-0601.zip
    """
    made = campaign_of(campaign, address, by).back_up(output)
    emit(f"{made.path}\n")
    for name in made.left_out:
        say(f"没有备份（不是普通文件）：{name}")
    say(f"备份了 {made.files} 个文件，读回来核对过，一个字节不差。里面有任务的密钥，请妥善保管。")
