"""A made-up campaign for an edition, to lay it out without anybody's data."""

from __future__ import annotations

import datetime as dt

from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes

_YEAR = 2024


def example_layout(edition: Edition, projects: int = 2, shapes: Shapes | None = None) -> Layout:
    """The layout of one unit with that many projects and nothing given, with the forms that the office fills in, too.

    ``shapes`` are those that it may share. Raises DefinitionError as build_layout does.
    """
    has_projects = any(form.each == "project" for form in edition.forms)
    names = [f"示例项目{number}" for number in range(1, projects + 1)] if has_projects else []
    forms = tuple(form.id for form in edition.forms)
    unit = Unit("000000", "示例单位", tuple(Project(name, "示例单位", "示例单位", {}) for name in names), {}, forms)
    campaign = Campaign("example", edition.id, _YEAR, "示例部门", dt.date(_YEAR + 1, 5, 31), (unit,))
    return build_layout(campaign, unit, edition, shapes=shapes)
