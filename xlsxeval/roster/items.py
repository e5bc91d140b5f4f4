"""The figures of an edition that a campaign may give (上年数 and the like): inputs that hold money, counts or areas."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.forms.definition import Edition, Field, Form
from xlsxeval.forms.labels import form_label
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.roster.indicators import BLOCK, given_block

_FIGURES = frozenset({"money", "signed_money", "count", "area", "number"})


@dataclass(frozen=True, slots=True)
class Item:
    """One figure by the names that people see: ``附件1``, ``公车购置（上年决算数）``. ``block`` has lines of it."""

    form: Form
    field: Field
    form_label: str
    label: str
    block: RepeatSpec | None


def items(edition: Edition) -> list[Item]:
    """All figures that can be given, form by form, in the order of definition; the texts of repeated lines too."""
    found: list[Item] = []
    for form in edition.forms:
        fields = [field for field in form.fields.values() if _can_be_given(form, field)]
        labels = [field.label for field in fields]
        for field in fields:
            label = field.label if labels.count(field.label) == 1 else f"{field.label}（{field.id}）"
            block = form.block(field.block) if field.block else None
            found.append(Item(form, field, form_label(form), label, block))
    return found


def _can_be_given(form: Form, field: Field) -> bool:
    if field.formula is not None or field.given is not None:
        return False
    if field.block is None:
        return field.type.name in _FIGURES
    if field.block == BLOCK or given_block(form, field.block) is None:
        return False
    return field.type.name in _FIGURES or field.type.kind in ("text", "choice")
