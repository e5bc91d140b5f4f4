"""``xlsxeval generate``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.campaigns import chosen_units, generate, layouts, library, open_campaign, workbook_name
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, write_new_files
from xlsxeval.forms.keys import campaign_keys


@click.command("generate", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只生成这个单位（单位代码，可以写几次）")
@click.option("--force", is_flag=True, help="覆盖目录里已有的同名文件")
def command(campaign: Path, output: Path, codes: tuple[str, ...], force: bool) -> None:
    """按任务生成各单位的锁定工作簿。

    任务的密钥和撤销保护的密码在第一次生成时产生，放在任务文件夹的 .xlsxeval 里，请与任务一起备份，不要外传。

    例：xlsxeval generate samples/zhuzhou-2024 -o out
    """
    templates = library()
    opened, edition = open_campaign(campaign, templates)
    plans = layouts(opened, chosen_units(opened, codes), edition)
    assert opened.directory is not None
    keys = campaign_keys(opened.directory)
    files = {output / workbook_name(layout): generate(layout, keys) for layout in plans}
    write_new_files(files, force=force)
    for path in files:
        click.echo(str(path))
    say(f"生成了 {len(files)} 个工作簿。下一步：发给各单位填写，收回后用 xlsxeval check 核对。")
