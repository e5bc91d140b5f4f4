"""The prose of a submission as the narrative rules read it, once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from xlsxeval.forms.definition import Claim
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import CellKind, SheetLayout, Slot
from xlsxeval.model import Place
from xlsxeval.narrative import Passage, Statement, TextBackground, passages, statements
from xlsxeval.rules.hit import Hit

NARRATIVE = "narrative"
_SHOWN = 3
"""Quotations that one message gives."""


@dataclass(frozen=True, slots=True)
class TextSection:
    """A text as a whole: a cell of the form, or the text of a report.

    A cell's paragraphs all stand at its place, those of a report each at its own; a report has no ``slot``.
    """

    slot: Slot | None
    text: str
    passages: tuple[Passage, ...]

    @property
    def field(self) -> str:
        """The field's whole name, without the line: ``projects.use``; empty for a report."""
        return "" if self.slot is None else self.slot.field.id

    @property
    def by_place(self) -> Iterator[tuple[Place, tuple[Passage, ...]]]:
        """The paragraphs of each place."""
        for place, group in groupby(self.passages, key=lambda passage: passage.place):
            yield place, tuple(group)

    def place_at(self, offset: int) -> Place:
        """Where a character of the text stands."""
        before = [passage.place for passage in self.passages if passage.start <= offset]
        return before[-1] if before else self.passages[0].place


@dataclass(frozen=True, slots=True)
class Prose:
    """The texts of one form, and which of their figures state what."""

    form: str
    setting: TextBackground
    claims: tuple[Claim, ...]
    sections: tuple[TextSection, ...]
    stated: tuple[Statement, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All paragraphs."""
        return tuple(passage for section in self.sections for passage in section.passages)

    def section_at(self, place: Place) -> TextSection:
        """The text that has a paragraph at that place. Raises StopIteration where there is none."""
        return next(section for section in self.sections if any(passage.place == place for passage in section.passages))

    def section(self, field: str) -> TextSection | None:
        """The text of a field, or None."""
        return next((section for section in self.sections if section.field == field), None)


@lru_cache(maxsize=1)
def prose(submission: Submission) -> tuple[Prose, ...]:
    """The prose of every form that is one: 报告正文, and any form with claims; sheets that the file lacks are left out."""
    found = []
    for sheet in submission.layout.sheets:
        form = sheet.form
        if form is None or sheet.name not in submission.views or not (form.claims or form.id == NARRATIVE):
            continue
        sections = tuple(_sections(submission, sheet))
        setting = setting_of(submission, sheet.instance)
        lines = [passage for section in sections for passage in section.passages]
        found.append(Prose(form.id, setting, form.claims, sections, tuple(statements(lines, form.claims, setting))))
    return tuple(found)


def _sections(submission: Submission, sheet: SheetLayout) -> Iterator[TextSection]:
    names = {number: project.name for number, project in enumerate(submission.unit.projects, start=1)}
    of_projects = {block.id for block in sheet.blocks if block.given}
    for cell in sheet.cells:
        slot = cell.slot
        if slot is None or cell.kind is not CellKind.INPUT or slot.field.type.name != "text":
            continue
        text = submission.value(cell)
        if not isinstance(text, str) or not text.strip():
            continue
        address = submission.place(cell.address)
        place = Place(address.sheet, address.a1, slot.path)
        heading = names.get(slot.line or 0, "") if slot.field.block in of_projects else slot.field.label
        yield TextSection(slot, text, tuple(passages(text, place, slot.field.id, heading)))


def setting_of(submission: Submission, instance: int | None = None) -> TextBackground:
    """What texts of the submission are about; of one project where ``instance`` is its number."""
    projects = tuple((number, project.name.strip()) for number, project in enumerate(submission.unit.projects, start=1))
    each = frozenset(form.id for form in submission.layout.edition.forms if form.each)
    names = (submission.unit.name.strip(),)
    return TextBackground(submission.layout.campaign.year, names, projects, instance, each)


def text_hit(section: TextSection, message: str, place: Place | None = None) -> Hit:
    """A hit at a text's place, or at that of one of its paragraphs; a rule adds its facts with ``dataclasses.replace``."""
    where = place or section.passages[0].place
    label = None if section.slot is None else section.slot.label
    told = message if label is None else f"{label}：{message}"
    return Hit(told, sheet=where.sheet, spot=where.cell, field=where.field, label=label)


def quotations(quotes: list[str]) -> str:
    """The words that a message is about, of many the first three."""
    shown = "、".join(f"“{quote}”" for quote in quotes[:_SHOWN])
    return f"{shown}等 {len(quotes)} 处" if len(quotes) > _SHOWN else shown
