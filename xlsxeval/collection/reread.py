"""Reads the figures of a lower level again from its units' workbooks: none of its own figures are trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from xlsxeval.errors import DefinitionError
from xlsxeval.forms.library import Library
from xlsxeval.intake.identity import Layouts
from xlsxeval.intake.submission import Returned, read_returned
from xlsxeval.judging.judge import Judge, UsesJudge
from xlsxeval.levels import Opened, Owner, Received, Reread
from xlsxeval.rollup import SummaryDefinition, figures_of, handed, joined, load_definition
from xlsxeval.workers import Lost


@dataclass(frozen=True, slots=True)
class RereadTask:
    """One unit's workbooks: the SHA-256 of the export that lists it, its code, its edition, and its files."""

    export: str
    code: str
    edition: str
    files: tuple[tuple[str, bytes], ...]

    def __str__(self) -> str:
        return f"单位 {self.code} 的原表"


class Rereader(UsesJudge):
    """Reads one unit's workbooks after another. Only a path is sent to another process; the rest is opened there once."""

    def __init__(self, templates: Path) -> None:
        self.judge = Judge(templates, None)
        self._layouts = Layouts()

    def __getstate__(self) -> Path:
        return self.judge.templates

    def __setstate__(self, state: Path) -> None:
        self.__init__(state)  # type: ignore[misc]

    def __call__(self, task: RereadTask) -> Reread:
        definition = definition_of(self.judge.templates, task.edition)
        if definition is None:
            return Reread((None,) * len(task.files), fault=f"表样版本「{task.edition}」这里没有")
        read = [self._read(name, data) for name, data in task.files]
        submissions = [one.submission for one in read if one.submission is not None]
        if len(submissions) < len(read):
            fault = next(one.faults[-1] for one in read if one.submission is None)
            return Reread(tuple(map(_owner, read)), fault=f"{fault.code} {fault.detail}")
        parts = [submission.layout.part for submission in submissions]
        figures = joined(parts, [figures_of(submission, definition) for submission in submissions])
        owners = tuple(map(_owner, read))
        if figures is None:
            return Reread(owners, fault="同一张表列了几份，不知道以哪一份为准")
        found = handed(figures, definition)
        return Reread(owners, found.amounts, found.projects, found.money)

    def lost(self, task: RereadTask, lost: Lost) -> Reread:
        """The result for a unit whose workbooks could not be read to the end."""
        return Reread((None,) * len(task.files), fault=lost.detail)

    def _read(self, name: str, data: bytes) -> Returned:
        return read_returned(name, data, self.judge.context, self._layouts, self.judge.limits)


@cache
def definition_of(templates: Path, edition: str) -> SummaryDefinition | None:
    """The fields in the summary of an edition; None for an edition that is not known here, or is faulty."""
    library = Library(templates)
    if edition not in library.editions():
        return None
    try:
        return load_definition(library, library.edition(edition)) or SummaryDefinition()
    except DefinitionError:
        return None


def tasks_of(opened: Opened) -> Iterator[RereadTask]:
    """Every unit with workbooks, in this export and in those within it."""
    export = opened.export
    for unit in export.units if export.workbooks else ():
        if unit.files:
            files = tuple((file.name, opened.workbook(file)) for file in unit.files)
            yield RereadTask(opened.sha256, unit.code, export.edition, files)
    for _, below in opened.lower:
        if isinstance(below, Opened):
            yield from tasks_of(below)


def received_of(
    name: str, opened: Opened, rereads: Mapping[tuple[str, str], Reread], digests: Mapping[str, str]
) -> Received:
    """The export with the figures read again; ``rereads`` are by export and unit, ``digests`` of known editions."""
    lower = tuple(
        (one, received_of(f"{name} › {one.name}", below, rereads, digests) if isinstance(below, Opened) else below)
        for one, below in opened.lower
    )
    own = {code: reread for (export, code), reread in rereads.items() if export == opened.sha256}
    return Received(name, opened.export, own, lower, edition_digest=digests.get(opened.export.edition))


def told_elsewhere(received: Received, seen: Mapping[tuple[str, str], str]) -> Received:
    """The received export with, at each level, its units that were ``seen`` before, by code and name."""
    told, _ = _told(received, dict(seen))
    return told


def _told(received: Received, seen: dict[tuple[str, str], str]) -> tuple[Received, dict[tuple[str, str], str]]:
    keys = [(unit.code, unit.name) for unit in received.export.units]
    elsewhere = {key: seen[key] for key in keys if key in seen}
    seen = {**dict.fromkeys(keys, received.path), **seen}
    lower = []
    for one, below in received.lower:
        if isinstance(below, Received):
            below, seen = _told(below, seen)
        lower.append((one, below))
    return replace(received, elsewhere=elsewhere, lower=tuple(lower)), seen


def _owner(returned: Returned) -> Owner | None:
    if returned.submission is None:
        return None
    seal = returned.submission.identity.seal
    return Owner(seal.campaign.id, seal.unit.code, seal.part)


def results_by_unit(tasks: Sequence[RereadTask], rereads: Sequence[Reread]) -> dict[tuple[str, str], Reread]:
    """Figures read again, by export and unit."""
    return {(task.export, task.code): reread for task, reread in zip(tasks, rereads, strict=True)}
