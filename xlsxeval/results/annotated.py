"""Annotated workbooks for ``check --annotate``: a new copy of each readable return with its findings, to send back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.files import file_name, set_aside, write_file
from xlsxeval.campaign.folders import searched
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.forms.keys import find_keys
from xlsxeval.intake.identity import FormOrigin
from xlsxeval.judging.judge import Judge, JudgedFile, UsesJudge
from xlsxeval.lazy import lazily
from xlsxeval.parcels import written_out
from xlsxeval.rules.verdict import Subject, Verdict
from xlsxeval.rules.waivers import apply_waivers
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import each

_MARK = "标注版"
_OURS = re.compile(rf"（{_MARK}(，第[0-9]+份)?）\.xlsx$")
_MOST_BYTES = 110
"""Bytes of a unit's code and name in a file name; with part, mark and suffix it stays below 255 bytes."""


@dataclass(frozen=True, slots=True)
class AnnotationTask:
    """A workbook to annotate, and the name of the file to write."""

    verdict: Verdict
    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """The written file in ``path``, the new name of the file it replaced in ``aside``; or the ``problem``."""

    path: Path | None = None
    aside: Path | None = None
    problem: str | None = None


class Annotator(UsesJudge):
    """Writes one annotated workbook after another into ``folder``. Its judge is small enough to send to workers."""

    def __init__(self, judge: Judge, folder: Path) -> None:
        self.judge = judge
        self.folder = folder

    def __call__(self, task: AnnotationTask) -> Done:
        from xlsxeval.judging.remarks import refilled, remarks  # XlsxWriter only where a workbook is written
        from xlsxeval.workbook import annotated_bytes, refilled_bytes

        verdict = task.verdict
        now = self.judge.read(Path(verdict.path))
        if now.submission is None or now.verdict.sha256 != verdict.sha256:
            return Done(problem=f"{verdict.path}：核对以后文件变了，没有写标注版。请再核对一次。")
        submission = now.submission
        if submission.identity.origin is FormOrigin.OTHER and submission.identity.seal_state != "verified":
            return Done(
                problem=f"{verdict.path}：程序排出的表样与下发时的不同，没有写标注版。请加 --campaign 指定任务。"
            )
        form = refilled(submission, self._password(), self.judge.context.key)
        again = self._waived(self.judge.read_bytes(task.name, refilled_bytes(form))) if verdict.findings else now
        told = remarks(verdict, now, again)
        content = annotated_bytes(form, written_out(Path(verdict.path).name), told)
        path = self.folder / task.name
        aside = set_aside(path, content)
        write_file(path, content)
        return Done(path, aside)

    def lost(self, task: AnnotationTask, lost: Lost) -> Done:
        return Done(problem=f"{task.verdict.path}：{lost.detail}，没有写标注版。")

    def _password(self) -> str:
        """The campaign's password; without a campaign it is empty: the copy is locked, but anyone can unlock it."""
        keys = find_keys(self._desk) if self._desk is not None else None
        return keys.password if keys else ""

    def _waived(self, again: JudgedFile) -> JudgedFile:
        """Applies the campaign's exceptions to the new form as well: they cover findings that show only there."""
        if self._desk is None:
            return again
        return JudgedFile(apply_waivers(again.verdict, load_register(self._desk).waived), again.submission)

    @property
    def _desk(self) -> Path | None:
        campaign = self.judge.context.campaign
        return campaign.directory if campaign is not None else None


def annotate(
    verdicts: Sequence[Verdict], judge: Judge, folder: Path, jobs: int = 1, listener: Listener = SILENT
) -> list[Path]:
    """Writes an annotated workbook for every readable file and reports it; existing files are set aside."""
    written = write_annotated(tasks(verdicts), judge, folder, jobs, listener)
    unread = [verdict.path for verdict in verdicts if verdict.subject is None]
    without = f"；{len(unread)} 份读不了，没有标注版：{'、'.join(unread)}" if unread else ""
    listener.tell(f"标注版：{len(written)} 份写到 {folder}{without}。")
    return written


def write_annotated(
    planned: Sequence[AnnotationTask], judge: Judge, folder: Path, jobs: int = 1, listener: Listener = SILENT
) -> list[Path]:
    """Writes the planned annotated workbooks; existing files are set aside."""
    written = []
    for done in listener.counted(each(Annotator(judge, folder), planned, jobs), len(planned), _MARK):
        tell_done(done, listener)
        if done.path is not None:
            written.append(done.path)
    return written


def tell_done(done: Done, listener: Listener) -> None:
    """Reports the file set aside for an annotated workbook, or the reason why it was not written."""
    if done.aside is not None:
        listener.tell(f"原来的标注版改名为 {done.aside}")
    if done.problem is not None:
        listener.tell(done.problem)


def tasks(verdicts: Sequence[Verdict]) -> Sequence[AnnotationTask]:
    """Plans the annotated workbooks under names that differ; a file given twice is annotated once."""
    named: dict[str, dict[str, tuple[str, int]]] = {}
    for place, verdict in enumerate(verdicts):
        if verdict.subject is not None:
            name = _name(verdict.subject)
            named.setdefault(name.casefold(), {}).setdefault(verdict.sha256, (name, place))
    planned = [
        (place, f"{name}（{_MARK}{f'，第{number}份' if len(files) > 1 else ''}）.xlsx")
        for files in named.values()
        for number, (name, place) in enumerate(files.values(), start=1)
    ]
    return lazily(planned, lambda _, plan: AnnotationTask(verdicts[plan[0]], plan[1]))


def retire(folder: Path, kept: Iterable[Path], listener: Listener = SILENT) -> None:
    """Sets aside annotated workbooks of an earlier run that no longer have open findings."""
    for path in sorted(set(folder.glob("*.xlsx")) - set(kept)):
        if _OURS.search(path.name):
            listener.tell(f"不再需要，原来的标注版改名为 {set_aside(path, b'')}")


def refuse_folder(folder: Path, paths: Iterable[Path], files: Iterable[Path]) -> None:
    """Raises UsageError where the copies would lie among the received files and be mistaken for them."""
    here = real(folder)
    among = here in {real(file).parent for file in files}
    if among or any(here.is_relative_to(real(searched(path))) for path in paths if path.is_dir()):
        raise UsageError(f"{folder} 里是收回的表，标注版不能写在里面。请给 --annotate 换一个文件夹。")


def _name(subject: Subject) -> str:
    """Name of a unit's file, such as ``430200101 某某局``, with a part's worksheet; never taken from a received file."""
    unit = file_name(f"{subject.code} {subject.name}").encode()[:_MOST_BYTES].decode(errors="ignore").strip()
    return f"{unit} {file_name(subject.part)}" if subject.part else unit
