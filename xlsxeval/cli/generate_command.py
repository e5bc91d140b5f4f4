"""``xlsxeval generate``."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from xlsxeval.cli.campaigns import chosen_units, library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, progress, refuse_existing, say, write_file
from xlsxeval.cli.distribution import Distributor, Sent, in_the_way
from xlsxeval.cli.pool import each, jobs_option
from xlsxeval.errors import UsageError
from xlsxeval.forms.keys import campaign_keys

MANIFEST = "下发清单.csv"
_COLUMNS = ("单位代码", "单位名称", "文件", "SHA-256")


@click.command("generate", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只生成这个单位（单位代码，可以写几次）")
@click.option("--split", is_flag=True, help="每个附件一个工作簿")
@click.option("--zip", "archive", is_flag=True, help="每个单位一个压缩包，里面有工作簿和一页填报通知（Word）")
@click.option("--force", is_flag=True, help="覆盖目录里已有的同名文件")
@jobs_option
def command(
    campaign: Path, output: Path, codes: tuple[str, ...], split: bool, archive: bool, force: bool, jobs: int
) -> None:
    """按任务生成各单位的锁定工作簿，另写一份下发清单（CSV）。

    任务的密钥和撤销保护的密码在第一次生成时产生，放在任务文件夹的 .xlsxeval 里，请与任务一起备份，不要外传。

    例：xlsxeval generate samples/zhuzhou-2024 -o out
    """
    templates = library()
    opened, _ = open_campaign(campaign, templates)
    units = chosen_units(opened, tuple(dict.fromkeys(codes)))
    there = [path for unit in units for path in in_the_way(opened, unit, output, split=split, archive=archive)]
    if there and not force:
        raise UsageError(_there(there))
    assert opened.directory is not None
    campaign_keys(opened.directory)
    output.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=output, prefix=".xlsxeval-"))
    try:
        distributor = Distributor(templates.directory, campaign, staging, split=split, archive=archive)
        made = progress(each(distributor, [unit.code for unit in units], jobs), len(units), "生成")
        sent = [one for of_unit in made for one in of_unit]
        refuse_existing([output / one.name for one in sent], force=force)
        _move(staging, output, sent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    if not codes:
        write_file(output / MANIFEST, _manifest(sent))
    for one in sent:
        click.echo(str(output / one.name))
    say(f"生成了 {len(sent)} 个文件，{len(units)} 个单位。下一步：发给各单位填写，收回后用 xlsxeval check 核对。")


def _there(paths: Sequence[Path]) -> str:
    names = "".join(f"\n  {path}" for path in paths)
    return (
        f"有 {len(paths)} 个文件已经存在，可能发出去过或有人填过，一个也没有生成：{names}\n"
        f"请换一个目录，或用 --unit 只生成还没有的单位，或确认后加 --force 覆盖。"
    )


def _move(staging: Path, output: Path, sent: Iterable[Sent]) -> None:
    """Everything was made: now it takes its place."""
    for one in sent:
        (output / one.name).parent.mkdir(parents=True, exist_ok=True)
        (staging / one.name).replace(output / one.name)


def _manifest(sent: Iterable[Sent]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(sent))
    return text.getvalue().encode("utf-8-sig")  # with its mark, Excel reads it as UTF-8


def _rows(sent: Iterable[Sent]) -> Iterator[tuple[str, str, str, str]]:
    for one in sent:
        yield _as_text(one.code), _as_text(one.unit), one.name, one.sha256


def _as_text(value: str) -> str:
    """A value that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
