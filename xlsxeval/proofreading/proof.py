"""An edited report beside the one that its unit's figures give today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xlsxeval.intake.submission import Submission
from xlsxeval.model import Fault, Place
from xlsxeval.proofreading.document import Document
from xlsxeval.proofreading.parts import DocumentPart, parts
from xlsxeval.proofreading.sources import Sketch
from xlsxeval.proofreading.tables import TableChanges, compare_tables
from xlsxeval.proofreading.texts import TextChanges, compare_texts


@dataclass(frozen=True, eq=False)
class FreshReport:
    """What an edited report is held against: the submission, its report made afresh, the tables as they are drawn."""

    submission: Submission
    document: Document
    sketches: Sequence[Sketch]


@dataclass(frozen=True, eq=False)
class Proof:
    """``reference`` is None where the document could not be read or is nobody's report; then ``faults`` say why."""

    path: str
    sha256: str
    faults: tuple[Fault, ...] = ()
    document: Document = field(default_factory=Document)
    reference: FreshReport | None = None

    @cached_property
    def edited(self) -> tuple[DocumentPart, ...]:
        """The parts of the edited report."""
        return parts(self.document)

    @cached_property
    def fresh(self) -> tuple[DocumentPart, ...]:
        """The parts of the one that is made today."""
        return parts(self.reference.document) if self.reference is not None else ()

    @property
    def is_ours(self) -> bool:
        """Whether anything of the report's outline is there: a chapter or an attachment."""
        known = {part.name for part in self.fresh[1:]}
        return any(part.name in known for part in self.edited[1:])

    @cached_property
    def texts(self) -> TextChanges:
        """What was done to the paragraphs, those of the attachments among them."""
        return compare_texts(self.fresh, self.edited)

    @cached_property
    def tables(self) -> tuple[TableChanges, ...]:
        """What was done to the tables: of each attachment, and of the text as a whole."""
        assert self.reference is not None
        before, after = _tables_by_name(self.fresh), self._edited_tables
        shared = [name for name in before if name in after]
        return tuple(compare_tables(before[name], after[name], self.reference.sketches) for name in shared)

    @cached_property
    def missing_tables(self) -> tuple[str, ...]:
        """Parts that have tables, and have none in the edited report."""
        return tuple(name for name in _tables_by_name(self.fresh) if name not in self._edited_tables)

    @cached_property
    def _edited_tables(self) -> Mapping[str, DocumentPart]:
        """The parts of the edited report that have tables, by the names that they had."""
        origin = self.texts.origin
        was = {
            part.name: origin[part.lines[0].place].place.sheet
            for part in self.edited
            if part.lines and part.lines[0].place in origin
        }
        return {was.get(name) or name: part for name, part in _tables_by_name(self.edited).items()}

    @cached_property
    def order(self) -> Mapping[str | None, int]:
        """The parts as they follow one another, those that are gone where they were."""
        names = [part.name for part in self.edited]
        for index, part in enumerate(self.fresh):
            if part.name not in names:
                before = self.fresh[index - 1].name if index else None
                names.insert(names.index(before) + 1 if before in names else 0, part.name)
        return {name: number for number, name in reversed(list(enumerate(names)))}

    def spot(self, place: Place) -> int:
        """Where a place of the edited report comes among all paragraphs; tables stand behind them."""
        return self._spots.get(place, len(self._spots))

    @cached_property
    def _spots(self) -> Mapping[Place, int]:
        lines = (line for part in self.edited for line in part.lines)
        return {line.place: number for number, line in enumerate(lines)}


def _tables_by_name(report: Sequence[DocumentPart]) -> dict[str, DocumentPart]:
    """The parts with tables; of a name that comes twice the first."""
    found: dict[str, DocumentPart] = {}
    for part in report:
        if part.tables:
            found.setdefault(part.name, part)
    return found
