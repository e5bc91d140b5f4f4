"""Findings about the content that a campaign gives, each at its line of campaign.yaml or its cell of 名册.xlsx."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.errors import Problem
from xlsxeval.forms.yaml_file import Place
from xlsxeval.layout.layout import Layout, Slot
from xlsxeval.model import Address, Finding, Severity, split_a1
from xlsxeval.rules.plan import judge_plan

_COUNT = re.compile("，共 [0-9]{1,6} 行（第 [^（）]{1,300} 行）$")
"""The part of a message about other lines with the same fault: here each has a problem of its own."""


def plan_faults(layouts: list[Layout], place: Place) -> list[Problem]:
    """The findings of the rules about the plan, as problems of the campaign's file; ``place`` knows where its data stand."""
    found = []
    for number, layout in enumerate(layouts):
        for finding in judge_plan(layout):
            message = f"{finding.code} {_COUNT.sub('', finding.message)}"
            for slot, shown in _places(layout, finding):
                now = f"（{slot.label}现为“{shown}”）" if shown else ""
                position = place(_path(layout, number, slot))
                warning = finding.severity is not Severity.ERROR
                found.append(position.problem(f"{message}{now}。{finding.fix}", warning=warning))
    return list(dict.fromkeys(found))


def _places(layout: Layout, finding: Finding) -> Iterator[tuple[Slot, str]]:
    """The fields that a finding is about: its own, and those of the same column in other lines, with what stands there."""
    column = ""
    for place in (finding.place, *finding.related):
        if place.sheet is None or place.cell is None:
            continue
        cell = layout.cells.get(Address(place.sheet, *split_a1(place.cell)))
        if cell is None or cell.slot is None:
            continue
        if place is finding.place:
            column = cell.slot.field.id
        if cell.slot.field.id == column:
            shown = finding.shown if place is finding.place else cell.value
            yield cell.slot, "" if shown is None else str(shown)


def _path(layout: Layout, number: int, slot: Slot) -> list[str | int]:
    """Path of a field's value in the campaign's data."""
    path: list[str | int] = ["units", number]
    if slot.instance is not None:
        path += ["projects", slot.instance - 1]
        # YAML passes over what it does not have; a roster knows the short way only.
        block = [str(slot.field.block)] if slot.field.block == "indicators" else ["given", str(slot.field.block)]
    else:
        block = ["given", slot.form, str(slot.field.block)]
    if slot.line is None:
        return [*path, *block[:-1], slot.field.id]
    return [*path, *block, slot.line - 1, slot.field.short]
