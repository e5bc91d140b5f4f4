"""Judges single files for any caller, from any thread, without recording anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from xlsxeval.campaign.glimpses import Glimpse, definition_glimpse
from xlsxeval.forms.library import Library
from xlsxeval.judging.judge import Conclusion, Judge, UsesJudge
from xlsxeval.judging.lost import lost_file, lost_verdict
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost
from xlsxeval.workers.pool import HERE, each

if TYPE_CHECKING:
    from xlsxeval.judging.front import Front


@dataclass(frozen=True, slots=True)
class LoneFile:
    """A file, as a path or as bytes, and its name in the verdict."""

    source: bytes | Path
    name: str


class LoneFileJudge(UsesJudge):
    """Judges one single file after another, in this process or another."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, file: LoneFile) -> Verdict:
        return verdict_on(file, self.judge)

    def lost(self, file: LoneFile, lost: Lost) -> Verdict:
        return lost_on(file, lost, self.judge)


def verdict_on(file: LoneFile, judge: Judge) -> Verdict:
    """The verdict on a single file."""
    if isinstance(file.source, bytes):
        return judge.read_bytes(file.name, file.source).verdict
    return replace(judge(file.source), path=file.name)


def lost_on(file: LoneFile, lost: Lost, judge: Judge) -> Verdict:
    """The verdict on a single file whose judging did not finish."""
    if isinstance(file.source, bytes):
        return lost_verdict(file.name, hashlib.sha256(file.source).hexdigest(), len(file.source), lost)
    return replace(lost_file(file.source, lost, judge.limits), path=file.name)


class StandingJudge:
    """Judges single files by their seals. Templates are read once, and again when they change."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._known: tuple[Glimpse, LoneFileJudge] | None = None

    def check(self, file: LoneFile, library: Library, front: Front | None = None) -> Verdict:
        """The verdict on a file, made in a process of ``front``, else in this process, one file at a time."""
        with self._one_at_a_time:
            work = self._work(library)
            found = None if front is not None else next(each(work, [file], HERE))
        if front is not None:
            found = front.judge(work, file)
        assert found is not None
        (told,) = Conclusion(None)([found])
        return told

    def judge_by(self, library: Library) -> Judge:
        """The judge that judges by these templates as they are now."""
        with self._one_at_a_time:
            return self._work(library).judge

    def _work(self, library: Library) -> LoneFileJudge:
        seen = definition_glimpse(None, library.directory)
        if self._known is None or self._known[0] != seen or self._known[1].judge.templates != library.directory:
            self._known = seen, LoneFileJudge(Judge(library.directory, None))
        return self._known[1]
