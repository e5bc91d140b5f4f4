"""Keeps the assessment of each file from run to run, so that no file is read twice. All of it can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from xlsxeval.campaign.digests import digest
from xlsxeval.campaign.files import write_file
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.forms.keys import FOLDER as KEYS_FOLDER
from xlsxeval.judging.assessment import ArchivedFile, Assessed, Assessor
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Judge
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import Hands, each

FOLDER = "judged"
"""Folder in a campaign's ``.xlsxeval`` folder. Deleting it costs time and nothing else."""


class AssessmentStore:
    """A folder of assessments, named by the digests of everything they depend on. Damaged files count as missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Assessed | None:
        """The assessment, None where none is kept."""
        try:
            data = self._path(key).read_bytes()
            if hashlib.sha256(data[65:]).hexdigest().encode() != data[:64]:
                return None
            assessed = _form().validate_json(data[65:])
        except (OSError, ValidationError):
            return None
        return replace(assessed, verdict=_with_tuples(assessed.verdict))

    def put(self, key: str, assessed: Assessed) -> None:
        """Keeps an assessment if the disk allows it: without it, the next run only takes longer."""
        with suppress(OSError, PydanticSerializationError):
            data = _form().dump_json(assessed)
            write_file(self._path(key), hashlib.sha256(data).hexdigest().encode() + b"\n" + data)

    def keep_only(self, keys: Collection[str]) -> None:
        """Removes all assessments but those with these keys."""
        kept = {self._path(key) for key in keys}
        with suppress(OSError):
            for path in set(self.folder.glob("*.json")) - kept:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the archive that is known to be a unit's, under the name that it arrived with."""

    unit: str
    sha256: str
    name: str


class Memory:
    """Assesses files that were not yet assessed on today's basis, and keeps the assessments."""

    def __init__(self, shelf: AssessmentStore, basis: Basis, assessor: Assessor, listener: Listener = SILENT) -> None:
        self.shelf = shelf
        self.basis = basis
        self.assessor = assessor
        self.listener = listener
        self._told: set[str] = set()

    @classmethod
    def of_campaign(cls, workspace: Workspace, assessor: Assessor | None = None, basis: Basis | None = None) -> Self:
        """The memory of an opened campaign; ``assessor`` and ``basis`` are made where they are not at hand."""
        assessor = assessor or Assessor(Judge.of(workspace), workspace.archive.folder)
        shelf = AssessmentStore(workspace.folder / KEYS_FOLDER / FOLDER)
        return cls(shelf, basis or Basis(workspace), assessor, workspace.listener)

    def key(self, wanted: Wanted) -> str:
        """Digest of everything that an assessment depends on."""
        return digest(self.basis.reading(wanted.unit), wanted.sha256, wanted.name)

    def peek(self, unit: str, file: ArchivedFile) -> Assessed | None:
        """The assessment of a unit's file where it is kept; nothing is read for it."""
        return self.shelf.get(self.key(Wanted(unit, file.sha256, file.name)))

    def keep(self, task: ArchivedFile, assessed: Assessed) -> Assessed:
        """Keeps a new assessment and reports its notes; returns the assessment without them.

        A file that belongs to no unit is not kept: it is read again whenever anything changes.
        """
        for note in assessed.verdict.notes:
            if note not in self._told:
                self._told.add(note)
                self.listener.tell(note)
        kept = replace(assessed, verdict=replace(assessed.verdict, notes=()))
        subject = kept.verdict.subject
        if subject is not None:
            self.shelf.put(self.key(Wanted(subject.code, task.sha256, task.name)), kept)
        return kept

    def of(self, wanted: Sequence[Wanted], jobs: Hands = 1, label: str = "核对") -> list[Assessed]:
        """Assessments of these files, in their order. Raises StorageError where the archive is damaged."""
        keys = [self.key(one) for one in wanted]
        known = {key: assessed for key in keys if (assessed := self.shelf.get(key)) is not None}
        new = {
            key: ArchivedFile(one.sha256, one.name) for key, one in zip(keys, wanted, strict=True) if key not in known
        }
        if not new:  # and the campaign is not opened for the judge
            return [known[key] for key in keys]
        read = self.listener.counted(each(self.assessor, list(new.values()), jobs), len(new), label)
        for key, assessed in zip(new, read, strict=True):
            known[key] = self.keep(new[key], assessed)
        return [known[key] for key in keys]


@cache
def _form() -> TypeAdapter[Assessed]:
    return TypeAdapter(Assessed)


def _with_tuples(verdict: Verdict) -> Verdict:
    """The verdict with its sequences as tuples: JSON returns them as lists."""
    return replace(verdict, findings=tuple(replace(one, related=tuple(one.related)) for one in verdict.findings))
