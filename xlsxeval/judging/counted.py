"""Files and units that count by the ledger, with the findings in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlsxeval.archive import Archive
from xlsxeval.campaign.digests import digest
from xlsxeval.judging.assessment import ArchivedFile, Assessed
from xlsxeval.judging.judge import Conclusion, JudgedFile
from xlsxeval.judging.memory import Memory, Wanted
from xlsxeval.judging.units import FileGroup, Joined, Joiner
from xlsxeval.layout.layout import Layout
from xlsxeval.ledger import CollectionStanding
from xlsxeval.rules.organiser import of_the_unit
from xlsxeval.rules.verdict import Verdict

_UNFIT = Assessed(Verdict("", "", None, ()))
"""Stored for parts that do not fit together, so that they are not read again to find this out."""


@dataclass(frozen=True, slots=True)
class CountedFile:
    """A file that counts. ``verdict`` names the place where it lay, and includes findings between files."""

    wanted: Wanted
    source: str
    day: dt.date
    key: str
    assessed: Assessed
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """A workbook of a unit for reports and figures: a file, or all parts put together in the ``whole`` form.

    ``key`` is the digest of everything that its figures depend on. ``doubt`` says why it cannot stand for its unit;
    empty where it can.
    """

    verdict: Verdict
    assessed: Assessed
    key: str
    files: tuple[CountedFile, ...]
    whole: Layout | None = None
    doubt: str = ""

    @property
    def day(self) -> dt.date:
        """The day on which the last of its files arrived."""
        return max(one.day for one in self.files)


class Counter:
    """Brings the findings of files together, and reads only those files that were not yet read on today's basis."""

    def __init__(self, memory: Memory, conclude: Conclusion, joiner: Joiner) -> None:
        self.memory = memory
        self.conclude = conclude
        self.joiner = joiner

    def files(self, standing: CollectionStanding, jobs: int = 1, label: str = "核对") -> list[CountedFile]:
        """Files that count, in the order of the units' codes."""
        counting = standing.counting
        wanted = [Wanted(one.unit or "", one.receipt.sha256, one.receipt.name) for one in counting]
        assessed = self.memory.of(wanted, jobs, label)
        told = [
            replace(one.verdict, path=file.receipt.source, sha256=file.receipt.sha256)
            for one, file in zip(assessed, counting, strict=True)
        ]
        verdicts = map(of_the_unit, self.conclude(told))
        return [
            CountedFile(one, file.receipt.source, file.came.astimezone().date(), self.memory.key(one), found, verdict)
            for one, file, found, verdict in zip(wanted, counting, assessed, verdicts, strict=True)
        ]

    def units(self, files: Sequence[CountedFile]) -> tuple[list[CountedFile], list[UnitReturn]]:
        """The files, with findings that only all parts of a unit show, and the workbooks that stand for each unit."""
        told = list(files)
        returns: list[UnitReturn] = []
        for group in self.joiner.groups([one.verdict for one in files]):
            own = tuple(files[number] for number in group.numbers)
            whole = self._whole(group, own)
            if whole is None:
                returns += [UnitReturn(one.verdict, one.assessed, one.key, (one,), doubt=group.doubt) for one in own]
                continue
            made, parts = whole
            returns.append(made)
            for number, verdict in zip(group.numbers, parts, strict=True):
                told[number] = replace(told[number], verdict=verdict)
        return told, returns

    def opened(self, one: UnitReturn) -> Joined:
        """The workbook behind a unit's return, read again. Raises StorageError where the archive is damaged."""
        judged = [self._read(file) for file in one.files]
        made = judged[0] if one.whole is None else self.joiner.made(one.whole, judged)
        assert made is not None
        return Joined(one.verdict, made.submission, one.doubt)

    def content(self, one: CountedFile) -> bytes:
        """The bytes of a file as it arrived. Raises StorageError where the archive is damaged."""
        return Archive(self.memory.assessor.archive).read(one.wanted.sha256)

    def _whole(self, group: FileGroup, own: tuple[CountedFile, ...]) -> tuple[UnitReturn, Sequence[Verdict]] | None:
        if group.whole is None:
            return None
        key = digest("together", *(one.key for one in own))
        assessed = self.memory.shelf.get(key)
        if assessed is None:
            made = self.joiner.made(group.whole, [self._read(one) for one in own])
            assessed = _UNFIT if made is None else self.memory.assessor.assess(made)
            self.memory.shelf.put(key, assessed)
        if assessed.verdict.subject is None:
            return None
        verdict, parts = self.joiner.told(group.whole, assessed.verdict, [one.verdict for one in own])
        return UnitReturn(verdict, assessed, key, own, group.whole), parts

    def _read(self, one: CountedFile) -> JudgedFile:
        return self.memory.assessor.read(ArchivedFile(one.wanted.sha256, one.wanted.name))
