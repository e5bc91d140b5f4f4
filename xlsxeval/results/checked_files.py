"""Checks files together, wherever they lie, without recording anything, and writes the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxeval.campaign.folders import passed_over, split, workbook_paths
from xlsxeval.campaign.listener import Listener
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion, Judge, with_notes_told
from xlsxeval.judging.lone_files import LoneFile, LoneFileJudge
from xlsxeval.judging.spool import Spool
from xlsxeval.output import OutputFormat, OutputSources, format_for
from xlsxeval.output.drawn_return import DrawnReturn
from xlsxeval.parcels import ARROW
from xlsxeval.results.annotated import annotate, refuse_folder
from xlsxeval.results.check_plan import CheckPlan
from xlsxeval.results.output_files import refuse_foreign, write_output
from xlsxeval.results.unpacked import unpacked
from xlsxeval.rules.earlier import EarlierFile, compare
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import HERE, each, hands_of

_NAMED = 3
"""Files that a message names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """Verdicts in the order of the files, Word reports last; they are read from disk as they are asked for.

    The first ``count`` of them are on workbooks.
    """

    verdicts: Sequence[Verdict]
    count: int
    plan: CheckPlan
    judge: Judge
    today: dt.date
    listener: Listener

    @property
    def _format(self) -> OutputFormat:
        return format_for(self.plan.style, self.plan.output)

    def pieces(self) -> Iterable[str]:
        """The result in the requested format, piece by piece."""
        sources = OutputSources(self.judge.context.library, self.today, self._drawn)
        return self._format.render(self.verdicts, sources)

    def _drawn(self, verdict: Verdict) -> DrawnReturn | None:
        from xlsxeval.results.drawn_returns import drawn_again  # with the ledger and what writes workbooks; pages only

        return drawn_again(verdict, self.judge)

    def write(self) -> None:
        """Writes the planned outputs: the result, whole or not at all, and the annotated copies."""
        if self.plan.output is not None:
            write_output(self.plan.output, self.pieces(), self._format)
            self.listener.tell(f"核对结果写到 {self.plan.output}")
        if self.plan.annotated is not None:
            lying = [one for one in self.verdicts[: self.count] if ARROW not in one.path]
            annotate(lying, self.judge, self.plan.annotated, self.plan.jobs, self.listener)
            if len(lying) < self.count:
                self.listener.tell(f"{self.count - len(lying)} 份在压缩包里，没有标注版。请先解压，再核对。")


@contextmanager
def checked_files(
    plan: CheckPlan, library: Library, workspace: Workspace | None, today: dt.date, listener: Listener
) -> Iterator[CheckedFiles]:
    """Judges the planned files, against a campaign if there is one. Verdicts can be read until the block ends.

    Before any file is read, raises UsageError for a path that does not exist, for an output that would overwrite a
    received or foreign file, and for options that exclude each other; DefinitionError for a damaged register of
    exceptions.
    """
    files = [] if plan.is_far else workbook_paths(map(Path, plan.paths))
    _refuse(plan, files)
    _tell_passed_over([] if plan.is_far else passed_over(map(Path, plan.paths)), listener)
    judge = Judge(library.directory, None) if workspace is None else Judge.of(workspace)
    conclude = Conclusion(judge.context.campaign)
    earlier = None if plan.since is None else _earlier(plan.since)
    books, documents = split(files)
    proofread = _proofreader(workspace, judge, plan.unit) if documents else judge
    with Spool[Verdict]() as judged, TemporaryDirectory(prefix="xlsxeval-") as place:
        if plan.is_far:
            judged.extend(_judge_far(plan, judge, listener))
        else:
            entries = list(unpacked(books, Path(place), today, listener))
            judged.extend(judge_all(entries, judge, plan.jobs, listener))
        count = len(judged)
        judged.extend(each(proofread, documents, HERE))
        verdicts = conclude(judged, count)
        if earlier is not None:
            verdicts = compare(verdicts, earlier)
        yield CheckedFiles(verdicts, count, plan, judge, today, listener)


def judge_all(entries: Sequence[LoneFile | Verdict], judge: Judge, jobs: int, listener: Listener) -> Iterator[Verdict]:
    """Verdicts in the order of the entries, judged by several processes where that is requested and worth it."""
    files = [one for one in entries if isinstance(one, LoneFile)]
    judged = listener.counted(each(LoneFileJudge(judge), files, jobs), len(files), "核对")
    return with_notes_told((one if isinstance(one, Verdict) else next(judged) for one in entries), listener)


def _tell_passed_over(files: Sequence[Path], listener: Listener) -> None:
    if files:
        names = "、".join(file.name for file in files[:_NAMED]) + ("等" if len(files) > _NAMED else "")
        listener.tell(f"另有 {len(files)} 个文件不是表，没有核对：{names}。邮件里的表，收表（collect）时会取出来。")


def _refuse(plan: CheckPlan, files: Sequence[Path]) -> None:
    if plan.output is not None:
        if real(plan.output) in {real(file) for file in files}:
            raise UsageError(f"{plan.output} 是要核对的文件，不能写在上面。请给 -o 换一个文件名。")
        refuse_foreign(plan.output, format_for(plan.style, plan.output), force=plan.force)
    if plan.annotated is not None:
        if plan.is_far:
            raise UsageError(
                "--annotate 只用于本机核对本机的文件：不能与 --scheduler、--parquet 和 s3:// 这样的地址一起用。"
            )
        refuse_folder(plan.annotated, map(Path, plan.paths), files)


def _proofreader(workspace: Workspace | None, judge: Judge, unit: str | None) -> Callable[[Path], Verdict]:
    """The function that judges edited reports."""
    from xlsxeval.results.edited_reports import Proofreader  # what reads Word documents only where there are some

    return Proofreader(workspace, judge, unit)


def _judge_far(plan: CheckPlan, judge: Judge, listener: Listener) -> Iterator[Verdict]:
    """Verdicts, in order, on files that other machines judge, or that lie elsewhere."""
    from xlsxeval.judging.remote_files import judge_far  # fsspec and Parquet only where they are asked for

    count, verdicts = judge_far(plan.paths, judge, hands_of(plan.jobs, plan.scheduler), plan.parquet)
    return with_notes_told(listener.counted(verdicts, count, "核对"), listener)


def _earlier(path: Path) -> list[EarlierFile]:
    """Reads an earlier check. Raises UsageError where the file does not exist or is none."""
    from xlsxeval.output.earlier import read_check_json  # pydantic's models only where they are needed

    if not path.is_file():
        raise UsageError(f"没有这个文件：{path}。--since 后面写上次 check --format json 写下的文件。")
    return read_check_json(path.read_bytes(), str(path))
