from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxeval.forms.types import wan
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place, Severity
from xlsxeval.narrative.comparison import agrees, can_be
from xlsxeval.quantities import Comparator, Quantity, QuantityKind, Target
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import actual_of, line_hit

_OWN = "(?:本?部门|本?单位|整体|整体支出|年度|全年|本年)*"
_EXECUTED = ("funds.executed", "funds.budget")
_EXACT = (Comparator.NONE, Comparator.EQUAL)
_OVERALL = "overall"
"""The form of the unit's whole spending: in a project's form 会议费 is the project's own, which no other cell holds."""


@dataclass(frozen=True, slots=True)
class _Named:
    """An indicator whose value the forms' own figures give.

    A share: ``parts`` of ``whole``, less ``less`` where that is named. Without ``whole`` the figure ``parts`` itself, in
    万元 or persons. ``form`` is None for the figures of the form in which the indicator stands.
    """

    name: re.Pattern[str]
    form: str | None
    parts: str
    whole: str | None = None
    less: str | None = None

    @property
    def paths(self) -> list[str]:
        """The fields that it is computed from."""
        return [path for path in (self.parts, self.whole, self.less) if path is not None]


def _named(names: str) -> re.Pattern[str]:
    return re.compile(f"{_OWN}(?:{names})")


def _spent(names: str) -> re.Pattern[str]:
    return _named(f"(?:{names})(?:实际)?(?:支出|支出额|支出数|支出总额|总额|总支出|决算数|决算)?")


_FIGURES = (
    _Named(
        _named("预算执行率|资金执行率|预算资金执行率|财政资金执行率|预算完成率|资金支出率|预算支出率|执行率"),
        None,
        *_EXECUTED,
    ),
    _Named(_named("结转结余率|结余结转率|资金结转结余率"), None, "funds.budget", "funds.budget", "funds.executed"),
    _Named(_named("预算调整率|预算控制率"), None, "funds.budget", "funds.initial", "funds.initial"),
    _Named(_named("政府采购执行率|政府采购预算执行率"), "basic", "procurement.final", "procurement.budget"),
    _Named(_named("“?三公”?经费控制率|“?三公”?经费预算执行率"), "basic", "sangong.final", "sangong.budget"),
    _Named(_named("公用经费控制率"), "basic", "public.final", "public.budget"),
    _Named(_named("在职人员控制率|人员控制率|财政供养人员控制率"), "basic", "staff.actual", "staff.posts"),
    _Named(_named("规模控制率"), "basic", "building.actual_area", "building.approved_area"),
    _Named(_named("投资概算控制率"), "basic", "building.actual_cost", "building.approved_cost"),
    _Named(_spent("三公经费"), "basic", "sangong.final"),
    _Named(_spent("公务接待费用?"), "basic", "reception.final"),
    _Named(_spent("会议费用?"), "basic", "meeting.final"),
    _Named(_spent("因公出国境费用?"), "basic", "abroad.final"),
    _Named(_spent("公务用车购置[及和与]?运行维?护?费用?"), "basic", "vehicle.final"),
    _Named(_spent("公用经费"), "basic", "public.final"),
    _Named(_named("项目支出(?:额|数|总额)?"), None, "funds.project"),
    _Named(_named("基本支出(?:额|数|总额)?"), None, "funds.basic"),
    _Named(_named("(?:实际)?在职(?:人员|职工)?(?:人数|数|总数|总人数)"), "basic", "staff.actual"),
)
_KINDS = {QuantityKind.SHARE: "{:.2%}", QuantityKind.MONEY: "{:.2f}万元", QuantityKind.COUNT: "{:.0f}人"}
"""What an indicator of each kind measures, and how its figure is written."""


@form_rule(
    "X112",
    "named-figure-differs",
    severity=Severity.WARNING,
    basis="财预〔2013〕53号的指标解释 [号]；同一数据应当一致 [理]",
    parameters=("relation.named_figures", "tolerance.rate"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """以表里的数命名的指标，实际完成值不是那个数。

    为什么：预算执行率、结转结余率、政府采购执行率、三公经费控制率这些指标，表里的数一除就是；三公经费支出、会议费、在职人员数表里就有；实际完成值写成别的，两处就互相矛盾。
    怎么改：按表里的数填实际完成值；口径不同的，在指标名称或偏差原因里写明。
    """
    if not switch(submission, "relation.named_figures", True):
        return
    tolerance = Decimal(str(number(submission, "tolerance.rate", 0.00005)))
    for line in indicator_lines(submission):
        named = next((one for one in _FIGURES if one.name.fullmatch(_plain(line.text("level3")))), None)
        actual = actual_of(line) if named is not None else None
        if named is None or not isinstance(actual, Target) or actual.comparator not in _EXACT:
            continue
        cells = _cells(submission, line, named)
        value = None if cells is None else _value(submission, cells, named)
        if cells is None or value is None or not _measures(actual.quantity, cells[0], named):
            continue
        if agrees(actual.quantity, value, tolerance):
            continue
        expected = _KINDS[actual.quantity.kind].format(value)
        yield replace(
            line_hit(submission, line, "actual", f"{line.text('level3')}按表里的数是 {expected}", expected),
            related=[_place(submission, cell) for cell in dict.fromkeys(cells)],
        )


def _plain(name: str) -> str:
    return re.sub(r"[\s、，,（）()“”\"]", "", folded(name))


def _measures(quantity: Quantity, cell: PlacedCell, named: _Named) -> bool:
    """Whether a figure is of the kind that the named one is: a share, or what its cell holds, persons as 人."""
    if named.whole is not None:
        return quantity.kind is QuantityKind.SHARE
    kind = cell.slot.field.type.name if cell.slot else ""
    return can_be(quantity, kind) and (quantity.kind is not QuantityKind.COUNT or quantity.unit in ("", "人"))


def _cells(submission: Submission, line: IndicatorLine, named: _Named) -> tuple[PlacedCell, ...] | None:
    """The cells of the figures in the order of ``paths``; None where the unit has no such form."""
    if named.whole is None and line.form != _OVERALL:
        return None
    form, instance = (named.form, None) if named.form is not None else (line.form, line.instance)
    cells = [submission.layout.slots.get((form, instance, path)) for path in named.paths]
    return tuple(cell for cell in cells if cell is not None) if None not in cells else None


def _value(submission: Submission, cells: tuple[PlacedCell, ...], named: _Named) -> Decimal | None:
    """The share, without its sign, or the figure in 万元 or persons; None where a figure is missing, or the whole is 0."""
    figures = [
        Decimal(str(wan(cell.slot.field.type, value)))
        for cell in cells
        if cell.slot and isinstance(value := submission.value(cell), float)
    ]
    if len(figures) < len(cells):
        return None
    if named.whole is None:
        return figures[0]
    part = figures[0] - figures[2] if named.less is not None else figures[0]
    return abs(round(part / figures[1], 10)) if figures[1] else None


def _place(submission: Submission, cell: PlacedCell) -> Place:
    address = submission.place(cell.address)
    return Place(address.sheet, address.a1, cell.slot.path if cell.slot else None)
