"""Summary → what the template of the department's own report can name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from xlsxeval.levels import LevelTotals
from xlsxeval.report.consolidated_common import common_problems
from xlsxeval.report.consolidated_figures import (
    MONEY,
    Amounts,
    Ranked,
    Whole,
    added,
    grade_of,
    project_amounts,
    ranked_units,
    rate,
    total,
    whole,
)
from xlsxeval.report.fields import BlankValue, FieldGroup, NumberField, field_value
from xlsxeval.rollup.definition import Role
from xlsxeval.rollup.summary import LowerLine, ProjectLine, Summary, SummaryStatus

_MONEY, _RATE, _SCORE, _COUNT = "#,##0.00", "0.00%", "0.00", "0"


def consolidated_context(summary: Summary) -> dict[str, Any]:
    """The names of the template; docs/guide/consolidated-report.md lists them."""
    campaign = summary.campaign
    ranked = ranked_units(summary)
    units = [_unit(number, one) for number, one in enumerate(ranked, start=1)]
    by_status = {
        status: [group for group, one in zip(units, ranked, strict=True) if one.line.status is status]
        for status in SummaryStatus
    }
    scored = [(one.rank, group) for group, one in zip(units, ranked, strict=True) if one.rank is not None]
    definition = summary.definition
    return {
        "year": campaign.year,
        "department": campaign.department,
        "deadline": _day(campaign.deadline) if campaign.deadline else BlankValue(),
        "made": _day(summary.made),
        "unit": FieldGroup("部门（unit）", {"name": campaign.department, "code": ""}),
        "edition": FieldGroup("版本（edition）", {"title": summary.title, "id": campaign.edition}),
        "has": FieldGroup("有哪些数（has）", {role.value: role in definition.unit_roles for role in Role}),
        "units": units,
        "came": [
            group for group, one in zip(units, ranked, strict=True) if one.line.status is not SummaryStatus.ABSENT
        ],
        "faulty": by_status[SummaryStatus.ERRORS],
        "absent": by_status[SummaryStatus.ABSENT],
        "late": [group for group, one in zip(units, ranked, strict=True) if one.line.late],
        "sent_back": [group for group, one in zip(units, ranked, strict=True) if one.line.sent_back],
        "waived": [group for group, one in zip(units, ranked, strict=True) if one.line.waived],
        "total": _total(whole([one.amounts for one in ranked])),
        "money": _money(summary),
        "projects": [_project(number, line, summary) for number, line in enumerate(summary.projects, start=1)],
        "project_total": _total(whole([project_amounts(line) for line in summary.projects])),
        "ranking": [group for _, group in sorted(scored, key=lambda pair: pair[0])],
        "grades": _grades(summary, ranked),
        "common": common_problems(summary),
        "findings": _number(sum(line.places for line in summary.common), _COUNT),
        "unread": _number(summary.unread, _COUNT),
        "strange": _number(summary.strange, _COUNT),
        **_levels(summary, whole([one.amounts for one in ranked])),
    }


def _levels(summary: Summary, own: Whole) -> dict[str, Any]:
    """The lower levels, those that handed nothing up, what they come to, and what they do together with the own units."""
    lines = [_level(line) for line in summary.lower]
    direct = [line for line in summary.lower if line.depth == 1]
    came = [line.totals for line in direct if line.totals is not None]
    totals = reduce(LevelTotals.__add__, came, LevelTotals())
    lower = {
        "levels": _number(len(direct), _COUNT),
        "came": _number(len(came), _COUNT) if came else BlankValue(),
        **_level_figures(totals if came else None),
    }
    amounts = {role: added([own.amounts.get(role), totals.amounts.get(role.value)]) for role in MONEY}
    return {
        "levels": lines,
        "silent": [group for group, line in zip(lines, summary.lower, strict=True) if line.totals is None],
        "lower": FieldGroup("下级合计（lower）", lower),
        "grand": FieldGroup("总计（grand）", _amounts(amounts)),
    }


def _level(line: LowerLine) -> FieldGroup:
    return FieldGroup(
        "下级（levels）",
        {
            "code": field_value(line.whose.code, "@", {}),
            "name": field_value("　" * (line.depth - 1) + line.whose.name, "@", {}),
            "depth": _number(line.depth, _COUNT),
            "made": _day(line.made) if line.made else BlankValue(),
            "remark": field_value(line.remark, "@", {}),
            **_level_figures(line.totals),
        },
    )


def _level_figures(totals: LevelTotals | None) -> Mapping[str, Any]:
    """What a level comes to; blank where it handed nothing up, and where a count is none."""
    counts = {} if totals is None else {**totals.counts, "absent": totals.units - totals.returned}
    money = {} if totals is None else totals.amounts
    return {
        **{name: _number(counts.get(name) or None, _COUNT) for name in ("units", "returned", "absent", "errors")},
        **{role.value: _number(money.get(role.value), _MONEY) for role in MONEY},
        "rate": _number(totals.rate if totals else None, _RATE),
        "score": _number(totals.score if totals else None, _SCORE),
    }


def _unit(number: int, one: Ranked) -> FieldGroup:
    line = one.line
    came = line.status is not SummaryStatus.ABSENT
    fields = {
        "number": _number(number, _COUNT),
        "code": field_value(line.whose.code, "@", {}),
        "name": field_value(line.whose.name, "@", {}),
        "status": line.status.value,
        **_amounts(one.amounts),
        "grade": one.grade or BlankValue(),
        "rank": _number(one.rank, _COUNT),
        "errors": _number(line.errors if came else None, _COUNT),
        "warnings": _number(line.warnings if came else None, _COUNT),
        "remark": line.remark,
        "late": _number(line.late, _COUNT),
        "waived": _number(line.waived, _COUNT),
    }
    return FieldGroup("单位（units）", fields)


def _project(number: int, line: ProjectLine, summary: Summary) -> FieldGroup:
    amounts = project_amounts(line)
    fields = {
        "number": _number(number, _COUNT),
        "unit": field_value(line.whose.name, "@", {}),
        "name": field_value(line.project.name, "@", {}),
        "carried_by": field_value(line.project.carried_by, "@", {}),
        **_amounts(amounts),
        "grade": grade_of(summary.grades, amounts.get(Role.SCORE)) or BlankValue(),
    }
    return FieldGroup("项目（projects）", fields)


def _amounts(amounts: Amounts) -> Mapping[str, Any]:
    fields: dict[str, Any] = {role.value: _number(amounts.get(role), _MONEY) for role in MONEY}
    fields["rate"] = _number(rate(amounts), _RATE)
    fields["score"] = _number(amounts.get(Role.SCORE), _SCORE)
    return fields


def _total(all_lines: Whole) -> FieldGroup:
    fields = dict(_amounts(all_lines.amounts))
    fields["score"] = _number(all_lines.mean, _SCORE)
    fields["weighted"] = _number(all_lines.weighted, _SCORE)
    return FieldGroup("合计（total）", fields)


def _money(summary: Summary) -> list[FieldGroup]:
    """The totals of the columns of 资金, each of all units together."""
    return [
        FieldGroup(
            "资金（money）",
            {
                "group": column.group,
                "label": column.label,
                "unit": column.unit,
                "total": _number(added(total(unit.money[number]) for unit in summary.units), column.number_format),
            },
        )
        for number, column in enumerate(summary.definition.money)
    ]


def _grades(summary: Summary, ranked: Sequence[Ranked]) -> list[FieldGroup]:
    """The grades with the units that have them, also those that none has."""
    return [
        FieldGroup(
            "等次（grades）",
            {
                "word": grade.word,
                "lower": _number(None if grade.lower is None else Decimal(str(grade.lower)), "General"),
                "units": [field_value(one.line.whose.name, "@", {}) for one in ranked if one.grade == grade.word],
            },
        )
        for grade in summary.grades
    ]


def _number(value: Decimal | int | None, number_format: str) -> NumberField | BlankValue:
    return BlankValue() if value is None else NumberField(float(value), number_format, {})


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
