from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxeval.levels import ExportedProject, Received
from xlsxeval.rules.exports import LABELS, differs, shown
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule

Figures = dict[str, tuple[str, Decimal | None]]
"""What people call a figure, and its value, by what it is."""


@export_rule("U002", "figure-is-not-the-workbooks", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """上报的数与单位原表重算的不同。

    为什么：上报包里附有单位的原表，由原表的填报数重新算出的数才算数；不同的，是上报的数被改过，或者附的不是那一份表。
    怎么改：请下级以原表为准重新上报；汇总已按原表重算的数计。
    """
    columns = received.export.money
    for unit in received.export.units:
        reread = received.rereads.get(unit.code)
        if reread is None or reread.fault is not None:
            continue
        stated = _figures(unit.amounts, unit.projects, unit.money, columns)
        found = _figures(reread.amounts, reread.projects, reread.money, columns)
        for name in sorted(stated.keys() | found.keys()):
            label = (stated.get(name) or found[name])[0]
            said, computed = (figures.get(name, (label, None))[1] for figures in (stated, found))
            if differs(said, computed):
                yield Hit(
                    f"{unit.name}的{label}与原表重算的不同",
                    spot=unit.code,
                    field=name,
                    label=label,
                    shown=shown(said),
                    expected=shown(computed),
                    working=f"由 {'、'.join(file.name for file in unit.files)} 的填报数重新算出",
                    aspect=unit.code,
                )


def _figures(
    amounts: dict[str, Decimal],
    projects: Sequence[ExportedProject],
    money: Sequence[Decimal | None],
    columns: Sequence[str],
) -> Figures:
    """All figures of a unit: its own, those of its projects, and the columns of 资金 (an export of another edition's
    columns may have more or fewer)."""
    found: Figures = {name: (LABELS[name], value) for name, value in amounts.items()}
    for project in projects:
        for name, value in project.amounts.items():
            found[f"{project.name} {name}"] = (f"项目「{project.name}」的{LABELS[name]}", value)
    for number, (column, figure) in enumerate(zip(columns, money, strict=False)):
        if figure is not None:
            found[f"money[{number}]"] = (f"资金「{column}」", figure)
    return found
