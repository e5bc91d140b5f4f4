"""``xlsxeval check``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlsxeval.api import check_files
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit_pieces, terminal
from xlsxeval.cli.options import campaign_of, jobs_option, now, scheduler_option, templates
from xlsxeval.output import formats_in_words, output_formats
from xlsxeval.results.check_plan import CheckPlan

if TYPE_CHECKING:
    from xlsxeval.rules.verdict import Verdict

_HELP = f"""核对收回的工作簿：锁定的内容有没有改、公式重算、勾稽关系、填报的值。

文件可以是文件，也可以是文件夹（其中的 .xlsx 全部核对），还可以是对象存储的地址（s3://…）。收到的文件只读，不会改动。

在 Word 里改过的报告（.docx，要有 --campaign）也可以核对：附件、正文里的数与收回的表比。

{formats_in_words()}

例：xlsxeval check 收回/ --campaign 任务 -o 核对.html
"""
_FORMATS = list(output_formats())
FAIL_ON = {"error": 3, "warning": 2, "never": 9}


@click.command("check", help=_HELP, epilog=CHECKED_EXIT_CODES)
@click.argument("paths", nargs=-1, required=True)
@click.option("--campaign", type=click.Path(path_type=Path), help="任务文件夹：核验印章，并确认是这次任务的表")
@click.option("--unit", "unit", help="Word 报告是哪个单位的（单位代码）；报告自己认得出单位，一般不用写")
@click.option(
    "--format", "style", type=click.Choice(_FORMATS), help=f"输出格式（默认看 -o 的后缀，没有就是 {_FORMATS[0]}）"
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件（默认写到屏幕）")
@click.option("--force", is_flag=True, help="-o 的文件不是以前的核对结果，也覆盖")
@click.option(
    "--since", type=click.Path(path_type=Path, dir_okay=False), help="与上次的 json 结果比：新出现、还在、改好的"
)
@click.option(
    "--annotate",
    "annotated",
    type=click.Path(path_type=Path, file_okay=False),
    help="另给每份表写一个标注版，放在这个文件夹：标出问题，单位改好可以直接发回",
)
@click.option("--fail-on", type=click.Choice(list(FAIL_ON)), default="error", help="有哪一级的问题时退出码为 1")
@click.option("--parquet", metavar="文件夹|地址", help="另把每份表的结果写成 Parquet；再运行只核对还没有结果的")
@scheduler_option
@jobs_option
def command(
    paths: tuple[str, ...],
    campaign: Path | None,
    unit: str | None,
    style: str | None,
    output: Path | None,
    force: bool,
    since: Path | None,
    annotated: Path | None,
    fail_on: str,
    parquet: str | None,
    scheduler: str | None,
    jobs: int,
) -> None:
    """Checks files and folders, writes the result and exits with its code."""
    plan = CheckPlan(paths, unit, since, output, style, force, annotated, parquet, scheduler, jobs)
    if campaign is None:
        checking = check_files(plan, today=now().astimezone().date(), templates=templates(), **terminal())
    else:
        opened = campaign_of(campaign.absolute() if plan.is_far else campaign)
        checking = opened.check_files(plan, **terminal())
    with checking as checked:
        if output is None:
            emit_pieces(checked.pieces())
        checked.write()
        sys.exit(exit_code(checked.verdicts, fail_on))


def exit_code(verdicts: Iterable[Verdict], fail_on: str) -> int:
    """Exit code of a check: 1 where a finding is at least as severe as asked, else 0."""
    worst = max((finding.severity.rank for verdict in verdicts for finding in verdict.open), default=0)
    return int(worst >= FAIL_ON[fail_on])
