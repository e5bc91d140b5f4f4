"""All rules about exports of lower levels, applied to an export and the levels in it: findings from the top down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xlsxeval.levels import Received
from xlsxeval.levels.figures import figure_text
from xlsxeval.model import Finding
from xlsxeval.rules.bounds import listed
from xlsxeval.rules.engine import finding_of, numbered
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rules

TOTAL = "合计"
"""The spot of a hit that is about all units of a level."""
LABELS = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "score": "得分",
    "weight": "计分的预算数",
    "weighted": "预算数×得分",
    "units": "单位数",
    "sent": "已下发",
    "returned": "已报",
    "clean": "无错误",
    "errors": "有错误",
    "scored": "有得分",
}
"""Name of a figure in an export → its label in messages."""
NEAR = Decimal("0.000001")
"""Figures that differ by less are equal: another version of the program may round the last digit differently."""


def judge_export(received: Received) -> tuple[Finding, ...]:
    """The findings about an export; the ``sheet`` of each finding's place is the path of the level it is about."""
    return numbered(_all(received))


def differs(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two figures differ; a missing figure differs from zero."""
    if one is None or other is None:
        return one is not other
    return abs(one - other) >= NEAR


def shown(value: Decimal | None) -> str:
    """The text of a figure in a message."""
    return "（空）" if value is None else figure_text(value)


def _all(received: Received) -> Iterator[Finding]:
    for level in received.walk():
        for rule in rules():
            if rule.over_export is not None:
                for hit in listed(rule.over_export(level)):
                    yield finding_of(rule, _placed(hit, level))


def _placed(hit: Hit, level: Received) -> Hit:
    return replace(hit, sheet=level.path)
