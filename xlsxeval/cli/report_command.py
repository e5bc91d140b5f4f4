"""``xlsxeval report``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from xlsxeval.campaign.folders import RETURNED
from xlsxeval.campaign.storage import has_ledger, open_ledger, user
from xlsxeval.campaign.workbooks import chosen_units, library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, progress, say
from xlsxeval.errors import StorageError, UsageError
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.judging.judge import Conclusion, Judge, JudgedFile
from xlsxeval.judging.units import Joiner
from xlsxeval.report.pdf import office_program
from xlsxeval.results.current import HeldFile, what_counts
from xlsxeval.results.reports import WrittenReports, write_reports
from xlsxeval.rules.verdict import Verdict

_NAMED = 10


@click.command("report", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的（单位代码，可以写几次）")
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--format", "style", type=click.Choice(["docx", "pdf"]), default="docx", help="Word 或 PDF")
@click.option("--charts", is_flag=True, help="最后加一页附图：各项目执行率、一级指标得分（公开的报告一般不加）")
@click.option("--consolidated", is_flag=True, help="写组织部门的汇总报告：全部单位的资金、项目、排名和共性问题")
@click.option("--draft", is_flag=True, help="写草稿：没有改的问题用批注标在正文和附件里；有错误也写，带水印")
@click.option("--force", is_flag=True, help="有错误没改也写，带水印（只供看样子，不能公开）")
@click.option("--by", help="谁写的，记入台账（默认：登录本机的用户名）")
def command(
    campaign: Path,
    output: Path,
    codes: tuple[str, ...],
    sources: tuple[Path, ...],
    style: str,
    charts: bool,
    consolidated: bool,
    draft: bool,
    force: bool,
    by: str | None,
) -> None:
    """用收回的工作簿写 Word 报告：数字取自表格，文字取自“报告正文”，附件照表画成 Word 表格。

    有错误没有改的单位不写报告，并说明是哪些错误；--draft 把问题标在草稿上，--force 可以先看样子。
    --consolidated 写一份汇总全部单位的报告。

    例：xlsxeval report 任务 --unit 430200101 -o 报告
    """
    templates = library()
    opened, edition = open_campaign(campaign, templates)
    units = chosen_units(opened, codes)
    wanted = {unit.code for unit in units}
    assert opened.directory is not None
    if style == "pdf":
        office_program()
    if consolidated and (codes or draft or charts):
        raise UsageError("--consolidated 汇总全部单位，不能和 --unit、--draft、--charts 一起用。")
    with TemporaryDirectory(prefix="xlsxeval-") as place:
        held = _came(opened, sources, Path(place))
        if consolidated:
            from xlsxeval.results.consolidated import write_consolidated

            today, pdf = dt.date.today(), style == "pdf"
            written = write_consolidated(
                opened, edition, templates, campaign, held, output, today=today, force=force, pdf=pdf
            )
            sys.exit(1 if written.held_back else 0)
        if edition.report is None:
            raise UsageError(f"版本「{edition.id}」没有报告模板。")
        template = templates.directory / "reports" / edition.report
        judge, conclusion = Judge(templates.directory, campaign), Conclusion(opened)
        read = progress((one.told(judge.read(one.path)) for one in held), len(held), "核对")
        kept = [one if _concerns(one.verdict, wanted) else JudgedFile(one.verdict, None) for one in read]
        judged = [one for one in conclusion.judged(kept) if _concerns(one.verdict, wanted)]
        joined = Joiner(opened, edition, judge, conclusion).join(judged)
    day = dt.date.today() if draft else None
    pdf, note = style == "pdf", _note(opened, by)
    outcome = write_reports(joined, template, output, force=force, draft=day, pdf=pdf, charts=charts, note=note)
    absent = _absent(units, judged)
    _sum_up(outcome, absent)
    sys.exit(1 if outcome.held_back or (codes and absent) else 0)


def _note(campaign: Campaign, by: str | None) -> Callable[[Verdict, Path], None]:
    """Notes each report in the ledger where the campaign has one; a report is no less written where that fails."""
    folder = campaign.directory
    if folder is None or not has_ledger(campaign, None):
        return lambda verdict, path: None

    def note(verdict: Verdict, path: Path) -> None:
        from xlsxeval.results.report_notes import note_report  # SQLAlchemy only where there is a ledger

        try:
            with open_ledger(campaign) as ledger:
                note_report(ledger, folder, verdict, path, by=user(by), what="report")
        except (StorageError, UsageError) as error:
            say(f"注意：这份报告没有记入台账：{error}")

    return note


def _sum_up(outcome: WrittenReports, absent: Sequence[Unit]) -> None:
    """What became of all of them, last: of many units the single lines have gone by."""
    counts = [f"写好 {len(outcome.written)} 个文件"]
    if outcome.held_back:
        counts.append(f"没有写 {len(outcome.held_back)} 份（原因见上）")
    if absent:
        names = "、".join(f"{unit.name}（{unit.code}）" for unit in absent[:_NAMED])
        counts.append(f"还没有报的单位 {len(absent)} 个：{names}{' 等' if len(absent) > _NAMED else ''}")
    say("，".join(counts) + "。")


def _absent(units: Sequence[Unit], judged: Sequence[JudgedFile]) -> list[Unit]:
    came = {verdict.subject.code for verdict, _ in judged if verdict.subject is not None}
    return [unit for unit in units if unit.code not in came]


def _concerns(verdict: Verdict, wanted: set[str]) -> bool:
    return verdict.subject is None or verdict.subject.code in wanted


def _came(campaign: Campaign, sources: tuple[Path, ...], place: Path) -> list[HeldFile]:
    """The files to report on. Raises UsageError where there is none."""
    held = what_counts(campaign, sources, place)
    if not held:
        assert campaign.directory is not None
        folder = campaign.directory / RETURNED
        raise UsageError(f"没有收回的表：{folder}。请把收回的 .xlsx 放进这个文件夹，或用 --from 指定。")
    return held
