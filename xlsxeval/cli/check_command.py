"""``xlsxeval check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from xlsxeval.campaign.folders import split, workbook_paths
from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.cli.console import CHECKED_EXIT_CODES, emit_pieces, say, terminal
from xlsxeval.cli.options import jobs_option, library, now, scheduler_option, workspace_of
from xlsxeval.errors import UsageError
from xlsxeval.judging.judge import Conclusion, Judge, with_notes_told
from xlsxeval.judging.remote import is_address
from xlsxeval.judging.spool import Spool
from xlsxeval.output import OutputFormat, OutputSources, format_for, formats_in_words, output_formats
from xlsxeval.results.annotated import annotate, refuse_folder
from xlsxeval.results.output_files import refuse_foreign, write_output
from xlsxeval.rules.earlier import EarlierFile, compare
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import HERE, Hands, each, hands_of

_HELP = f"""核对收回的工作簿：锁定的内容有没有改、公式重算、勾稽关系、填报的值。

PATHS 可以是文件，也可以是文件夹（其中的 .xlsx 全部核对），还可以是对象存储的地址（s3://…）。收到的文件只读，不会改动。

在 Word 里改过的报告（.docx，要有 --campaign）也可以核对：附件、正文里的数与收回的表比。

{formats_in_words()}

例：xlsxeval check 收回/ --campaign 任务 -o 核对.html
"""
_FORMATS = list(output_formats())
_FAIL_ON = {"error": 3, "warning": 2, "never": 9}


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
@click.option("--fail-on", type=click.Choice(list(_FAIL_ON)), default="error", help="有哪一级的问题时退出码为 1")
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
    far = parquet is not None or scheduler is not None or any(map(is_address, paths))
    files = [] if far else workbook_paths(map(Path, paths))
    chosen = format_for(style, output)
    if output is not None:
        _refuse_output(output, chosen, files, force=force)
    if annotated is not None and far:
        raise UsageError(
            "--annotate 只用于本机核对本机的文件：不能与 --scheduler、--parquet 和 s3:// 这样的地址一起用。"
        )
    if annotated is not None:
        refuse_folder(annotated, map(Path, paths), files)
    workspace = None if campaign is None else workspace_of(campaign.absolute() if far else campaign)
    judge = Judge(library().directory, None) if workspace is None else Judge.of(workspace)
    listener = terminal()
    conclude = Conclusion(judge.context.campaign)  # faults are told before any file is read
    earlier = None if since is None else _earlier(since)
    books, documents = split(files)
    proofread = _proofreader(workspace, judge, unit) if documents else judge
    found = (
        _judge_far(paths, judge, hands_of(jobs, scheduler), parquet, listener)
        if far
        else judge_all(books, judge, jobs, listener)
    )
    with Spool[Verdict]() as judged:
        judged.extend(found)
        count = len(judged)
        judged.extend(each(proofread, documents, HERE))
        verdicts = conclude(judged, count)
        if earlier is not None:
            verdicts = compare(verdicts, earlier)
        _put(chosen.render(verdicts, OutputSources(judge.context.library, now().astimezone().date())), chosen, output)
        if annotated is not None:
            annotate(verdicts[:count], judge, annotated, jobs, listener)
        sys.exit(exit_code(verdicts, fail_on))


def judge_all(files: list[Path], judge: Judge, jobs: int, listener: Listener) -> Iterator[Verdict]:
    """The verdicts in the order of the files; several processes where that is asked for and worth it."""
    return with_notes_told(listener.counted(each(judge, files, jobs), len(files), "核对"), listener)


def _proofreader(workspace: Workspace | None, judge: Judge, unit: str | None) -> Callable[[Path], Verdict]:
    """What judges edited reports."""
    from xlsxeval.results.edited_reports import (
        Proofreader,  # what reads and writes Word documents only where there are some
    )

    return Proofreader(workspace, judge, unit)


def _judge_far(
    paths: Sequence[str], judge: Judge, hands: Hands, parquet: str | None, listener: Listener
) -> Iterator[Verdict]:
    """The verdicts on files that other machines judge, or that lie elsewhere, in their order."""
    from xlsxeval.judging.remote_files import judge_far  # fsspec and Parquet only where they are asked for

    count, verdicts = judge_far(paths, judge, hands, parquet)
    return with_notes_told(listener.counted(verdicts, count, "核对"), listener)


def _earlier(path: Path) -> list[EarlierFile]:
    """An earlier run. Raises UsageError where the file is not there or is none."""
    from xlsxeval.output.earlier import read_check_json  # pydantic's models only where they are needed

    if not path.is_file():
        raise UsageError(f"没有这个文件：{path}。--since 后面写上次 check --format json 写下的文件。")
    return read_check_json(path.read_bytes(), str(path))


def _refuse_output(output: Path, chosen: OutputFormat, files: list[Path], *, force: bool) -> None:
    """Raises UsageError, before any file is read, where the output would fall on a received file or a foreign one."""
    if output.resolve() in {file.resolve() for file in files}:
        raise UsageError(f"{output} 是要核对的文件，不能写在上面。请给 -o 换一个文件名。")
    refuse_foreign(output, chosen, force=force)


def _put(pieces: Iterable[str], chosen: OutputFormat, output: Path | None) -> None:
    if output is None:
        emit_pieces(pieces)
    else:
        write_output(output, pieces, chosen)
        say(f"核对结果写到 {output}")


def exit_code(verdicts: Iterable[Verdict], fail_on: str) -> int:
    """1 where a finding is at least as grave as asked, else 0."""
    worst = max((finding.severity.rank for verdict in verdicts for finding in verdict.open), default=0)
    return int(worst >= _FAIL_ON[fail_on])
