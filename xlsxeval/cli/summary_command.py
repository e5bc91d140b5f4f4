"""``xlsxeval summary``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from xlsxeval.campaign.workbooks import library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, progress, say, set_aside, write_file
from xlsxeval.collection.lower_levels import lower_of
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion, Judge, UsesJudge
from xlsxeval.judging.units import FileGroup, Joiner
from xlsxeval.results.current import HeldFile, LeftOut, left_out_of, what_counts
from xlsxeval.rollup import (
    Figures,
    Return,
    Summary,
    SummaryDefinition,
    figures_of,
    load_definition,
    summarise,
    summary_bytes,
)
from xlsxeval.rollup.summary import SummaryStatus
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import each, jobs_option


@click.command("summary", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到哪个 .xlsx 文件"
)
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--date", "made", type=click.DateTime(["%Y-%m-%d"]), help="制表日期（默认今天）")
@jobs_option
def command(campaign: Path, output: Path, sources: tuple[Path, ...], made: dt.datetime | None, jobs: int) -> None:
    """把收回的表汇总成一个工作簿：单位、项目、资金、指标、问题、考核各一页，公式是活的，带图表。

    收过表（collect）的任务按台账里各单位现行的表汇总，没有收过的按“收回”里的文件。

    已经有这个文件而内容不同的，原来的改名留着。

    例：xlsxeval summary 任务 -o 汇总.xlsx
    """
    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output} 不是 .xlsx 文件名。请写成 汇总.xlsx 这样的名字。")
    templates = library()
    opened, edition = open_campaign(campaign, templates)
    day = (made or dt.datetime.now()).date()
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        held = what_counts(opened, sources, Path(place))
        if output.resolve() in {Path(one.source).resolve() for one in held}:
            raise UsageError(f"{output} 是收回的表，不能写在上面。请给 -o 换一个文件名。")
        left = LeftOut() if sources else left_out_of(opened)
        summary = summary_of(opened, edition, templates, campaign, held, day, jobs, left)
    write_summary(summary, output)
    click.echo(str(output))
    sys.exit(int(any(unit.status is SummaryStatus.ERRORS for unit in summary.units) or summary.unread > 0))


class Reader(UsesJudge):
    """Judges one file and takes out what a summary needs: little enough to travel from another process."""

    def __init__(self, judge: Judge, definition: SummaryDefinition) -> None:
        self.judge = judge
        self.definition = definition

    def __call__(self, path: Path) -> tuple[Verdict, Figures | None]:
        verdict, submission = self.judge.read(path)
        return verdict, None if submission is None else figures_of(submission, self.definition)

    def lost(self, path: Path, lost: Lost) -> tuple[Verdict, None]:
        return self.judge.lost(path, lost), None


def summary_of(
    campaign: Campaign,
    edition: Edition,
    templates: Library,
    source: Path,
    held: Sequence[HeldFile],
    made: dt.date,
    jobs: int = 1,
    left: LeftOut | None = None,
) -> Summary:
    """The summary of these files, judged together against the campaign at ``source``; ``left`` is what else came."""
    definition = load_definition(templates, edition)
    if definition is None:
        say(
            f"版本「{edition.id}」没有写汇总取哪些数（{templates.directory / 'summaries' / edition.id}.yaml），"
            "所以没有金额和得分；写法见 docs/forms.md。"
        )
        definition = SummaryDefinition()
    conclude = Conclusion(campaign)
    judge = Judge(templates.directory, source)
    reader = Reader(judge, definition)
    read = list(progress(each(reader, [one.path for one in held], jobs), len(held), "汇总"))
    verdicts = conclude([verdict for verdict, _ in read])
    told = [replace(verdict, path=one.source) for verdict, one in zip(verdicts, held, strict=True)]
    joiner, returns, days = Joiner(campaign, edition, judge, conclude), list[Return](), dict[str, dt.date]()
    for group in joiner.groups(told):
        parts = [told[number] for number in group.numbers]
        one = _together(joiner, group, parts, held, definition)
        alone = [Return(told[number], read[number][1]) for number in group.numbers]
        for back in alone if one is None else [one]:
            returns.append(back)
            days[back.verdict.path] = max(held[number].day for number in group.numbers)
    left = left or LeftOut()
    return summarise(returns, campaign, edition, definition, made, days, left.waiting, left.aside)


def _together(
    joiner: Joiner, group: FileGroup, parts: Sequence[Verdict], held: Sequence[HeldFile], definition: SummaryDefinition
) -> Return | None:
    """All parts of a unit as one return; None for what is no part, or does not fit together."""
    if group.whole is None:
        return None
    made = joiner.made(group.whole, [joiner.judge.read(held[number].path) for number in group.numbers])
    if made is None or made.submission is None:
        return None
    verdict, _ = joiner.told(group.whole, made.verdict, parts)
    return Return(verdict, figures_of(made.submission, definition))


def write_summary(summary: Summary, output: Path) -> None:
    """Writes the workbook, with what lower levels handed up by the ledger.

    People go on working in theirs: one that is there and differs is set aside, never lost.
    """
    summary = replace(summary, lower=lower_of(summary.campaign))
    content = summary_bytes(summary)
    aside = set_aside(output, content)
    if aside is not None:
        say(f"原来的汇总表改名为 {aside}")
    write_file(output, content)
    say_summary(summary)


def say_summary(summary: Summary) -> None:
    """What it is made of."""
    count = len(summary.units)
    absent = sum(unit.status is SummaryStatus.ABSENT for unit in summary.units)
    say(f"汇总：{count} 个单位，已报 {count - absent} 个，未报 {absent} 个")
