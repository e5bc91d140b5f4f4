"""``xlsxeval new``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.api import new_campaign, new_roster
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import templates
from xlsxeval.errors import UsageError


@click.command("new", epilog=CHECKED_EXIT_CODES)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--edition", help="表样版本（xlsxeval editions 可以列出）")
@click.option("--year", type=click.IntRange(2000, 2100), help="自评的年度（默认取版本名里的年份）")
@click.option("--from", "source", type=click.Path(path_type=Path), help="把这个任务（文件夹或文件）写成名册")
def command(directory: Path, edition: str | None, year: int | None, source: Path | None) -> None:
    """新建一个任务：在这个文件夹里写一份 Excel 名册（名册.xlsx）和一份内容相当的 campaign.yaml，填其中一个就行。

    已有 campaign.yaml 的，用 --from 写成内容相同的名册，以后在 Excel 里改。

    \b
    例：xlsxeval new 自评2024 --edition hunan-2024
        xlsxeval new 自评2024名册 --from 自评2024
    """
    advice = "在这个文件夹里运行 xlsxeval run ."
    if edition is not None and source is None:
        made = new_campaign(directory, edition, year, advice=advice, templates=templates())
        say(f"写好了 {made.roster}（用 Excel 填）和 {made.campaign}（用文本编辑器改），两个只用一个。")
        say(
            f"下一步：填上自己的单位、项目和指标，再运行 xlsxeval lint {directory} 检查，然后 xlsxeval run {directory}。"
        )
    elif edition is None and source is not None and year is None:
        made = new_roster(directory, source, advice=advice, templates=templates())
        say(f"写好了 {made.roster}：{made.units} 个单位，与 {source} 说的一样。")
        if made.campaign is not None:
            say(f"{directory} 里还有 {made.campaign.name}：两个只能用一个，以后用名册的，请把它移走。")
        say(
            f"任务的密钥在原来文件夹的 .xlsxeval 里：已经下发过的，要连它一起搬。下一步：xlsxeval lint {directory} 检查。"
        )
    else:
        raise UsageError("请用 --edition 写明表样版本，或用 --from 写明已有的任务（版本和年度照它的，不用再写）。")
