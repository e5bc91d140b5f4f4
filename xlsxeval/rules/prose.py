"""The prose of a submission: its texts, their paragraphs and the figures stated in them; read once for all rules."""

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
_OF_NO_MONEY = frozenset(("guide", NARRATIVE))
"""Forms that are about no money of their own."""
_SHOWN = 3
"""Number of quotations in one message."""


@dataclass(frozen=True, slots=True)
class TextSection:
    """A text as a whole: a cell of the form, or the text of a report.

    The paragraphs of a cell all have the cell's place, those of a report each a place of its own. A text of a report
    has no ``slot``; ``named`` is the field that a chapter of it stands for, where that is known.
    """

    slot: Slot | None
    text: str
    passages: tuple[Passage, ...]
    named: str = ""

    @property
    def field(self) -> str:
        """The whole name of the field, without the line: ``projects.use``; ``named`` for a report."""
        return self.named if self.slot is None else self.slot.field.id

    @property
    def by_place(self) -> Iterator[tuple[Place, tuple[Passage, ...]]]:
        """Yields each place with its paragraphs."""
        for place, group in groupby(self.passages, key=lambda passage: passage.place):
            yield place, tuple(group)

    def place_at(self, offset: int) -> Place:
        """The place of the character at ``offset`` in the text."""
        before = [passage.place for passage in self.passages if passage.start <= offset]
        return before[-1] if before else self.passages[0].place


@dataclass(frozen=True, slots=True)
class Prose:
    """The texts of one form, and the statements that their figures make."""

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
    """The prose of each form that has any: 报告正文, and all forms with claims, on the worksheets that the file has."""
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
    """Year, unit and projects that the texts of the submission are about; one project where ``instance`` is its number, or
    where the edition has forms of projects only and the unit has one.
    """
    projects = tuple((number, project.name.strip()) for number, project in enumerate(submission.unit.projects, start=1))
    forms = submission.layout.edition.forms
    each = frozenset(form.id for form in forms if form.each)
    if len(projects) == 1 and each.union(_OF_NO_MONEY) >= {form.id for form in forms}:
        instance = 1
    names = (submission.unit.name.strip(),)
    return TextBackground(submission.layout.campaign.year, names, projects, instance, each)


def text_hit(section: TextSection, message: str, place: Place | None = None) -> Hit:
    """A hit at the place of a text, or at ``place``, that of one of its paragraphs.

    A rule adds further facts with ``dataclasses.replace``.
    """
    where = place or section.passages[0].place
    label = None if section.slot is None else section.slot.label
    worded = message if label is None else f"{label}：{message}"
    return Hit(worded, sheet=where.sheet, spot=where.cell, field=where.field, label=label)


def quotations(quotes: list[str]) -> str:
    """The quotations of a message; of more than three, the first three and the number of all."""
    shown = "、".join(f"“{quote}”" for quote in quotes[:_SHOWN])
    return f"{shown}等 {len(quotes)} 处" if len(quotes) > _SHOWN else shown
