"""``xlsxeval remind``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from xlsxeval.board import BoardLine, UnitStatus
from xlsxeval.board.lists import list_csv, list_text
from xlsxeval.board.mail import mail_bytes
from xlsxeval.board.notices import Enclosed, notice, open_units
from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.folders import RETURNED, SENT
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.cli.console import say
from xlsxeval.cli.options import jobs_option, ledger_option, library
from xlsxeval.errors import UsageError
from xlsxeval.output.characters import utf8
from xlsxeval.results.annotated_archived import mark
from xlsxeval.results.board import CampaignStanding, missing_files, standing_of
from xlsxeval.rules.catalogue import catalogue

LIST = "催报清单"
NOTICE = "催报通知"
_KINDS = (".txt", ".eml")


@click.command("remind", epilog="退出码：0 写好了，包括没有要催的（没有 1）；2 用法不对或程序内部错误。")
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的通知（单位代码，可以写几次）；清单总是全部单位")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="通知里请单位在哪一天前办好（默认写“尽快”）")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="当作今天的日期（默认：今天）")
@jobs_option
@ledger_option
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    until: dt.datetime | None,
    today: dt.datetime | None,
    jobs: int,
    address: str | None,
) -> None:
    """催报：写出催报清单，并给每个还有事要办的单位写一份通知（文字和可直接发送的邮件）。

    报了的附标注版，没报的附“下发”里的空白表。邮件不写收件人，打开以后填上再发。

    例：xlsxeval remind 任务 -o 催报 --until 2025-06-10
    """
    templates = library()
    standing = standing_of(campaign, templates, address, dt.date.today() if today is None else today.date(), jobs)
    _refuse_folder(standing, output)
    state = standing.state
    asked = {unit.code for unit in chosen_units(standing.campaign, codes)}
    units = [unit for unit in open_units(state.units) if unit.code in asked]
    enclosed = mark(standing, {unit.code: output / _folder(unit) for unit in units if unit.open}, jobs)
    titles = {code: page.title for code, page in catalogue(templates, [state.edition]).items()}
    for unit in units:
        blank = missing_files(standing.campaign, unit)
        files = [*enclosed.get(unit.code, ()), *blank]
        names = Enclosed(tuple(path.name for path in enclosed.get(unit.code, ())), tuple(path.name for path in blank))
        told = notice(state, unit, names, titles, None if until is None else until.date())
        folder = output / _folder(unit)
        _write(folder / f"{NOTICE}.txt", utf8("\ufeff" + told.text.replace("\n", "\r\n")))
        _write(folder / f"{NOTICE}.eml", mail_bytes(told, {path.name: path.read_bytes() for path in files}))
    _retire(output, {_folder(unit) for unit in open_units(state.units)})
    listed = sorted((unit for unit in state.units if unit.status is not UnitStatus.DONE), key=_order)
    paths = {unit.code: f"{_folder(unit)}/{NOTICE}.eml" for unit in open_units(state.units)}
    paths = {code: path for code, path in paths.items() if (output / path).is_file()}
    _write(output / f"{LIST}.txt", utf8("\ufeff" + list_text(state, listed).replace("\n", "\r\n")))
    _write(output / f"{LIST}.csv", list_csv(listed, paths))
    say(f"催报：{len(units)} 个单位的通知和清单写到 {output}")
    click.echo(str(output / f"{LIST}.txt"))
    sys.exit(0)


def _folder(unit: BoardLine) -> str:
    """The unit's own folder: from the campaign, never from a received file's name."""
    return file_name(f"{unit.code} {unit.name}".encode()[:110].decode(errors="ignore"))


def _order(unit: BoardLine) -> tuple[int, int, str]:
    """Most left to do first, then the latest."""
    return unit.status.rank, -unit.days_late, unit.code


def _write(path: Path, content: bytes) -> None:
    """Writes a file; another one that is there, which somebody may have changed, is kept under another name."""
    aside = set_aside(path, content)
    if aside is not None:
        say(f"原来的 {path.name} 改名为 {aside}")
    write_file(path, content)


def _retire(output: Path, kept: set[str]) -> None:
    """Renames notices of an earlier run to units that nothing is asked of any more: they must not be sent."""
    for kind in _KINDS:
        for path in sorted(output.glob(f"*/{NOTICE}{kind}")):
            if path.parent.name not in kept:
                say(f"已经没有要催的，原来的通知改名为 {set_aside(path, b'')}")


def _refuse_folder(standing: CampaignStanding, output: Path) -> None:
    """Raises UsageError where the workbooks would fall among those sent out or received, and be taken for them."""
    directory = standing.campaign.directory
    assert directory is not None
    if any(output.resolve().is_relative_to((directory / name).resolve()) for name in (SENT, RETURNED)):
        raise UsageError(f"{output} 在任务的“{SENT}”或“{RETURNED}”里，催报不能写在里面。请换一个文件夹。")
