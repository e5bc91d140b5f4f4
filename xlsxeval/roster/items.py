"""What a campaign may give of an edition's forms, by names that people see: figures (上年数 and the like) and texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxeval.forms.definition import Edition, Field, Form
from xlsxeval.forms.labels import form_label
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.roster.indicators import BLOCK, given_block

_FIGURES = frozenset({"money", "signed_money", "count", "area", "number", "percent"})
_TEXTS = frozenset({"text", "choice", "date"})


@dataclass(frozen=True, slots=True)
class RosterItem:
    """One field by the names that people see: ``附件1``, ``公车购置（上年决算数）``. ``block`` has lines of it."""

    form: Form
    field: Field
    form_label: str
    label: str
    block: RepeatSpec | None


def items(edition: Edition) -> list[RosterItem]:
    """All figures that can be given, form by form, in the order of definition; the texts of repeated lines too."""
    return _items(edition, _is_figure)


def texts(edition: Edition) -> list[RosterItem]:
    """All other texts, choices and dates that can be given, in the same order."""
    return _items(edition, lambda _, field: field.block is None and field.type.kind in _TEXTS)


def _items(edition: Edition, wanted: Callable[[Form, Field], bool]) -> list[RosterItem]:
    found: list[RosterItem] = []
    of_project = next((form for form in edition.forms if form.each == "project"), None)
    for form in edition.forms:
        if form.each == "project" and form is not of_project:
            continue  # what a campaign gives a project is of its first form
        inputs = [field for field in form.fields.values() if field.formula is None and field.given is None]
        fields = [field for field in inputs if wanted(form, field)]
        labels = [field.label for field in fields]
        for field in fields:
            label = field.label if labels.count(field.label) == 1 else f"{field.label}（{field.id}）"
            block = form.block(field.block) if field.block else None
            found.append(RosterItem(form, field, form_label(form), label, block))
    return found


def _is_figure(form: Form, field: Field) -> bool:
    if field.block is None:
        return field.type.name in _FIGURES
    if field.block == BLOCK or given_block(form, field.block) is None:
        return False
    return field.type.name in _FIGURES or field.type.kind in ("text", "choice")
