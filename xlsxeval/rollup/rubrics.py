"""The rubric of every unit, drafted from what a summary has of its returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.layout.layout import SheetLayout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.rollup.summary import AppraisalLine, Return, RubricColumn, Whose
from xlsxeval.rubric import Evidence, draft


@dataclass(frozen=True, slots=True)
class RememberedEvidence(Evidence):
    """Evidence without the files: which worksheets were filled in is all that is left of them."""

    sheets: frozenset[str]
    read: bool

    @property
    def came(self) -> bool:
        return self.read

    def filled(self, sheet: SheetLayout) -> bool:
        return sheet.name in self.sheets


def rubric_of(edition: Edition) -> Form | None:
    """The edition's rubric, or None."""
    return next((form for form in edition.forms if form.drafts), None)


def rubric_columns(form: Form) -> tuple[RubricColumn, ...]:
    """The scores of a rubric in its order."""
    return tuple(
        RubricColumn(name, form.fields[name].label, sum(part.most for part in parts))
        for name, parts in form.drafts.items()
    )


def appraise(
    form: Form,
    campaign: Campaign,
    edition: Edition,
    unit: Unit,
    returns: Sequence[Return],
    received: Mapping[str, dt.date],
    shapes: Shapes,
    standing: UnitStanding,
) -> AppraisalLine:
    """The drafted points of one unit; ``received`` has the day on which each file came, by its path."""
    days = [received[one.verdict.path] for one in returns if one.verdict.path in received]
    figures = [one.figures for one in returns if one.figures is not None]
    evidence = RememberedEvidence(
        layout=build_layout(campaign, unit, edition, shapes=shapes),
        submissions=(),
        findings=[finding for one in returns for finding in one.verdict.open],
        received=max(days, default=None),
        waits=bool(standing.waiting),
        sheets=frozenset(name for one in figures for name in one.filled),
        read=bool(figures),
    )
    return AppraisalLine(Whose(unit.code, unit.name), tuple(draft(form, evidence)))
