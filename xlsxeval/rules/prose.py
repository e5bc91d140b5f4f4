"""The prose of a submission as the narrative rules read it, once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from xlsxeval.forms.definition import Claim
from xlsxeval.forms.layout import CellKind, PlacedCell, SheetLayout
from xlsxeval.intake.submission import Submission
from xlsxeval.model import Place
from xlsxeval.narrative import Passage, Setting, Statement, passages, statements
from xlsxeval.rules.registry import Hit

NARRATIVE = "narrative"
_SHOWN = 3
"""Quotations that one message gives."""


@dataclass(frozen=True, slots=True)
class Section:
    """One text of the form: its cell, what was written, and that as paragraphs."""

    cell: PlacedCell
    place: Place
    text: str
    passages: tuple[Passage, ...]

    @property
    def field(self) -> str:
        """The field's whole name, without the line: ``projects.use``."""
        assert self.cell.slot is not None
        return self.cell.slot.field.id


@dataclass(frozen=True, slots=True)
class Prose:
    """The texts of one form, and which of their figures state what."""

    form: str
    setting: Setting
    claims: tuple[Claim, ...]
    sections: tuple[Section, ...]
    stated: tuple[Statement, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All paragraphs."""
        return tuple(passage for section in self.sections for passage in section.passages)

    def section(self, field: str) -> Section | None:
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
        setting = _setting(submission, sheet)
        lines = [passage for section in sections for passage in section.passages]
        found.append(Prose(form.id, setting, form.claims, sections, tuple(statements(lines, form.claims, setting))))
    return tuple(found)


def _sections(submission: Submission, sheet: SheetLayout) -> Iterator[Section]:
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
        yield Section(cell, place, text, tuple(passages(text, place, slot.field.id, heading)))


def _setting(submission: Submission, sheet: SheetLayout) -> Setting:
    projects = tuple((number, project.name.strip()) for number, project in enumerate(submission.unit.projects, start=1))
    each = frozenset(form.id for form in submission.layout.edition.forms if form.each)
    names = (submission.unit.name.strip(),)
    return Setting(submission.layout.campaign.year, names, projects, sheet.instance, each)


def text_hit(submission: Submission, section: Section, message: str) -> Hit:
    """A hit at a text's cell; a rule adds its facts with ``dataclasses.replace``."""
    slot = section.cell.slot
    assert slot is not None
    return Hit(f"{slot.label}：{message}", submission.place(section.cell.address), field=slot.path, label=slot.label)


def quotations(quotes: list[str]) -> str:
    """The words that a message is about, of many the first three."""
    shown = "、".join(f"“{quote}”" for quote in quotes[:_SHOWN])
    return f"{shown}等 {len(quotes)} 处" if len(quotes) > _SHOWN else shown
