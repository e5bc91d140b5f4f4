"""What a field can hold: one entry a type, with its number format, its unit and how it is typed in.

The same entry makes the cell's data validation and the reader's check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["number", "text", "date", "choice"]


@dataclass(frozen=True, slots=True)
class FieldType:
    """A kind of content.

    ``unit`` is shown to people; ``whole`` asks for integers; ``minimum`` and ``maximum`` bound a number where the
    field itself says nothing.
    """

    name: str
    kind: Kind
    number_format: str
    says: str
    unit: str = ""
    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None
    align: str = "center"


_TYPES = [
    FieldType("money", "number", "0.00", "金额，单位万元，填数字", "万元", minimum=0, maximum=1e10),
    FieldType(
        "signed_money", "number", "0.00", "金额，单位万元，填数字，调减填负数", "万元", minimum=-1e10, maximum=1e10
    ),
    FieldType("count", "number", "0", "人数或个数，填整数", "人", whole=True, minimum=0, maximum=1e8),
    FieldType("area", "number", "0.00", "面积，单位平方米，填数字", "㎡", minimum=0, maximum=1e9),
    FieldType("number", "number", "General", "填数字", minimum=-1e12, maximum=1e12),
    FieldType("percent", "number", "0.00%", "百分比", "%", minimum=0, maximum=100),
    FieldType("weight", "number", "General", "分值，填数字", "分", minimum=0, maximum=100),
    FieldType("score", "number", "0.00", "得分，填数字", "分", minimum=0, maximum=100),
    FieldType("text", "text", "General", "填文字", align="left"),
    FieldType("code", "text", "@", "填文字", align="center"),
    FieldType("choice", "choice", "General", "从下拉列表中选择"),
    FieldType("date", "date", 'yyyy"年"m"月"d"日"', "日期，例如 2025-05-19"),
]

MONEY_UNITS: dict[str, float] = {"元": 0.0001, "千元": 0.1, "万元": 1.0, "亿元": 10000.0}
"""Units in which a form may ask for money, each with how many 万元 it is."""


def in_unit(kind: FieldType, unit: str | None) -> FieldType:
    """A type of money with another unit; every other type as it is."""
    if kind.unit != "万元" or unit in (None, "万元"):
        return kind
    scale = 1 / MONEY_UNITS[unit or "万元"]
    return replace(
        kind,
        says=kind.says.replace("万元", unit or ""),
        unit=unit or "",
        minimum=None if kind.minimum is None else kind.minimum * scale,
        maximum=None if kind.maximum is None else kind.maximum * scale,
    )


def wan(kind: FieldType, value: float) -> float:
    """An amount of a field in 万元; of a field that holds no money the value itself."""
    return value * MONEY_UNITS.get(kind.unit, 1.0)


TYPES: dict[str, FieldType] = {entry.name: entry for entry in _TYPES}
