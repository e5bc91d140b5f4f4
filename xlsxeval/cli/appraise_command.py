"""``xlsxeval appraise``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, ledger_option

if TYPE_CHECKING:
    from xlsxeval.forms.campaign import Unit
    from xlsxeval.rubric import RubricItem


@click.command("appraise", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的（单位代码，可以写几次）")
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), help="这些表是哪一天收到的（默认：各个文件自己的日期）")
@ledger_option
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    sources: tuple[Path, ...],
    received: dt.datetime | None,
    address: str | None,
) -> None:
    """起草考核评分表：每个单位一份，能由收回的表定的分写上原因，要人评的留空并标明。

    例：xlsxeval appraise 任务 -o 考核
    """
    opened = campaign_of(campaign, address)
    day = None if received is None else received.date()
    for one in opened.appraise(output, codes, sources, received=day, **terminal()):
        if one.aside is not None:
            say(f"原来的评分表改名为 {one.aside}")
        click.echo(str(one.path))
        _tell(one.unit, one.items)
    sys.exit(0)


def _tell(unit: Unit, items: Sequence[RubricItem]) -> None:
    known = sum(part.points for item in items for part in item.parts if part.points is not None)
    most = sum(part.most for item in items for part in item.parts if part.points is not None)
    left = sum(part.most for item in items for part in item.parts if part.points is None)
    say(f"{unit.name}（{unit.code}）：已评 {known:g} 分（满分 {most:g} 分），还有 {left:g} 分要人评")
