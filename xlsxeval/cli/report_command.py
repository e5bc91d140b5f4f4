"""``xlsxeval report``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from xlsxeval.cli.campaigns import chosen_units, library, open_campaign
from xlsxeval.cli.console import CHECKED_EXIT_CODES, file_name, say, set_aside, write_file
from xlsxeval.cli.folders import RETURNED
from xlsxeval.cli.judging import Conclusion, Judge, Judged, workbook_paths
from xlsxeval.errors import UsageError
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Severity
from xlsxeval.report import ReportError, report_bytes, to_pdf
from xlsxeval.rules.engine import Verdict


@click.command("report", epilog=CHECKED_EXIT_CODES)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录")
@click.option("--unit", "codes", multiple=True, help="只写这个单位的（单位代码，可以写几次）")
@click.option(
    "--from", "sources", type=click.Path(path_type=Path), multiple=True, help="收回的表（默认：任务里的“收回”）"
)
@click.option("--format", "style", type=click.Choice(["docx", "pdf"]), default="docx", help="Word 或 PDF")
@click.option("--force", is_flag=True, help="有错误没改也写（只供看样子，不能公开）")
def command(
    campaign: Path, output: Path, codes: tuple[str, ...], sources: tuple[Path, ...], style: str, force: bool
) -> None:
    """用收回的工作簿写 Word 报告：数字取自表格，文字取自“报告正文”，附件照表画成 Word 表格。

    有错误没有改的单位不写报告，并说明是哪些错误；--force 可以先看样子。

    例：xlsxeval report 任务 --unit 430200101 -o 报告
    """
    templates = library()
    opened, edition = open_campaign(campaign, templates)
    wanted = {unit.code for unit in chosen_units(opened, codes)}
    assert opened.directory is not None
    paths = workbook_paths(sources or [_returned(opened.directory)])
    judge = Judge(templates.directory, campaign)
    if edition.report is None:
        raise UsageError(f"版本「{edition.id}」没有报告模板。")
    template = templates.directory / "reports" / edition.report
    conclusion = Conclusion(opened)
    read = (judge.read(path) for path in paths)
    kept = [one if _concerns(one.verdict, wanted) else Judged(one.verdict, None) for one in read]
    judged = [one for one in conclusion.judged(kept) if _concerns(one.verdict, wanted)]
    held_back = write_reports(judged, template, output, force=force, pdf=style == "pdf")
    sys.exit(1 if held_back else 0)


def write_reports(
    judged: Sequence[Judged], template: Path, output: Path, *, force: bool = False, pdf: bool = False
) -> list[str]:
    """Writes a report for every submission; returns why some were held back, having said so.

    People edit reports in Word: one that is there already and differs is set aside under another name, never lost,
    and so is the draft where the final report comes, or the other way round.
    """
    held_back: list[str] = []
    units = [submission.unit.code for _, submission in judged if submission]
    for verdict, submission in judged:
        reason = _reason(verdict, units, force=force)
        if reason:
            held_back.append(reason)
            say(reason)
        elif submission is not None:
            path = output / report_name(submission, draft=_errors(verdict) > 0)
            try:
                content = report_bytes(submission, template)
            except ReportError as error:
                held_back.append(str(error))
                say(f"{verdict.path}：报告没有写成：{error}")
                continue
            for older in (path, output / report_name(submission, draft=_errors(verdict) == 0)):
                aside = set_aside(older, content)
                if aside is not None:
                    say(f"原来的报告改名为 {aside}")
            write_file(path, content)
            click.echo(str(path))
            if pdf:
                with tempfile.TemporaryDirectory() as folder:
                    made = to_pdf(path, Path(folder))
                    write_file(path.with_suffix(".pdf"), made.read_bytes())
                click.echo(str(path.with_suffix(".pdf")))
    return held_back


def report_name(submission: Submission, *, draft: bool) -> str:
    """``430200101 某某局 2024年度绩效自评报告.docx``, marked where errors are open."""
    year = submission.identity.seal.campaign.year
    mark = "（有错误未改，仅供内部查看）" if draft else ""
    return file_name(f"{submission.unit.code} {submission.unit.name} {year}年度绩效自评报告{mark}") + ".docx"


def _reason(verdict: Verdict, units: Sequence[str], *, force: bool) -> str | None:
    """Why no report is written, or None."""
    path, subject = verdict.path, verdict.subject
    if subject is None:
        return f"{path}：读不了，没有写报告（{'；'.join(finding.message for finding in verdict.findings)}）"
    if units.count(subject.code) > 1:
        return f"{path}：单位 {subject.code} 收到几份表，请用 --from 指定用哪一份"
    errors = _errors(verdict)
    if errors and not force:
        codes = "、".join(sorted({f.code for f in verdict.open if f.severity is Severity.ERROR}))
        return f"{path}：还有 {errors} 处错误没有改（{codes}），没有写报告；先看样子可以加 --force"
    return None


def _errors(verdict: Verdict) -> int:
    return sum(finding.severity is Severity.ERROR for finding in verdict.open)


def _concerns(verdict: Verdict, wanted: set[str]) -> bool:
    return verdict.subject is None or verdict.subject.code in wanted


def _returned(directory: Path) -> Path:
    folder = directory / RETURNED
    if not folder.is_dir():
        raise UsageError(f"没有收回的表：{folder}。请把收回的 .xlsx 放进这个文件夹，或用 --from 指定。")
    return folder
