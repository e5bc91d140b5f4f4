"""Proves an edition: laid out with no, one and several projects."""

from __future__ import annotations

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.example import example_layout
from xlsxeval.layout.shaping import Shapes


def lint_edition(edition: Edition, shapes: Shapes | None = None) -> list[Problem]:
    """Every fault of an edition that its loading has not told yet; empty where there is none. ``shapes`` are left with the layouts made."""
    shapes = Shapes() if shapes is None else shapes
    problems: list[Problem] = []
    for projects in range(3):
        try:
            example_layout(edition, projects, shapes)
        except DefinitionError as error:
            problems += error.problems
    return list(dict.fromkeys(problems))
