"""The gate: a zone of a table is judged only where its own figures confirm that it was read as it is meant.

A wrong reading accuses people. What confirms is a redundancy: a rate that follows from two other figures, parts that make
up a sum, scores that make up the total, weights that make up 100. One that fails may be an error of the report; where
none holds, or most fail, the reading is in doubt and nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxeval.audit.reading import BlockLine, TableReading
from xlsxeval.proofreading.plain_text import plain

_CENT = Decimal("0.011")
_RATE = Decimal("0.0051")
_ROWS = ("funds", "fiscal", "carryover", "special", "own", "other", "basic", "project")
_COLUMNS = ("initial", "budget", "executed")
_HUNDRED = Decimal(100)
_BUDGET_POINTS = (Decimal(10), Decimal(20))
_POINTS = re.compile(r"\((\d{1,3}(?:\.\d{1,2})?)分?\)")


def refusals(reading: TableReading) -> dict[str, str]:
    """The zones that cannot be judged, with the reason in Chinese."""
    found: dict[str, str] = {}
    for zone in reading.zones():
        unclear = reading.unclear.get(zone, [])
        held = list(_TESTS[zone](reading))
        if len(unclear) > _FEW:
            found[zone] = f"有 {len(unclear)} 处没有读懂，例如{unclear[0]}"
        elif not any(held):
            found[zone] = _UNPROVEN[zone] if held else "没有可以互相印证的数"
        elif held.count(True) < held.count(False):
            found[zone] = f"{len(held)} 处可以互相印证的数里只有 {held.count(True)} 处相符，多半是格子认错了"
        elif zone == "indicators" and (why := unclear[:1] or _lacks_budget_row(reading)):
            found[zone] = why[0]
    if len(reading.loose_rows) > _FEW:
        found[""] = f"{reading.loose_rows[0]}起有 {len(reading.loose_rows)} 行有数，认不出是什么"
    return found


_FEW = 2
_UNPROVEN = {
    "funds": "预算、执行数、执行率、得分和各项来源没有一处能互相印证",
    "indicators": "各行分值、得分加起来与总分都不相符",
    "staff": "控制率与编制数、在职人数不能印证",
    "spending": "各项合计与明细没有一处相符",
}


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _near(one: Decimal | None, other: Decimal | None, within: Decimal = _CENT) -> bool:
    return one is not None and other is not None and abs(one - other) <= within


def _funds(reading: TableReading) -> Iterator[bool]:
    """Rates (also inverted ones and those of 年初预算数, which prove the cells), sums by column, the score."""
    value = reading.value
    for row in _ROWS:
        rate, budget, executed = (value(f"{row}.{name}") for name in ("rate", "budget", "executed"))
        initial = value(f"{row}.initial")
        if rate and executed and budget:
            ratios = [executed / budget, budget / executed, *([executed / initial] if initial else [])]
            yield any(_near(rate, ratio, _RATE) for ratio in ratios)
    rate, weight, score = (value(f"funds.{name}") for name in ("rate", "weight", "score"))
    if rate and weight and score:
        yield _near(score, min(rate, Decimal(1)) * weight, Decimal("0.06"))
    for column in _COLUMNS:
        whole = value(f"funds.{column}")
        for parts in (("fiscal", "carryover", "special", "own", "other"), ("basic", "project")):
            known = [part for name in parts if (part := value(f"{name}.{column}")) is not None]
            if whole and any(known):
                yield _near(_sum(known), whole)
        sources = [part for name in ("fiscal", "other") if (part := value(f"{name}.{column}")) is not None]
        structure = [part for name in ("basic", "project") if (part := value(f"{name}.{column}")) is not None]
        if whole is None and any(sources) and len(structure) == 2:
            yield _near(_sum(sources), _sum(structure))
    budget, executed = value("funds.budget"), value("funds.executed")
    basic, project = value("funds.basic"), value("funds.project")
    if executed and basic is not None and project is not None:
        yield _near(basic + project, executed) or _near(basic + project, budget)
    income = [part for name in ("general", "fund", "special", "other") if (part := value(f"income.{name}")) is not None]
    if any(income):
        yield _near(_sum(income), budget) or _near(_sum(income), executed)


def _indicators(reading: TableReading) -> Iterator[bool]:
    """Weights that make up 100 or the printed total, scores that make up the total, points in the names of classes."""
    lines = reading.indicators
    for name in ("weight", "score"):
        column = [figure.value for line in lines if (figure := line.get(name)) and figure.value is not None]
        if not column:
            continue
        own = reading.value(f"funds.{name}") or Decimal(0)
        total = reading.value(f"total.{name}")
        sums = {_sum(column), _sum(column) + own}
        if name == "weight":
            ends = {total} if total else {_HUNDRED, *(_HUNDRED - points for points in _BUDGET_POINTS)}
            yield any(_near(one, end) for one in sums for end in ends)
        elif total is not None:
            yield any(_near(one, total, Decimal("0.06")) for one in sums)
    yield from _classes(lines)


def _classes(lines: list[BlockLine]) -> Iterator[bool]:
    """Whether the weights, or scores, of each class with points in its name stay within them and mostly reach them."""
    for level in ("level1", "level2"):
        groups: list[tuple[Decimal, list[Decimal]]] = []
        for line in lines:
            name = line.get(level)
            stated = _POINTS.search(plain(name.text)) if name else None
            if name and name.text.strip():
                groups.append((Decimal(stated[1]) if stated else Decimal(0), []))
            figure = line.get("weight") or line.get("score")
            if groups and figure and figure.value is not None:
                groups[-1][1].append(figure.value)
        known = [(points, values) for points, values in groups if points and values]
        if len(known) >= 2:
            yield sum(_near(_sum(values), points) for points, values in known) * 2 > len(known)


def _lacks_budget_row(reading: TableReading) -> list[str]:
    """Whether weights or scores lack just the points that the rate of execution has in most forms, and no such row is known."""
    if reading.value("funds.weight") is not None:
        return []
    for name, points in (("weight", _BUDGET_POINTS), ("score", _BUDGET_POINTS)):
        column = [
            figure.value for line in reading.indicators if (figure := line.get(name)) and figure.value is not None
        ]
        total = reading.value(f"total.{name}")
        if column and total is not None and any(_near(_sum(column) + one, total) for one in points):
            return ["总分比各行之和正好多出预算执行的分，那一行没有找到"]
    return []


def _staff(reading: TableReading) -> Iterator[bool]:
    posts, actual, rate = (reading.value(f"staff.{name}") for name in ("posts", "actual", "rate"))
    if posts and actual and rate:
        yield _near(rate, actual / posts, _RATE) or _near(rate, posts / actual, _RATE)


def _spending(reading: TableReading) -> Iterator[bool]:
    """Sums by column: 三公经费, 公务用车, 项目支出 and the lines of each block."""
    for whole, parts in _SUMS.items():
        for column in ("previous", "budget", "final"):
            value = reading.value(f"{whole}.{column}")
            known = [part for name in parts if (part := reading.value(f"{name}.{column}")) is not None]
            lines = reading.lines.get(_BLOCKS.get(whole, ""), [])
            known += [figure.value for line in lines if (figure := line.get(column)) and figure.value is not None]
            if value and any(known):
                yield _near(_sum(known), value, Decimal("0.021"))


_SUMS = {
    "sangong": ("vehicle", "abroad", "reception"),
    "vehicle": ("purchase", "running"),
    "project": ("business", "operation", "outside", "approved", "special", "transfer"),
    "special": (),
    "transfer": (),
}
_BLOCKS = {"project": "others", "special": "specials", "transfer": "transfers"}
_TESTS = {"funds": _funds, "indicators": _indicators, "staff": _staff, "spending": _spending}
