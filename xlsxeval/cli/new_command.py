"""``xlsxeval new``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from xlsxeval.campaign.files import file_name, write_new_files
from xlsxeval.campaign.folders import SENT
from xlsxeval.campaign.source import load_source
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import library
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import FILE_NAME
from xlsxeval.forms.library import Library
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.roster import campaign_lines, make_plan, roster_bytes, skeleton_text

_WAY_OUT = "请换一个目录。"


@click.command("new", epilog=CHECKED_EXIT_CODES)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--edition", help="表样版本（xlsxeval editions 可以列出）")
@click.option("--year", type=click.IntRange(2000, 2100), help="自评的年度（默认取版本名里的年份）")
@click.option("--from", "source", type=click.Path(path_type=Path), help="把这个任务（文件夹或文件）写成名册")
def command(directory: Path, edition: str | None, year: int | None, source: Path | None) -> None:
    """新建一个任务：在 DIRECTORY 里写一份 Excel 名册（名册.xlsx）和一份内容相当的 campaign.yaml，填其中一个就行。

    已有 campaign.yaml 的，用 --from 写成内容相同的名册，以后在 Excel 里改。

    \b
    例：xlsxeval new 自评2024 --edition hunan-2024
        xlsxeval new 自评2024名册 --from 自评2024
    """
    if (edition is None) == (source is None) or (source is not None and year is not None):
        raise UsageError("请用 --edition 写明表样版本，或用 --from 写明已有的任务（版本和年度照它的，不用再写）。")
    if source is not None:
        _convert(directory, source)
    else:
        assert edition is not None
        _begin(directory, edition, year)


def _begin(directory: Path, edition: str, year: int | None) -> None:
    templates = library()
    found = templates.edition(edition)
    if year is None:
        digits = "".join(char for char in found.id if char.isdigit())
        year = int(digits) if len(digits) == 4 else 2024
    campaign = file_name(directory.resolve().name)
    if not campaign.isascii() or not campaign.replace("-", "").replace("_", "").isalnum():
        campaign = f"{found.id}-campaign"
    task: dict[str, str | int | dt.date | None] = {
        "campaign": campaign,
        "edition": found.id,
        "year": year,
        "department": "某某市财政局",
        "deadline": dt.date(year + 1, 5, 31),
    }
    roster = roster_bytes(found, tuple(templates.editions()), task, _next(directory))
    text = skeleton_text(found, campaign, year, str(directory))
    files = {directory / FILE_NAME: text.encode("utf-8"), directory / ROSTER: roster}
    write_new_files(files, way_out=_WAY_OUT)
    say(f"写好了 {directory / ROSTER}（用 Excel 填）和 {directory / FILE_NAME}（用文本编辑器改），两个只用一个。")
    say(f"下一步：填上自己的单位、项目和指标，再运行 xlsxeval lint {directory} 检查。")


def _convert(directory: Path, source: Path) -> None:
    """Writes a campaign as a roster. Raises UsageError where a roster cannot say all of it."""
    templates: Library = library()
    campaign, edition = load_source(source, templates)
    lines = campaign_lines(campaign, edition, make_plan(edition))
    if lines.left_out:
        what = "".join(f"\n  {one}" for one in lines.left_out)
        raise UsageError(f"名册里写不了下面这些，没有写。请留着用 campaign.yaml，或先把它们删去：{what}")
    roster = roster_bytes(edition, tuple(templates.editions()), lines.task, _next(directory), lines.tables)
    write_new_files({directory / ROSTER: roster}, way_out=_WAY_OUT)
    say(f"写好了 {directory / ROSTER}：{len(campaign.units)} 个单位，与 {source} 说的一样。")
    if (directory / FILE_NAME).exists():
        say(f"{directory} 里还有 {FILE_NAME}：两个只能用一个，以后用名册的，请把它移走。")
    say(f"任务的密钥在原来文件夹的 .xlsxeval 里：已经下发过的，要连它一起搬。下一步：xlsxeval lint {directory} 检查。")


def _next(directory: Path) -> str:
    """What to run when the roster is filled in."""
    return f"xlsxeval generate {directory} -o {directory / SENT}"
