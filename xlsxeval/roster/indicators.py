"""Which columns of an edition's indicator blocks can be given before the year is over."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxeval.forms.definition import Edition, Field, Form
from xlsxeval.forms.schema import RepeatSpec

BLOCK = "indicators"
RESULTS = frozenset({"actual", "score", "reason"})
"""实际完成值, 得分, 偏差原因: what units write at the end of the year, by the names that every form gives them."""


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """One column of 指标; ``fields`` has the field that it means in each form which has it, by the form's id."""

    name: str
    label: str
    fields: dict[str, Field]


def indicator_forms(edition: Edition) -> list[Form]:
    """The forms with a block of indicators that a campaign may give."""
    return [form for form in edition.forms if given_block(form, BLOCK)]


def given_block(form: Form, name: str) -> RepeatSpec | None:
    """The block of that name, unless the program fills it in by itself (``given: unit.projects``)."""
    block = form.block(name)
    return block if block and block.given is None else None


def indicator_columns(edition: Edition) -> list[IndicatorColumn]:
    """The columns of all indicator blocks, each once, in the order of the printed forms."""
    columns: list[IndicatorColumn] = []
    for form in indicator_forms(edition):
        after = 0
        for field in _fields(form):
            known = next((column for column in columns if column.name == field.short), None)
            if known is None:
                known = IndicatorColumn(field.short, field.label, {})
                columns.insert(after, known)
            known.fields[form.id] = field
            after = columns.index(known) + 1
    return columns


def _fields(form: Form) -> list[Field]:
    """The inputs of a line from left to right, without results and scores."""
    block = given_block(form, BLOCK)
    names = [cell.text[1:] for cell in block.line if cell.text and cell.text.startswith("$")] if block else []
    found = [form.fields[f"{BLOCK}.{name}"] for name in names if f"{BLOCK}.{name}" in form.fields]
    return [
        field
        for field in found
        if field.formula is None and field.given is None and field.short not in RESULTS and field.type.name != "score"
    ]
