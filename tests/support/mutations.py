"""The mistakes that units really make, each made once at every place of a correct submission where it can be made.

A mutation is written in the words of the case files, so that what is measured here is what the cases show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.actions import perform
from tests.support.agreeing import disagreements
from tests.support.base import Base, returned
from xlsxeval.calc import Scalar
from xlsxeval.layout.layout import CellKind, PlacedCell
from xlsxeval.model import Address, Finding, Place, split_a1
from xlsxeval.rules.engine import judge

Words = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Mutant:
    """One changed submission: the cell that is now wrong, and what was done."""

    cell: Address
    words: Words


@dataclass(frozen=True)
class Mutation:
    """One kind of mistake and all the places where it can be made."""

    id: str
    title: str
    make: Callable[[Base], Iterator[Mutant]]


@dataclass(frozen=True)
class Told:
    """What was found in one mutant, by its number among those of its kind.

    ``how``: ``n`` where a finding stands at the changed cell or refers to it (named), ``f`` where only cells that are
    computed from it are named (felt), ``m`` where nothing was found (missed). ``elsewhere``: findings about cells whose own
    values have nothing to do with it. ``codes`` of what names it, or is felt.
    """

    number: int
    how: str
    elsewhere: int
    codes: frozenset[str]


MUTATIONS: list[Mutation] = []


def mutation(title: str) -> Callable[[Callable[[Base], Iterator[Mutant]]], Callable[[Base], Iterator[Mutant]]]:
    """Adds a kind of mistake under the name of its function."""

    def add(make: Callable[[Base], Iterator[Mutant]]) -> Callable[[Base], Iterator[Mutant]]:
        MUTATIONS.append(Mutation(make.__name__, title, make))
        return make

    return add


def told_of(base: Base, kind: Mutation, every: int = 1) -> Iterator[Told]:
    """Makes the mutants of that kind, or every so manieth, and tells what is found beyond the untouched submission."""
    before = _findings(base, {})
    known = {(finding.code, finding.place) for finding in before.findings}
    for number, mutant in enumerate(kind.make(base)):
        if number % every:
            continue
        after = _findings(base, mutant.words)
        new = [finding for finding in after.findings if (finding.code, finding.place) not in known]
        typed = {_address(place) for cells in mutant.words.values() for place in cells}
        changed = {place for place, value in after.values.items() if before.values.get(place) != value} | typed
        named = [finding for finding in new if mutant.cell in _addresses(finding)]
        felt = [finding for finding in new if changed & _addresses(finding)]
        how = "n" if named else "f" if felt else "m"
        yield Told(number, how, len(new) - len(felt), frozenset(finding.code for finding in named or felt))


def as_record(kind: Mutation, told: Sequence[Told]) -> dict[str, Any]:
    """All mutants of a kind as they are written down in ``tests/rules/mutations.json``: counts, and ``each`` by its letter."""
    each = "".join(one.how for one in told)
    codes = Counter(code for one in told for code in one.codes)
    return {
        "id": kind.id,
        "title": kind.title,
        "mutants": len(told),
        "named": each.count("n"),
        "felt": each.count("f"),
        "missed": each.count("m"),
        "elsewhere": sum(one.elsewhere for one in told),
        "codes": [code for code, _ in sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:4]],
        "each": each,
    }


@dataclass(frozen=True)
class _Found:
    findings: Sequence[Finding]
    values: Mapping[Address, tuple[Scalar, Scalar]]
    """What each cell shows after a recalculation of the file, and what follows from the inputs alone."""


def _findings(base: Base, words: Words) -> _Found:
    received = perform(base, words)
    file = returned(received.raw, received.context, base.layouts)
    assert file.submission is not None
    counted = file.submission.recomputed
    shown = {**file.submission.inputs, **file.submission.shown}
    findings = judge(file).findings
    assert disagreements(findings) == [], words
    return _Found(findings, {cell: (value, counted.get(cell)) for cell, value in shown.items()})


def _address(place: str) -> Address:
    sheet, _, cell = place.rpartition("!")
    return Address(sheet, *split_a1(cell))


def _addresses(finding: Finding) -> set[Address]:
    places: list[Place] = [finding.place, *finding.related]
    return {Address(p.sheet, *split_a1(p.cell)) for p in places if p.sheet and p.cell}


def _inputs(base: Base, *types: str) -> Iterator[tuple[PlacedCell, Scalar]]:
    """The inputs of these types that are filled in, with their values."""
    for cell in base.layout.inputs():
        value = base.values.get(cell.address)
        if cell.slot is not None and cell.slot.field.type.name in types and value is not None:
            yield cell, value


def _lines(base: Base) -> Iterator[Mapping[str, PlacedCell]]:
    """The cells of each indicator line by the field's short name."""
    lines: dict[tuple[str, int], dict[str, PlacedCell]] = {}
    for cell in base.layout.cells.values():
        slot = cell.slot
        if slot is not None and slot.line is not None and slot.field.block == "indicators":
            lines.setdefault((cell.address.sheet, slot.line), {})[slot.field.short] = cell
    return (cells for cells in lines.values() if base.values.get(cells["score"].address) is not None)


def _value(base: Base, cell: PlacedCell) -> Any:
    return cell.value if cell.kind is CellKind.GIVEN else base.values.get(cell.address)


def _typed(cell: PlacedCell, value: Any) -> Mutant:
    return Mutant(cell.address, {"fill": {str(cell.address): value}})


# -- money --------------------------------------------------------------------------------------------------------


@mutation("把元当作万元填（多了一万倍）")
def yuan_for_ten_thousand(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "money"):
        if isinstance(value, float) and value:
            yield _typed(cell, value * 10_000)


@mutation("一张表的金额全部按元填")
def yuan_in_one_sheet(base: Base) -> Iterator[Mutant]:
    sheets: dict[str, dict[Address, float]] = {}
    for cell, value in _inputs(base, "money"):
        if isinstance(value, float) and value:
            sheets.setdefault(cell.address.sheet, {})[cell.address] = value * 10_000
    for typed in sheets.values():
        for address in typed:
            yield Mutant(address, {"fill": {str(one): value for one, value in typed.items()}})


@mutation("小数点错一位（大了十倍）")
def decimal_point_moved(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "money"):
        if isinstance(value, float) and value:
            yield _typed(cell, value * 10)


@mutation("金额的头两位数字写颠倒")
def digits_swapped(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "money"):
        digits = f"{value:g}".lstrip("-").replace(".", "")
        if len(digits) > 1 and digits[0] != digits[1] and "0" not in digits[:2]:
            text = f"{value:g}"
            first, second = (m.start() for m in list(re.finditer(r"\d", text))[:2])
            swapped = list(text)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            yield _typed(cell, float("".join(swapped)))


@mutation("金额写成负数")
def negative_money(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "money"):
        if isinstance(value, float) and value > 0:
            yield _typed(cell, -value)


@mutation("数后面带了“万元”")
def unit_in_number(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "money"):
        yield _typed(cell, f"{value:g}万元")


@mutation("必填的没有填")
def left_empty(base: Base) -> Iterator[Mutant]:
    for cell in base.layout.inputs():
        if cell.slot is not None and cell.slot.field.required and base.values.get(cell.address) is not None:
            yield _typed(cell, None)


@mutation("全年预算数和全年执行数填反了")
def budget_and_executed_swapped(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "money"):
        assert cell.slot is not None
        if not cell.slot.path.endswith(".budget"):
            continue
        other = base.layout.slots.get(
            (cell.slot.form, cell.slot.instance, cell.slot.path.replace(".budget", ".executed"))
        )
        second = None if other is None else base.values.get(other.address)
        if other is not None and second is not None and second != value:
            yield Mutant(other.address, {"fill": {str(cell.address): second, str(other.address): value}})


@mutation("改了明细，合计和比率用的还是打上去的旧数")
def total_not_updated(base: Base) -> Iterator[Mutant]:
    computed = base.layout.compute(base.values)
    for cell, value in _inputs(base, "money"):
        if not isinstance(value, float):
            continue
        after = base.layout.compute({**base.values, cell.address: value + 5})
        for address, old in computed.items():
            target = base.layout.cells.get(address)
            if target is None or target.slot is None or not isinstance(old, float) or after[address] == old:
                continue
            yield Mutant(address, {"fill": {str(cell.address): value + 5}, "overtype": {str(address): old}})


@mutation("合计、比率、得分上打了别的数")
def result_typed_over(base: Base) -> Iterator[Mutant]:
    computed = base.layout.compute(base.values)
    for address, value in computed.items():
        cell = base.layout.cells.get(address)
        if cell is not None and cell.slot is not None and isinstance(value, float) and cell.look.role != "helper":
            yield Mutant(address, {"overtype": {str(address): round(value * 0.9 + 0.02, 4)}})


# -- scores -------------------------------------------------------------------------------------------------------


@mutation("得分高于分值")
def score_above_weight(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        yield _typed(line["score"], _value(base, line["weight"]) + 1)


@mutation("达到了目标却扣分（没有写原因）")
def met_but_deducted(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        if _value(base, line["score"]) == _value(base, line["weight"]):
            yield _typed(line["score"], _value(base, line["score"]) - 1)


@mutation("没有达到目标却得满分")
def missed_but_full(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        target, score = str(_value(base, line["target"])), line["score"]
        number = re.search(r"\d+(\.\d+)?", target)
        if number and _value(base, score) == _value(base, line["weight"]):
            smaller = "≤" in target
            worse = f"{float(number.group()) * (1.2 if smaller else 0.8):g}"
            unit = target[number.end() :]
            yield _typed(line["actual"], worse + unit)


@mutation("扣了分，原因删掉了")
def reason_deleted(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        if _value(base, line["reason"]):
            yield _typed(line["reason"], None)


@mutation("扣了分，写的原因等于没有写")
def reason_that_is_none(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        if _value(base, line["reason"]):
            for nothing in ("无无无无", "----", "aaaa", "1111", "详见附件", "无偏差情况", "已完成目标任务"):
                yield _typed(line["reason"], nothing)


@mutation("分值多写了5分")
def weight_changed(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        if line["weight"].kind is CellKind.INPUT:
            yield _typed(line["weight"], _value(base, line["weight"]) + 5)


# -- indicators ---------------------------------------------------------------------------------------------------


@mutation("实际完成值漏了%（94%写成94）")
def percent_sign_left_out(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        actual = str(_value(base, line["actual"]))
        if actual.endswith("%"):
            yield _typed(line["actual"], actual.removesuffix("%"))


@mutation("实际完成值前面带了≥")
def comparator_in_actual(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        actual = str(_value(base, line["actual"]))
        if actual[:1].isdigit():
            yield _typed(line["actual"], f"≥{actual}")


_TARGET = re.compile(r"(?P<sign>[≥≤])(?P<figure>\d+(?:\.\d+)?)(?P<unit>.*)")


def _directed(base: Base) -> Iterator[tuple[PlacedCell, bool, float, str]]:
    """Lines with full points whose target is a figure with a direction: the actual, whether less is better, figure, unit."""
    for line in _lines(base):
        match = _TARGET.fullmatch(str(_value(base, line["target"])))
        if match and _value(base, line["score"]) == _value(base, line["weight"]):
            yield line["actual"], match["sign"] == "≤", float(match["figure"]), match["unit"]


@mutation("指标值是数，实际完成值写的是文字")
def words_for_a_figure(base: Base) -> Iterator[Mutant]:
    for actual, *_ in _directed(base):
        for words in ("合格", "基本达到", "全部完成", "未完成"):
            yield _typed(actual, words)


@mutation("没有达到目标，数字写得含糊，得满分")
def hedged_and_missed(base: Base) -> Iterator[Mutant]:
    for actual, smaller, figure, unit in _directed(base):
        worse = f"{figure * (1.3 if smaller else 0.8):g}{unit}"
        for hedged in (
            f"约{worse}",
            f"{worse}左右",
            f"{worse}（其中一季度{worse}）",
            f"{'超过' if smaller else '不足'}{worse}",
        ):
            yield _typed(actual, hedged)


@mutation("达到没有说不准：指标值那个数“左右”")
def hedged_at_the_target(base: Base) -> Iterator[Mutant]:
    for actual, _, figure, unit in _directed(base):
        for hedged in (f"约{figure:g}{unit}", f"{figure:g}{unit}左右", f"接近{figure:g}{unit}"):
            yield _typed(actual, hedged)


@mutation("二级指标选错了类（产出的选成效益的，效益的选成产出的）")
def wrong_class(base: Base) -> Iterator[Mutant]:
    for line in _lines(base):
        cell = line.get("level2")
        if cell is not None and cell.kind is CellKind.INPUT:
            output = "产出" in str(_value(base, line["level1"]))
            yield _typed(cell, "社会效益指标" if output else "数量指标")


# -- text ---------------------------------------------------------------------------------------------------------

_FIGURE = re.compile(r"(?<![\d.〔第])(\d+(?:\.\d+)?)(?=万元|人|名|分|%)")


@mutation("报告正文里写到表上有的数，写错了")
def figure_in_text(base: Base) -> Iterator[Mutant]:
    for cell, value in _inputs(base, "text"):
        assert cell.slot is not None
        if cell.slot.form == "narrative" and isinstance(value, str):
            for match in _FIGURE.finditer(value):
                wrong = f"{float(match.group()) + 7:g}"
                yield _typed(cell, value[: match.start()] + wrong + value[match.end() :])


@mutation("报告正文里的年度写成了上一年")
def year_in_text(base: Base) -> Iterator[Mutant]:
    year = str(base.campaign.year)
    for cell, value in _inputs(base, "text"):
        assert cell.slot is not None
        if cell.slot.form == "narrative" and isinstance(value, str) and year in value:
            yield _typed(cell, value.replace(year, str(base.campaign.year - 1)))
