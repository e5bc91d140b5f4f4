"""The points of a rubric, as far as they follow from what came back; the form's ``drafts`` say how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.forms.definition import Form
from xlsxeval.forms.schema import DraftPartSpec
from xlsxeval.model import Finding, Place
from xlsxeval.rubric.evidence import MEASURES, Count, Evidence

_NAMED = 4
"""How many places a reason names before it says 等."""


@dataclass(frozen=True, slots=True)
class RubricPart:
    """One line of the rubric's standard: its full points, the points drafted (None: a person must judge), and why."""

    most: float
    points: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class RubricItem:
    """One score of the rubric with its parts. ``points`` is None as long as a person has to judge one of them."""

    field: str
    parts: Sequence[RubricPart]

    @property
    def points(self) -> float | None:
        points = [part.points for part in self.parts]
        return None if None in points else sum(point for point in points if point is not None)

    @property
    def reason(self) -> str:
        """All reasons in one text; where a person must judge, what the program has so far."""
        told = [part.reason for part in self.parts]
        if self.points is None and any(part.points is not None for part in self.parts):
            so_far = sum(part.points for part in self.parts if part.points is not None)
            told.insert(0, f"程序已评 {so_far:g} 分")
        return "；".join(told) + "。"


def draft(form: Form, evidence: Evidence) -> list[RubricItem]:
    """Every score of the rubric ``form``, in its order."""
    return [RubricItem(name, [_part(spec, evidence) for spec in specs]) for name, specs in form.drafts.items()]


def _part(spec: DraftPartSpec, evidence: Evidence) -> RubricPart:
    count = _count(spec, evidence)
    if spec.judge is not None:
        if count is None or count.number == 0:
            return RubricPart(spec.most, None, f"要人评（{spec.most:g}分）：{spec.judge}")
        return RubricPart(spec.most, 0.0, f"{spec.say}：{count.which}，这一项不得分，请核对")
    if count is None:
        return RubricPart(spec.most, None, f"要人评（{spec.most:g}分）：{spec.say}，程序还不知道")
    lost = min(count.number * spec.each, spec.most)
    if lost == 0:
        facts = f"（{count.which}）" if count.which else ""
        return RubricPart(spec.most, spec.most, f"未发现{spec.say}{facts}，得{spec.most:g}分")
    return RubricPart(spec.most, spec.most - lost, f"{spec.say} {count.number}（{count.which}），扣{lost:g}分")


def _count(spec: DraftPartSpec, evidence: Evidence) -> Count | None:
    if evidence.waits:
        return None
    if spec.measure is not None:
        if not evidence.came and spec.measure != "units_without":
            return None
        return MEASURES[spec.measure](evidence)
    if not evidence.came:
        return None
    found = _found(spec, evidence)
    names = list(found)
    which = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return Count(len(names), which)


def _found(spec: DraftPartSpec, evidence: Evidence) -> Mapping[str, Finding]:
    """The findings that the part names, by the place that a reason tells."""
    sheets = {sheet.name for sheet in evidence.layout.sheets if sheet.form and spec.form in (None, sheet.form.id)}
    return {
        _told(finding.place): finding
        for finding in evidence.findings
        if finding.code in spec.finds and finding.place.sheet in sheets
    }


def _told(place: Place) -> str:
    return f"{place.sheet} {place.cell}" if place.cell else str(place.sheet)
