"""``xlsxeval generate``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from xlsxeval.campaign.storage import user
from xlsxeval.campaign.workbooks import chosen_units, library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say, write_file
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.file_kinds import MANIFEST
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import campaign_keys
from xlsxeval.results.distribution import Distributor, Sent, distribute, in_the_way, record_sent
from xlsxeval.workers.pool import jobs_option

_COLUMNS = ("单位代码", "单位名称", "文件", "SHA-256")


@click.command("generate", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只生成这个单位（单位代码，可以写几次）")
@click.option("--split", is_flag=True, help="每个附件一个工作簿")
@click.option("--zip", "archive", is_flag=True, help="每个单位一个压缩包，里面有工作簿和一页填报通知（Word）")
@click.option("--force", is_flag=True, help="覆盖目录里已有的同名文件")
@click.option("--by", help="谁生成的，记入台账（默认：登录本机的用户名）")
@jobs_option
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    split: bool,
    archive: bool,
    force: bool,
    by: str | None,
    jobs: int,
) -> None:
    """按任务生成各单位的锁定工作簿，另写一份下发清单（CSV）；给谁生成了什么，记入台账。

    任务的密钥和撤销保护的密码在第一次生成时产生，放在任务文件夹的 .xlsxeval 里，请与任务一起备份，不要外传。

    例：xlsxeval generate samples/zhuzhou-2024 -o out
    """
    templates = library()
    opened, edition = open_campaign(campaign, templates)
    units = chosen_units(opened, tuple(dict.fromkeys(codes)))
    there = [path for unit in units for path in in_the_way(opened, unit, output, split=split, archive=archive)]
    if there and not force:
        raise UsageError(_there(there))
    assert opened.directory is not None
    campaign_keys(opened.directory)

    def distributor(folder: Path) -> Distributor:
        return Distributor(templates.directory, campaign, folder, split=split, archive=archive)

    def record(sent: Sequence[Sent]) -> None:
        _record(opened, edition, sent, by)

    sent = distribute(distributor, [unit.code for unit in units], output, record, jobs=jobs, force=force)
    if not codes:
        write_file(output / f"{MANIFEST}.csv", _manifest(sent))
    for one in sent:
        click.echo(str(output / one.name))
    say(f"生成了 {len(sent)} 个文件，{len(units)} 个单位。下一步：发给各单位填写，收回后用 xlsxeval check 核对。")


def _there(paths: Sequence[Path]) -> str:
    names = "".join(f"\n  {path}" for path in paths)
    return (
        f"有 {len(paths)} 个文件已经存在，可能发出去过或有人填过，一个也没有生成：{names}\n"
        f"请换一个目录，或用 --unit 只生成还没有的单位，或确认后加 --force 覆盖。"
    )


def _record(campaign: Campaign, edition: Edition, sent: Sequence[Sent], by: str | None) -> None:
    """Writes into the ledger what was made; where that cannot be done the workbooks go out all the same."""
    try:
        record_sent(campaign, edition, sent, user(by), "generate")
    except (StorageError, UsageError) as error:
        say(f"注意：生成了什么没有记入台账：{error}")


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
