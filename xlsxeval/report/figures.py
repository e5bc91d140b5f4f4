"""What the page of charts shows: how much of its budget each project spent, and the scores by first-level indicator.

Everything is taken from the same names that the template has; what is blank is left out with its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxeval.report.fields import FieldGroup
from xlsxeval.report.filters import plain

MOST_BARS = 16
"""Projects in one chart; more go into another."""
_LEAST = 2
"""A chart with a single bar says no more than its sentence."""


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one kind, a value for each label of the figure, in its unit."""

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """One chart. ``percent``: the values are shares of 1, else points; ``lying``: bars lie, for long labels."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False
    lying: bool = False


def figures(context: Mapping[str, Any]) -> Sequence[ChartData]:
    """The charts of a report, from its context; none where the forms have nothing to draw."""
    projects = [project for project in context.get("projects", []) if isinstance(project, FieldGroup)]
    overall = context.get("overall")
    drawn = list(_execution(projects))
    if isinstance(overall, FieldGroup) and "indicators" in overall.fields:
        drawn += _scores(overall, "一级指标得分情况")
    else:
        for project in projects:
            drawn += _scores(project, f"一级指标得分情况（{_text(project, 'name')}）")
    return drawn


def _execution(projects: Sequence[FieldGroup]) -> Iterator[ChartData]:
    known = [
        (_text(project, "name"), rate)
        for project in projects
        if (rate := _number(project, "funds", "rate")) is not None
    ]
    parts = [known[at : at + MOST_BARS] for at in range(0, len(known), MOST_BARS)] if len(known) >= _LEAST else []
    for number, part in enumerate(parts, start=1):
        title = "各项目预算执行率" + (f"（{number}）" if len(parts) > 1 else "")
        labels, rates = zip(*part, strict=True)
        yield ChartData(title, labels, (Series("预算执行率", rates),), percent=True, lying=True)


def _scores(form: FieldGroup, title: str) -> Iterator[ChartData]:
    """Full marks beside the score of every first level; the line of the budget's execution is one of them."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    weight, score = _number(form, "funds", "weight"), _number(form, "funds", "score")
    if weight is not None and score is not None:
        found["预算执行"] = (weight, score)
    groups: dict[str, list[FieldGroup]] = {}
    for line in form.fields["indicators"]:
        groups.setdefault(plain(_text(line, "level1")), []).append(line)
    for name, lines in groups.items():
        scores = _all(lines, "score")
        weights = _all(lines, "weight") or _all(lines, "share")[:1]
        if name and scores and weights:
            found[name] = (sum(weights, Decimal()), sum(scores, Decimal()))
    if len(found) >= _LEAST:
        full, got = zip(*found.values(), strict=True)
        yield ChartData(title, tuple(found), (Series("分值", full), Series("得分", got)))


def _all(lines: Sequence[FieldGroup], name: str) -> list[Decimal]:
    return [number for line in lines if (number := _number(line, name)) is not None]


def _number(group: FieldGroup, *path: str) -> Decimal | None:
    found: Any = group
    for name in path:
        found = found.fields.get(name) if isinstance(found, FieldGroup) else None
    return found + 0 if isinstance(found, Decimal) else None


def _text(group: FieldGroup, name: str) -> str:
    return " ".join(str(group.fields.get(name, "")).split())
