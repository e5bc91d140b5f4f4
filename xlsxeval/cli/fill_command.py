"""``xlsxeval fill``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from xlsxeval.calc import Scalar
from xlsxeval.campaign.workbooks import library
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, write_new_files
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import Submission, open_returned
from xlsxeval.layout.values_file import load_values
from xlsxeval.model import Address
from xlsxeval.workbook import fill_workbook


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


def filled(data: bytes, submission: Submission, typed: Mapping[Address, Scalar]) -> bytes:
    """The workbook with values typed over what it holds already, everything computed again."""
    computed = submission.layout.compute({**submission.inputs, **typed})
    return fill_workbook(data, submission.layout, typed, computed)


def open_our_workbook(path: Path, templates: Library) -> Submission:
    """A workbook of ours. Raises UsageError with the reason where it is none or cannot be read."""
    if not path.exists():
        raise UsageError(f"没有这个文件：{path}。请检查路径和文件名。")
    returned = open_returned(path, Context(templates), Layouts())
    if returned.submission is None:
        reasons = "；".join(f"{fault.detail}（{fault.code}）" for fault in returned.faults)
        raise UsageError(f"{path}：{reasons}。可用 xlsxeval explain 编号 查看怎么办。")
    return returned.submission
