"""``xlsxeval fill``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.campaign.files import write_new_files
from xlsxeval.campaign.filling import filled, open_our_workbook
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import library
from xlsxeval.errors import UsageError
from xlsxeval.layout.values_file import load_values


@click.command("fill", epilog=CHECKED_EXIT_CODES)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.argument("values", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到哪个文件")
@click.option("--force", is_flag=True, help="输出文件已经存在时覆盖它")
def command(workbook: Path, values: Path, output: Path, force: bool) -> None:
    """把 VALUES（YAML）里的值填进 WORKBOOK，另存为一个新文件。

    只能填单位填写的格子；锁定的格子、不认识的字段会逐一报出，什么都不写。

    例：xlsxeval fill 收到的表.xlsx 值.yaml -o 填好的表.xlsx
    """
    if output.resolve() == workbook.resolve():
        raise UsageError("输出文件不能就是原表。请用 -o 写一个新的文件名。")
    submission = open_our_workbook(workbook, library())
    typed = load_values(values, submission.layout)
    write_new_files({output: filled(workbook.read_bytes(), submission, typed)}, force=force)
    say(f"填了 {len(typed)} 格：{output}")
