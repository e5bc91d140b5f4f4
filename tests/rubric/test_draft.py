"""The drafted 考核评分表: points that follow from what came back, and what is left to people."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.actions import perform
from tests.support.base import base, returned
from xlsxeval.forms.definition import Form
from xlsxeval.rubric import Evidence, RubricItem, draft
from xlsxeval.rules.engine import judge

CAMPAIGN = "yueyang-2023"
DEADLINE = dt.date(2024, 5, 31)


def _form() -> Form:
    return next(form for form in base(CAMPAIGN).edition.forms if form.drafts)


def _drafted(
    words: dict[str, object] | None = None, received: dt.date | None = DEADLINE, came: bool = True
) -> dict[str, RubricItem]:
    sent = base(CAMPAIGN)
    layout = replace(sent.layout, campaign=replace(sent.campaign, deadline=DEADLINE))
    made = perform(sent, words or {})
    file = returned(made.raw, made.context, sent.layouts)
    assert file.submission is not None
    submissions = [file.submission] if came else []
    findings = judge(file).open if came else ()
    return {item.field: item for item in draft(_form(), Evidence(layout, submissions, findings, received))}


def test_a_careful_unit_loses_nothing_that_a_program_can_decide() -> None:
    items = _drafted()
    assert items["self_review"].points == 20
    assert items["submission"].points == 10
    assert items["completeness"].points == 15


@pytest.mark.parametrize(("late", "points"), [(0, 10), (1, 9), (3, 7), (10, 0), (40, 0)])
def test_a_day_late_costs_a_point_and_never_more_than_there_are(late: int, points: float) -> None:
    item = _drafted(received=DEADLINE + dt.timedelta(days=late))["submission"]
    assert item.points == points
    assert str(DEADLINE) in item.reason


def test_a_missing_section_of_the_text_costs_two_points_and_is_named() -> None:
    item = _drafted({"fill": {"报告正文!problems": None}})["completeness"]
    assert item.points == 13
    assert "报告正文" in item.reason


def test_an_attachment_that_came_empty_costs_two_points_and_is_named() -> None:
    sheet = next(s for s in base(CAMPAIGN).layout.sheets if s.name == "附件1")
    inputs = [c for c in base(CAMPAIGN).layout.inputs() if c.address.sheet == sheet.name]
    emptied = {"fill": {str(cell.address): None for cell in inputs}}
    item = _drafted(emptied)["completeness"]
    assert item.points == 13
    assert "附件1" in item.reason


def test_what_a_person_must_judge_is_left_open_and_said() -> None:
    items = _drafted()
    assert items["problems"].points is None
    assert items["forms"].points is None
    assert "要人评" in items["problems"].reason


def test_of_a_unit_that_sent_nothing_only_the_missing_self_review_is_known() -> None:
    items = _drafted(came=False, received=None)
    layout = base(CAMPAIGN).layout
    units = {layout.unit.name, *(project.unit for project in layout.unit.projects)}
    assert items["self_review"].points == 20 - len(units)
    assert all(items[name].points is None for name in ("submission", "completeness", "forms"))


def test_without_a_deadline_or_a_day_of_arrival_lateness_is_left_open() -> None:
    assert _drafted(received=None)["submission"].points is None
