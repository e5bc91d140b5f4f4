"""A batch: the files of one run, as the rules over several files see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxeval.rules.facts import Facts
from xlsxeval.rules.verdict import Subject


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file of a batch. All files of a run are in memory at once, so each carries only what the rules need.

    ``subject`` has no ``forms``: they are its largest part.
    """

    path: str
    sha256: str
    subject: Subject | None
    facts: Facts | None


@dataclass(frozen=True)
class Batch:
    """The files of one run, in order. ``roster`` maps the code of each unit of the campaign, where known, to its name."""

    files: Sequence[BatchFile]
    roster: Mapping[str, str]

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Code → name of all known units: those of the campaign, and those that a file came from."""
        came = {file.subject.code: file.subject.name for file in self.files if file.subject}
        return {**came, **self.roster}
