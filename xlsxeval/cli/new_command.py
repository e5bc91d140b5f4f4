"""``xlsxeval new``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from xlsxeval.cli.campaigns import library
from xlsxeval.cli.console import CHECKED_EXIT_CODES, file_name, say, write_new_files
from xlsxeval.cli.folders import SENT
from xlsxeval.forms.campaign import FILE_NAME
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.roster import roster_bytes, skeleton_text


@click.command("new", epilog=CHECKED_EXIT_CODES)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--edition", required=True, help="表样版本（xlsxeval editions 可以列出）")
@click.option("--year", type=click.IntRange(2000, 2100), help="自评的年度（默认取版本名里的年份）")
def command(directory: Path, edition: str, year: int | None) -> None:
    """新建一个任务：在 DIRECTORY 里写一份 Excel 名册（名册.xlsx）和一份内容相当的 campaign.yaml，填其中一个就行。

    例：xlsxeval new 自评2024 --edition hunan-2024
    """
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
    roster = roster_bytes(
        found, tuple(templates.editions()), task, f"xlsxeval generate {directory} -o {directory / SENT}"
    )
    text = skeleton_text(found, campaign, year, str(directory))
    files = {directory / FILE_NAME: text.encode("utf-8"), directory / ROSTER: roster}
    write_new_files(files, way_out="请换一个目录。")
    say(f"写好了 {directory / ROSTER}（用 Excel 填）和 {directory / FILE_NAME}（用文本编辑器改），两个只用一个。")
    say(f"下一步：填上自己的单位、项目和指标，再运行 xlsxeval lint {directory} 检查。")
