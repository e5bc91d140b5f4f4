"""``xlsxeval ledger``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit, say
from xlsxeval.cli.options import campaign_of, ledger_option
from xlsxeval.ledger.exports import FORMATS

if TYPE_CHECKING:
    from xlsxeval.ledger.history import Chapter

_CAMPAIGN = click.argument("path", metavar="任务", type=click.Path(path_type=Path))


@click.group("ledger", epilog=CHECKED_EXIT_CODES)
def command() -> None:
    """台账：发了什么、收到什么、查出什么、怎么定的，谁、什么时候。只追加，不改，不删。

    例：xlsxeval ledger history 任务 --unit 430200101    xlsxeval ledger export 任务 -o 台账
    """


@command.command("history", epilog=CHECKED_EXIT_CODES)
@_CAMPAIGN
@click.option("--unit", help="只看这个单位（代码）")
@ledger_option
def history(path: Path, unit: str | None, address: str | None) -> None:
    """按先后列出全部经过。

    例：xlsxeval ledger history 任务 --unit 430200101
    """
    told = [_text(chapter) for chapter in campaign_of(path, address).history(unit)]
    emit("\n".join(told or ["台账里还没有记录。"]) + "\n")


def _text(chapter: Chapter) -> str:
    action = chapter.action
    note = "  （时钟比上一次早，先后以编号为准）" if action.clock_back else ""
    head = f"{action.id}  {action.at.astimezone():%Y-%m-%d %H:%M:%S}  {action.who}@{action.host}  {action.what}{note}"
    return "\n".join([head, *(f"    {line}" for line in chapter.lines)])


@command.command("export", epilog=CHECKED_EXIT_CODES)
@_CAMPAIGN
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="写到哪个文件夹，一张表一个文件")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="csv", show_default=True, help="格式")
@click.option("--force", is_flag=True, help="覆盖上次导出的文件")
@ledger_option
def export(path: Path, output: Path, style: str, force: bool, address: str | None) -> None:
    """把台账导出给别的程序用：Excel 能开的 CSV，JSON，或 Parquet（要装 pyarrow）。

    例：xlsxeval ledger export 任务 -o 台账 --format csv
    """
    emit("\n".join(map(str, campaign_of(path, address).export_ledger(output, style, force=force))) + "\n")


@command.command("verify", epilog=CHECKED_EXIT_CODES)
@_CAMPAIGN
@ledger_option
def verify(path: Path, address: str | None) -> None:
    """核对台账和存档：台账的数据库没有坏，记着的每一份收到的文件都在存档里，一个字节也没有变，存档里也没有台账不知道的。

    例：xlsxeval ledger verify 任务
    """
    state = campaign_of(path, address).verify_archive()
    lines = [f"台账损坏：{fault}。请从备份恢复，不要删除重来" for fault in state.faults]
    lines += [f"损坏：{damaged}，内容与编号不符，请从备份恢复" for damaged in state.damaged]
    lines += [f"缺少：{place}（{receipt.source}），请从备份恢复" for receipt, place in state.missing]
    lines += [
        f"台账没有记：{place}。上次没有收完的，再运行一次 xlsxeval collect；收过还在的，台账不全，请从备份恢复"
        for place in state.unrecorded
    ]
    if state.is_whole:
        lines.append(f"台账和存档完好：收到的 {state.received} 份不同的文件都在。")
    lines += [f"注意：{place} 与台账里记的不同，下发以后有人改过" for place in state.changed]
    if state.uncollected:
        lines.append(f"注意：“收回”里有 {state.uncollected} 份还没有收进台账")
    emit("\n".join(lines) + "\n")
    sys.exit(int(not state.is_whole))


@command.command("begin", epilog=CHECKED_EXIT_CODES)
@_CAMPAIGN
@click.option("--by", help="谁定的（默认：登录本机的用户名）")
@ledger_option
def begin(path: Path, by: str | None, address: str | None) -> None:
    """另起台账：原来的丢了，又没有备份，才用。以前的经过都没有了；存档里的原件还在，把收到的表重新收一遍。

    例：xlsxeval ledger begin 任务
    """
    campaign_of(path, address, by).begin_ledger()
    say(f"另起了台账。下一步：把收到的表放进“收回”，运行 xlsxeval collect {path}。")


@command.command("unlock", epilog=CHECKED_EXIT_CODES)
@_CAMPAIGN
@ledger_option
def unlock(path: Path, address: str | None) -> None:
    """解除占用：确定占着台账的那次运行已经停了（例如那台计算机断了电），才用。

    例：xlsxeval ledger unlock 任务
    """
    say("已解除占用。" if campaign_of(path, address).unlock() else "没有运行占着台账。")
