"""``xlsxeval restore``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.api import restore
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say


@click.command("restore", epilog=CHECKED_EXIT_CODES)
@click.argument("backup", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="文件夹里有东西也恢复；原来的改名留着")
def command(backup: Path, folder: Path, force: bool) -> None:
    """恢复：把 xlsxeval backup 写的备份恢复到一个文件夹，先逐字节核对，不对的一个文件也不写。可以在另一台计算机上恢复。

    例：xlsxeval restore E:/备份/任务-0601.zip 任务
    """
    done = restore(backup, folder, force=force)
    emit(f"{done.folder}\n")
    if done.aside is not None:
        say(f"原来的文件夹改名为 {done.aside}")
    say(f"恢复了 {done.files} 个文件。下一步：xlsxeval ledger verify {done.folder} 核对，再照常运行。")
