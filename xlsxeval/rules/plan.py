"""The rules about the plan, applied to what a campaign gives a unit."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.layout.layout import Layout
from xlsxeval.model import Finding
from xlsxeval.rules.engine import finding_of
from xlsxeval.rules.given import given_content
from xlsxeval.rules.registry import workbook_rules
from xlsxeval.rules.settings import apply_settings


def judge_plan(layout: Layout) -> list[Finding]:
    """What is wrong with the indicators, targets and weights that the campaign gives, each at its cell of the layout."""
    content = given_content(layout)

    def found() -> Iterator[Finding]:
        for rule in workbook_rules():
            if rule.over_plan is not None:
                yield from (finding_of(rule, hit) for hit in rule.over_plan(content))

    return list(apply_settings(found(), layout.settings))
