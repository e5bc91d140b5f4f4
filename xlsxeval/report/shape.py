"""What a template can name, without any values: the fields of an edition, for proving templates before data is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlsxeval.forms.definition import Edition, Form


@dataclass(frozen=True, slots=True)
class TemplateShape:
    """A group of names, or with ``each`` a list whose elements have that shape; neither is a plain value."""

    name: str
    fields: Mapping[str, TemplateShape] = field(default_factory=dict)
    each: TemplateShape | None = None
    value: bool = False


VALUE = TemplateShape("这个字段", value=True)


def edition_shape(edition: Edition) -> Mapping[str, TemplateShape]:
    """The names of :func:`~xlsxeval.report.context.report_context` for this edition."""
    shapes: dict[str, TemplateShape] = {
        "year": VALUE,
        "department": VALUE,
        "deadline": VALUE,
        "unit": TemplateShape("单位（unit）", {"name": VALUE, "code": VALUE}),
        "edition": TemplateShape("版本（edition）", {"title": VALUE, "id": VALUE}),
        "parameters": TemplateShape("参数（parameters）", _tree("参数", edition.parameters)),
        "contents": VALUE,
        "attachments": VALUE,
        "attachment_list": TemplateShape(
            "附件", each=TemplateShape("附件", {"mark": VALUE, "number": VALUE, "title": VALUE})
        ),
    }
    for form in edition.forms:
        shape = _form(form)
        if form.each:
            each = TemplateShape(shape.name, {"number": VALUE, "attachment": VALUE, **shape.fields})
            shapes[f"{form.id}s"] = TemplateShape(shape.name, each=each)
        else:
            shapes[form.id] = shape
    return shapes


def _form(form: Form) -> TemplateShape:
    name = f"表「{form.id}」"
    fields = {"table": VALUE} | dict(_tree(name, [item.id for item in form.fields.values() if item.block is None]))
    for block in dict.fromkeys(item.block for item in form.fields.values() if item.block is not None):
        line = f"{name}的「{block}」一行"
        names = [item.short for item in form.fields.values() if item.block == block]
        fields[block] = TemplateShape(f"{name}的「{block}」", each=TemplateShape(line, _tree(line, names)))
    return TemplateShape(name, fields)


def _tree(name: str, paths: Iterable[str]) -> Mapping[str, TemplateShape]:
    below: dict[str, list[str]] = {}
    values = set()
    for path in paths:
        head, _, tail = path.partition(".")
        below.setdefault(head, [])
        if tail:
            below[head].append(tail)
        else:
            values.add(head)
    return {
        head: TemplateShape(f"{name}的「{head}」", _tree(f"{name}的「{head}」", tails), value=head in values)
        for head, tails in below.items()
    }
