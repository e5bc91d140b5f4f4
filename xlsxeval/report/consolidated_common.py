"""What many units got wrong: each rule with the units that have most of it, and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from xlsxeval.model import Severity
from xlsxeval.report.fields import FieldGroup, field_value
from xlsxeval.rollup.summary import CommonLine, FindingLine, Summary

_WORST, _LONGEST = 3, 120
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "请核对", Severity.INFO: "提示"}


def common_problems(summary: Summary) -> list[FieldGroup]:
    """A group a rule, those that most units have first."""
    by_code: dict[str, list[FindingLine]] = {}
    for line in summary.findings:
        if line.finding.waived is None:
            by_code.setdefault(line.finding.code, []).append(line)
    return [_problem(number, line, by_code[line.code]) for number, line in enumerate(summary.common, start=1)]


def _problem(number: int, line: CommonLine, found: list[FindingLine]) -> FieldGroup:
    places = Counter(one.whose.name or one.file for one in found)
    worst = sorted(places.items(), key=lambda item: -item[1])[:_WORST]
    fields: dict[str, Any] = {
        "number": field_value(number, "0", {}),
        "code": line.code,
        "title": field_value(line.title, "@", {}),
        "severity": _SEVERITIES[line.severity],
        "units": field_value(line.units, "0", {}),
        "places": field_value(line.places, "0", {}),
        "worst": [
            FieldGroup("较多的单位", {"name": field_value(name, "@", {}), "places": field_value(count, "0", {})})
            for name, count in worst
        ],
        "examples": [field_value(text, "@", {}) for text in _examples(found, worst[0][0])],
    }
    return FieldGroup("共性问题", fields)


def _examples(found: list[FindingLine], unit: str) -> Iterator[str]:
    """The first one of the unit that has most of it."""
    for one in found:
        if (one.whose.name or one.file) == unit:
            place = " ".join(part for part in (one.finding.place.sheet, one.finding.place.cell) if part)
            message = " ".join(one.finding.message.split())
            short = message if len(message) <= _LONGEST else message[: _LONGEST - 1] + "…"
            yield f"{unit}{f'（{place}）' if place else ''}：{short}"
            return
