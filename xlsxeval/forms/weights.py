"""Weights (分值) that a campaign gives: those of a form must add up to what its edition says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Edition, Field, Form
from xlsxeval.forms.labels import form_label
from xlsxeval.forms.values import read_number
from xlsxeval.forms.yaml_file import Position

TOTAL = "weight.total"
EXECUTION = "weight.execution"
TOLERANCE = Decimal("0.005")
_USUAL_TOTAL = Decimal(100)


def weights_of(form: Form, edition: Edition) -> tuple[Decimal, Decimal] | None:
    """The total (总分) and the part of it that budget execution takes; None where the edition says neither.

    Execution takes its part where this form has its row, or a form that has no weighted lines of its own has it for
    this one (a conclusion that stands apart from the table of indicators).
    """
    if not {TOTAL, EXECUTION} & set(edition.parameters):
        return None
    total = _parameter(edition, TOTAL) or _USUAL_TOTAL
    apart = [
        other for other in edition.forms if other.each == form.each and not any(map(_is_weight, other.fields.values()))
    ]
    taken = any(field.given == f"parameters.{EXECUTION}" for part in (form, *apart) for field in part.fields.values())
    return total, (_parameter(edition, EXECUTION) or Decimal(0)) if taken else Decimal(0)


def weight_fault(
    form: Form, edition: Edition, values: Mapping[str, Any], place: Callable[[str], Position], project: str = ""
) -> list[Problem]:
    """One problem where the given weights do not add up, at the block that ``place`` finds by its name.

    Where every line has its weight the sum must be right; where units have lines left to fill it must not be too much.
    """
    wanted = weights_of(form, edition)
    fields = [field for field in form.fields.values() if _is_weight(field)]
    lines = [(field, line) for field in fields for line in _lines(values.get(str(field.block)))]
    weights = [_number(line.get(field.short)) for field, line in lines]
    known = [weight for weight in weights if weight is not None]
    if wanted is None or not known:
        return []
    total, execution = wanted
    have, want = sum(known, Decimal(0)), total - execution
    complete = len(known) == len(weights) and all(values.get(str(field.block)) for field in fields)
    if (abs(have - want) if complete else have - want) <= TOLERANCE:
        return []
    whose = f"项目「{project}」" if project else ""
    why = f"总分 {total:f} 减去预算执行率 {execution:f} 分" if execution else "总分"
    should = "应为" if complete else "不应超过"
    message = f"{whose}「{form_label(form)}」各行分值合计 {have:f}，{should} {want:f}（{why}），请核对每一行的分值"
    first = next(str(field.block) for field, line in lines if line.get(field.short) is not None)
    return [place(first).problem(message)]


def _is_weight(field: Field) -> bool:
    return field.block is not None and field.type.name == "weight" and field.formula is None and field.given is None


def _lines(value: Any) -> list[Mapping[str, Any]]:
    return [line for line in value if isinstance(line, dict)] if isinstance(value, list) else []


def _number(value: Any) -> Decimal | None:
    return None if value is None or isinstance(value, bool) else read_number(str(value))


def _parameter(edition: Edition, name: str) -> Decimal | None:
    parameter = edition.parameters.get(name)
    return None if parameter is None else _number(parameter.value)
