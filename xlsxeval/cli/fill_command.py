"""``xlsxeval fill``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.api import fill
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import templates


@click.command("fill", epilog=CHECKED_EXIT_CODES)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.argument("values", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到哪个文件")
@click.option("--force", is_flag=True, help="输出文件已经存在时覆盖它")
def command(workbook: Path, values: Path, output: Path, force: bool) -> None:
    """把值文件（YAML）里的值填进工作簿，另存为一个新文件。

    只能填单位填写的格子；锁定的格子、不认识的字段会逐一报出，什么都不写。

    例：xlsxeval fill 收到的表.xlsx 值.yaml -o 填好的表.xlsx
    """
    count = fill(workbook, values, output, force=force, templates=templates())
    say(f"填了 {count} 格：{output}")
