"""Judges files at any address on any machine, and keeps the verdicts as Parquet where all machines see them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from xlsxeval.campaign.folders import workbook_paths
from xlsxeval.intake.files import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import Returned
from xlsxeval.judging.judge import Judge, UsesJudge
from xlsxeval.judging.lost import is_lost, lost_verdict
from xlsxeval.judging.remote import RemoteFolder, listed, local_path, read
from xlsxeval.judging.spool import Spool
from xlsxeval.output.parquet import SUFFIX, tables_of, verdicts_of
from xlsxeval.rules.engine import judge as judged
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import Lost
from xlsxeval.workers.far import Traits
from xlsxeval.workers.pool import Hands, each
from xlsxeval.workers.runs import runs_of

_FILES, _FINDINGS = "files", "findings"


class FarJudge(UsesJudge):
    """Judges a file by its address or absolute path. With ``results`` it keeps the verdicts of each run of files there."""

    def __init__(self, judge: Judge, results: RemoteFolder | None = None) -> None:
        self.judge = judge
        self.results = results
        self._traits: Traits | None = None

    def __getstate__(self) -> tuple[Judge, RemoteFolder | None]:
        """The state for another machine, which has traits of its own."""
        return self.judge, self.results

    def __setstate__(self, state: tuple[Judge, RemoteFolder | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def traits(self) -> Traits:
        if self._traits is None:
            self._traits = self.judge.traits()
        return self._traits

    def __call__(self, where: str) -> Verdict:
        path = local_path(where)
        if path is not None:
            return replace(self.judge(path), path=where)
        try:
            data = read(where, self.judge.limits)
        except Rejected as error:
            return judged(Returned(where, "", 0, (error.fault,)))
        return self.judge.read_bytes(where, data).verdict

    def lost(self, where: str, lost: Lost) -> Verdict:
        """The verdict on a file whose judging did not finish."""
        return lost_verdict(where, self._digest(where), 0, lost)

    def kept(self, places: Sequence[str]) -> list[Verdict] | None:
        """Kept verdicts on a run of files with the same contents; None where there are none, or a judging did not finish."""
        if self.results is None:
            return None
        name = self._name(zip(places, map(self._digest, places), strict=True))
        files, findings = (self.results.get(f"{table}/{name}") for table in (_FILES, _FINDINGS))
        if files is None or findings is None:
            return None
        verdicts = verdicts_of(files, findings)
        if any(map(is_lost, verdicts)):
            return None
        return [replace(verdict, path=where) for verdict, where in zip(verdicts, places, strict=True)]

    def keep(self, places: Sequence[str], results: Sequence[Verdict | Lost]) -> None:
        """Keeps the verdicts of a run. Equal files give an equal name and equal bytes, on any machine and any number of times."""
        verdicts = [
            self.lost(where, one) if isinstance(one, Lost) else one for where, one in zip(places, results, strict=True)
        ]
        if self.results is not None:
            self._put(self._name_of(verdicts), verdicts)

    def complete(self, verdicts: Iterable[Verdict], places: Sequence[str]) -> None:
        """Writes the verdicts that are not kept yet, then removes those on earlier contents."""
        if self.results is None:
            return
        rest = iter(verdicts)
        wanted = set()
        for run in runs_of(places):
            here = list(islice(rest, len(run)))
            name = self._name_of(here)
            wanted.add(name)
            if self.results.get(f"{_FILES}/{name}") is None:
                self._put(name, here)
        for table in (_FILES, _FINDINGS):
            old = sorted(set(self.results.names(table)) - wanted)
            self.results.remove(f"{table}/{name}" for name in old if _is_ours(name))

    def _put(self, name: str, verdicts: Sequence[Verdict]) -> None:
        """Writes the findings before the files: where the files of a run are kept, so are their findings."""
        assert self.results is not None
        files, findings = tables_of(verdicts)
        self.results.put(f"{_FINDINGS}/{name}", findings)
        self.results.put(f"{_FILES}/{name}", files)

    def _name_of(self, verdicts: Iterable[Verdict]) -> str:
        return self._name((verdict.path, verdict.sha256) for verdict in verdicts)

    def _name(self, contents: Iterable[tuple[str, str]]) -> str:
        """Name of a run, made from its files and from everything that their verdicts depend on."""
        told = json.dumps([sorted(self.traits().items()), list(contents)])
        return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}{SUFFIX}"

    def _digest(self, where: str) -> str:
        """SHA-256 of a file's bytes; empty where they cannot be read."""
        path = local_path(where)
        try:
            data = read(where, self.judge.limits) if path is None else read_file(path, self.judge.limits)
        except Rejected:
            return ""
        return hashlib.sha256(data).hexdigest()


def judge_far(paths: Sequence[str], judge: Judge, hands: Hands, results: str | None) -> tuple[int, Iterator[Verdict]]:
    """Number of files at these paths and addresses, and their verdicts in order, under the names given for them.

    ``hands`` are the workers; they must see the same files at the same places. ``results`` is the folder for Parquet.
    Raises UsageError; ClusterError where the cluster is lost: verdicts kept until then serve the next run.
    """
    named = dict(name_and_place(paths))
    work = FarJudge(judge, None if results is None else RemoteFolder(results))
    return len(named), _judged(work, named, hands)


def _judged(work: FarJudge, named: Mapping[str, str], hands: Hands) -> Iterator[Verdict]:
    places = list(named)
    with Spool[Verdict]() as verdicts:
        for verdict in _here(work, places, hands) if isinstance(hands, int) else each(work, places, hands):
            verdicts.append(verdict)
            yield replace(verdict, path=named[verdict.path])
        work.complete(verdicts, places)


def _here(work: FarJudge, places: Sequence[str], jobs: int) -> Iterator[Verdict]:
    """Judges in processes of this machine. A run whose verdicts are kept is not judged again; others are kept when done."""
    runs = runs_of(places)
    with Spool[list[Verdict] | None]() as known:
        known.extend(map(work.kept, runs))
        missing = [where for run, verdicts in zip(runs, known, strict=True) if verdicts is None for where in run]
        judged_now = each(work, missing, jobs)
        for run, verdicts in zip(runs, known, strict=True):
            if verdicts is None:
                verdicts = list(islice(judged_now, len(run)))
                work.keep(run, verdicts)
            yield from verdicts


def name_and_place(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The place of each file, and its name: as given by the user, or as found in a folder."""
    for path in paths:
        here = local_path(path)
        if here is None:
            yield from ((found, found) for found in listed(path))
        else:
            names = [str(found) for found in workbook_paths([here])]
            yield from ((str(Path(name).absolute()), name) for name in names)


def _is_ours(name: str) -> bool:
    stem = name.removesuffix(SUFFIX)
    return name != stem and len(stem) == 32 and set(stem) <= set("0123456789abcdef")
