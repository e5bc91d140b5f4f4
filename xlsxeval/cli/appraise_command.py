"""``xlsxeval appraise``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.workbooks import chosen_units, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, say
from xlsxeval.cli.options import library
from xlsxeval.forms.campaign import Unit
from xlsxeval.forms.keys import campaign_keys
from xlsxeval.judging.judge import Conclusion, Judge
from xlsxeval.judging.units import Joiner
from xlsxeval.layout.placing import build_layout
from xlsxeval.results.current import what_counts
from xlsxeval.results.rubrics import _arrival, _rubric, rubric_workbook
from xlsxeval.rubric import Evidence, RubricItem, draft


@click.command("appraise", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的（单位代码，可以写几次）")
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), help="这些表是哪一天收到的（默认：各个文件自己的日期）")
def command(
    campaign: Path, output: Path, codes: tuple[str, ...], sources: tuple[Path, ...], received: dt.datetime | None
) -> None:
    """起草考核评分表：每个单位一份，能由收回的表定的分写上原因，要人评的留空并标明。

    例：xlsxeval appraise 任务 -o 考核
    """
    templates = library()
    opened, edition = open_campaign(campaign, templates)
    form = _rubric(edition)
    units = chosen_units(opened, codes)
    judge = Judge(templates.directory, campaign)
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        held = what_counts(opened, sources, Path(place))
        conclude = Conclusion(opened)
        judged = conclude.judged([one.told(judge.read(one.path)) for one in held])
        joined = Joiner(opened, edition, judge, conclude).join(judged)
    days = {one.source: one.day for one in held}
    keys = campaign_keys(opened.directory) if opened.directory else None
    for unit in units:
        came = [one.verdict for one in judged if one.verdict.subject and one.verdict.subject.code == unit.code]
        of_unit = [one for one in joined if one.verdict.subject and one.verdict.subject.code == unit.code]
        evidence = Evidence(
            build_layout(opened, unit, edition, shapes=judge.shapes),
            [one.submission for one in of_unit if one.submission],
            [finding for one in of_unit for finding in one.verdict.open],
            _arrival([days[verdict.path] for verdict in came], received),
        )
        items = draft(form, evidence)
        content = rubric_workbook(
            opened, unit, edition, form, items, keys.key if keys else b"", keys.password if keys else ""
        )
        path = output / f"{file_name(f'{unit.code} {unit.name} {opened.year}年度{form.sheet}')}.xlsx"
        aside = set_aside(path, content)
        if aside is not None:
            say(f"原来的评分表改名为 {aside}")
        write_file(path, content)
        click.echo(str(path))
        _tell(unit, items)
    sys.exit(0)


def _tell(unit: Unit, items: Sequence[RubricItem]) -> None:
    known = sum(part.points for item in items for part in item.parts if part.points is not None)
    most = sum(part.most for item in items for part in item.parts if part.points is not None)
    left = sum(part.most for item in items for part in item.parts if part.points is None)
    say(f"{unit.name}（{unit.code}）：已评 {known:g} 分（满分 {most:g} 分），还有 {left:g} 分要人评")
