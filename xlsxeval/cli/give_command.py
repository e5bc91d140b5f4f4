"""``xlsxeval give``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import campaign_of


@click.command("give", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.argument("export", type=click.Path(path_type=Path))
@click.option(
    "--mapping", type=click.Path(path_type=Path, dir_okay=False), help="列的对照（默认：任务文件夹里的 对照.yaml）"
)
@click.option("--draft", is_flag=True, help="先照这份导出的列起草一份 对照.yaml")
@click.option("--dry-run", is_flag=True, help="只看对上多少，不写名册")
def command(campaign: Path, export: Path, mapping: Path | None, draft: bool, dry_run: bool) -> None:
    """把其他系统导出的 EXPORT（.xlsx）里的数按对照写进任务的名册：批复的指标、上年数、预算数。

    对照做一次，以后一直用。单位、项目要和名册里的名字完全一样才取；对不上的逐行列出来，不猜。旧的名册改名留着。

    例：xlsxeval give 某某市2025 一体化导出.xlsx
    """
    opened = campaign_of(campaign)
    if draft:
        path, known = opened.draft_mapping(export)
        say(f"写好了 {path}：认出 {known} 列。请打开看一遍，补上别的列，再运行一次（不带 --draft）。")
        return
    given = opened.give(export, mapping, write=not dry_run, advice="填好以后运行 xlsxeval lint 检查")
    report = given.report
    lines = [f"读了 {report.lines} 行" + (f"，另有 {report.subtotals} 行合计没有读" if report.subtotals else "") + "。"]
    lines += [f"  取了 {count} 个：{column}" for column, count in report.taken.items()]
    for title, told in (
        ("对不上的", report.unmatched),
        ("读不懂的", report.unreadable),
        ("有两种说法的", report.differing),
        ("任务里有、导出里没有的", report.without),
    ):
        if told:
            lines += [f"{title}（{len(told)}）：", *(f"  {one}" for one in told)]
    emit("\n".join(lines))
    if given.roster is not None:
        aside = f"，原来的改名为 {given.aside.name}" if given.aside else ""
        say(f"写好了 {given.roster}{aside}。")
    else:
        say("没有写名册。")
