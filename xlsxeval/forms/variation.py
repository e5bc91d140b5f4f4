"""One check for several rows or columns: the same formulas with another part of the field names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlsxeval.calc import Name, Node, transform
from xlsxeval.forms.definition import Check, Field, Formula


def varied(check: Check, part: str, values: Sequence[str], fields: Mapping[str, Field]) -> list[Check]:
    """The check once for each of ``values`` in the place of ``part`` in the names of the form's own fields.

    With ``funds`` and ``[basic, project]`` a formula about ``funds.rate`` becomes one about ``basic.rate`` and one
    about ``project.rate``. 自查 tells them apart by the label of the field that each points to.
    """
    return [_variant(check, part, value, fields) for value in values]


def _variant(check: Check, part: str, value: str, fields: Mapping[str, Field]) -> Check:
    at = _renamed(check.at, part, value)
    field = fields.get(f"{check.each}.{at}") or fields.get(at)
    return replace(
        check,
        say=f"{check.say}（{field.label}）" if field else check.say,
        that=_formula(check.that, part, value),
        where=check.where and _formula(check.where, part, value),
        at=at,
        shown=check.shown and _formula(check.shown, part, value),
        expected=check.expected and _formula(check.expected, part, value),
        related=tuple(_renamed(name, part, value) for name in check.related),
    )


def _formula(formula: Formula, part: str, value: str) -> Formula:
    def rename(node: Node) -> Node | None:
        if isinstance(node, Name) and node.sheet is None:
            return replace(node, name=_renamed(node.name, part, value))
        return None

    return replace(formula, tree=transform(formula.tree, rename))


def _renamed(name: str, part: str, value: str) -> str:
    """``funds.rate`` as ``basic.rate``; names of other forms stay."""
    if "!" in name:
        return name
    return ".".join(value if piece == part else piece for piece in name.split("."))
