"""``xlsxeval review``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, terminal
from xlsxeval.cli.options import campaign_of, ledger_option
from xlsxeval.ledger.records import ReviewState


@click.command("review", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.argument("unit")
@click.option(
    "--state",
    type=click.Choice([state.value for state in ReviewState]),
    required=True,
    help="passed 通过、returned 退回、pending 待核",
)
@click.option("--note", default="", help="备注，记在台账里")
@click.option("--by", help="谁审核的（默认：登录本机的用户名）")
@ledger_option
def command(campaign: Path, unit: str, state: str, note: str, by: str | None, address: str | None) -> None:
    """记下审核结果：一个单位的表通过、退回或待核，带备注。以后又收到算数的新表，回到待核。

    例：xlsxeval review 任务 430200101 --state passed --note 电话核实过
    """
    chosen = ReviewState(state)
    campaign_of(campaign, address, by).review(unit, chosen, note, **terminal())
    say(f"{unit} 记为{chosen.word}。")
