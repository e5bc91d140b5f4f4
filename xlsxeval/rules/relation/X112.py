from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCell
from xlsxeval.model import Place, Severity
from xlsxeval.narrative.comparison import agrees
from xlsxeval.quantities import Comparator, QuantityKind, Target
from xlsxeval.quantities.numerals import folded
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.indicators import IndicatorLine, indicator_lines
from xlsxeval.rules.parameters import number, switch
from xlsxeval.rules.registry import form_rule
from xlsxeval.rules.targets import actual_of, line_hit

_OWN = "(?:本?部门|本?单位|整体|整体支出|年度|全年|本年)*"
_EXECUTED = ("funds.executed", "funds.budget")


@dataclass(frozen=True, slots=True)
class _Ratio:
    """An indicator whose value the form's own figures give: ``parts`` of ``whole``, less ``less`` where that is named.

    ``form`` is None for the figures of the form in which the indicator stands.
    """

    name: re.Pattern[str]
    form: str | None
    parts: str
    whole: str
    less: str | None = None


def _named(names: str) -> re.Pattern[str]:
    return re.compile(f"{_OWN}(?:{names})")


_RATIOS = (
    _Ratio(_named("预算执行率|资金执行率|预算资金执行率|财政资金执行率|预算完成率|执行率"), None, *_EXECUTED),
    _Ratio(_named("结转结余率|结余结转率|资金结转结余率"), None, "funds.budget", "funds.budget", "funds.executed"),
    _Ratio(_named("预算调整率|预算控制率"), None, "funds.budget", "funds.initial", "funds.initial"),
    _Ratio(_named("政府采购执行率|政府采购预算执行率"), "basic", "procurement.final", "procurement.budget"),
    _Ratio(_named("“?三公”?经费控制率|“?三公”?经费预算执行率"), "basic", "sangong.final", "sangong.budget"),
    _Ratio(_named("公用经费控制率"), "basic", "public.final", "public.budget"),
    _Ratio(_named("在职人员控制率|人员控制率|财政供养人员控制率"), "basic", "staff.actual", "staff.posts"),
    _Ratio(_named("规模控制率"), "basic", "building.actual_area", "building.approved_area"),
    _Ratio(_named("投资概算控制率"), "basic", "building.actual_cost", "building.approved_cost"),
)


@form_rule(
    "X112",
    "named-figure-differs",
    severity=Severity.WARNING,
    basis="财预〔2013〕53号的指标解释 [号]；同一数据应当一致 [理]",
    parameters=("relation.named_figures", "tolerance.rate"),
)
def check(submission: Submission) -> Iterator[Hit]:
    """以表里的数命名的指标，实际完成值不是那个数。

    为什么：预算执行率、结转结余率、政府采购执行率、三公经费控制率这些指标，表里的数一除就是；实际完成值写成别的，两处就互相矛盾。
    怎么改：按表里的数填实际完成值；口径不同的，在指标名称或偏差原因里写明。
    """
    if not switch(submission, "relation.named_figures", True):
        return
    tolerance = Decimal(str(number(submission, "tolerance.rate", 0.00005)))
    for line in indicator_lines(submission):
        ratio = next((one for one in _RATIOS if one.name.fullmatch(_plain(line.text("level3")))), None)
        actual = actual_of(line) if ratio is not None else None
        if ratio is None or not isinstance(actual, Target) or actual.quantity.kind is not QuantityKind.SHARE:
            continue
        if actual.comparator not in (Comparator.NONE, Comparator.EQUAL):
            continue
        cells = _cells(submission, line, ratio)
        value = None if cells is None else _value(submission, cells, subtracted=ratio.less is not None)
        if cells is None or value is None or agrees(actual.quantity, abs(value), tolerance):
            continue
        hit = line_hit(
            submission, line, "actual", f"{line.text('level3')}按表里的数是 {abs(value):.2%}", f"{abs(value):.2%}"
        )
        yield Hit(
            hit.message,
            hit.address,
            field=hit.field,
            label=hit.label,
            shown=hit.shown,
            expected=hit.expected,
            related=[_place(submission, cell) for cell in dict.fromkeys(cells)],
        )


def _plain(name: str) -> str:
    return re.sub(r"[\s、，,（）()“”\"]", "", folded(name))


def _cells(submission: Submission, line: IndicatorLine, ratio: _Ratio) -> tuple[PlacedCell, ...] | None:
    """The cells of the figures: part, whole, and what is taken off the part; None where the unit has no such form."""
    form, instance = (ratio.form, None) if ratio.form is not None else (line.form, line.instance)
    names = [ratio.parts, ratio.whole, *([ratio.less] if ratio.less else [])]
    cells = [submission.layout.slots.get((form, instance, name)) for name in names]
    return tuple(cell for cell in cells if cell is not None) if None not in cells else None


def _value(submission: Submission, cells: tuple[PlacedCell, ...], *, subtracted: bool) -> Decimal | None:
    """The share that the figures give; None where one is missing, or the whole is 0."""
    values = [submission.value(cell) for cell in cells]
    figures = [Decimal(str(value)) for value in values if isinstance(value, float)]
    if len(figures) < len(cells) or not figures[1]:
        return None
    part = figures[0] - figures[2] if subtracted else figures[0]
    return round(part / figures[1], 10)


def _place(submission: Submission, cell: PlacedCell) -> Place:
    address = submission.place(cell.address)
    return Place(address.sheet, address.a1, cell.slot.path if cell.slot else None)
