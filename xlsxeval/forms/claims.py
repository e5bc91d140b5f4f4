"""The claims of a form: what the words of its prose name (``claims:`` of a form's YAML)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Claim, Field, Form
from xlsxeval.forms.schema import ClaimSpec
from xlsxeval.forms.yaml_file import Position, YamlFile, suggestion

_COUNTED = ("count", "money", "signed_money", "percent", "weight", "score", "area", "number")


def build_claims(
    specs: Mapping[str, ClaimSpec], file: YamlFile, words: Mapping[str, Sequence[str]]
) -> dict[str, Claim]:
    """The claims that one file writes, by name; one without phrases takes the ``words`` under its name."""
    return {
        name: Claim(
            name=name,
            families=tuple(spec.phrases or words.get(name, ())),
            fields=tuple(spec.field),
            counts=tuple(spec.count),
            previous=spec.year == "previous",
            beside=tuple(spec.beside),
            part_of=spec.part_of,
            not_in=tuple(spec.not_in),
            position=file.position(["claims", name]),
        )
        for name, spec in specs.items()
    }


def claim_faults(forms: Iterable[Form]) -> list[Problem]:
    """Whatever the claims of an edition's forms name that is not there."""
    by_id = {form.id: form for form in forms}
    return [problem for form in by_id.values() for problem in _faults(form, by_id)]


def _faults(form: Form, forms: Mapping[str, Form]) -> Iterable[Problem]:
    names = [claim.name for claim in form.claims]
    phrases: dict[tuple[bool, bool], dict[str, str]] = {}
    for claim in form.claims:
        at = claim.position
        if not claim.phrases:
            yield at.problem("缺少「phrases」（正文里的说法）")
        alike = phrases.setdefault((claim.previous, _of_project(claim, forms)), {})
        for phrase in claim.phrases:
            other = alike.setdefault(phrase, claim.name)
            if other != claim.name:
                yield at.problem(f"「{phrase}」已经是「{other}」的说法，一个说法只能指一个数")
        if claim.part_of is not None and claim.part_of not in names:
            yield at.problem(f"没有「{claim.part_of}」这个数{suggestion(claim.part_of, names)}")
        for name in claim.not_in:
            if name not in form.fields and at.file == form.position.file:  # a form that extends this one may lack it
                yield at.problem(f"「{form.id}」没有字段「{name}」{suggestion(name, form.fields)}")
        if claim.fields and claim.counts:
            yield at.problem("「field」和「count」只能写一个")
        for name in claim.fields:
            yield from _named(name, at, forms, _COUNTED)
        for name in claim.counts:
            yield from _named(name, at, forms, ())


def _of_project(claim: Claim, forms: Mapping[str, Form]) -> bool:
    """Whether the claim is about a form that every project has: 执行率 is another one where a project was named."""
    named = (name.partition("!")[0] for name in claim.fields)
    return any(forms[form_id].each is not None for form_id in named if form_id in forms)


def _named(name: str, at: Position, forms: Mapping[str, Form], types: Sequence[str]) -> Iterable[Problem]:
    form_id, mark, field_id = name.partition("!")
    if not mark:
        yield at.problem(f"「{name}」要写成「表!字段」")
    elif form_id not in forms:
        yield at.problem(f"这个版本没有「{form_id}」这张表{suggestion(form_id, forms)}")
    elif field_id not in forms[form_id].fields:
        known = forms[form_id].fields
        yield at.problem(f"「{form_id}」没有字段「{field_id}」{suggestion(field_id, known)}")
    else:
        yield from _fits(forms[form_id].fields[field_id], at, types)


def _fits(field: Field, at: Position, types: Sequence[str]) -> Iterable[Problem]:
    if types and field.type.name not in types:
        yield at.problem(f"字段「{field.id}」不是数，不能与正文里的数核对")
    elif bool(types) == (field.block is not None):
        what = "是一组行里的一列，用「count」数它的行数" if field.block else "不在一组行里，不能用「count」"
        yield at.problem(f"字段「{field.id}」{what}")
