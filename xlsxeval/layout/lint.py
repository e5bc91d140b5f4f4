"""Proves an edition: laid out with no, one and several projects."""

from __future__ import annotations

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.example import example_layout


def lint_edition(edition: Edition) -> list[Problem]:
    """Every fault of an edition that its loading has not told yet; empty where there is none."""
    problems: list[Problem] = []
    for projects in (2, 1, 0):
        try:
            example_layout(edition, projects)
        except DefinitionError as error:
            problems += error.problems
    return list(dict.fromkeys(problems))
