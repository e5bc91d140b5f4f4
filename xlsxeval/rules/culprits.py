"""The one amount that explains why several relations fail: with another value in that cell all of them hold.

基本支出 typed as 3000 for 300 breaks 基本支出＋项目支出＝全年执行数 and 人员经费＋公用经费＝基本支出. Each relation by itself names another
cell and another right value; the cause is told at its cell, and what follows from it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from xlsxeval.calc import Scalar
from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import PlacedCheck
from xlsxeval.model import Address, Severity
from xlsxeval.rules import slips
from xlsxeval.rules.causes import inputs_of, unreadable
from xlsxeval.rules.settings import is_off
from xlsxeval.rules.special_funds import special_funds

_CENT = 0.02
_POWERS = (10.0, 100.0, 1000.0)
_MOST = 3
"""Culprits looked for in one file; a file with more has other troubles."""


class BrokenRelation(NamedTuple):
    """A relation that fails: what it says, how grave that is, the inputs that it reads, and by how much an equality fails.

    ``key`` tells it from all others of the file.
    """

    key: object
    say: str
    severity: Severity
    inputs: frozenset[Address]
    off: float


@dataclass(frozen=True, slots=True)
class Culprit:
    """An input whose value ``right`` makes the relations in ``clears`` hold and breaks none.

    ``times`` is how many times too great (10, 100) or too small (0.1) it is; None where digits were not merely moved.
    """

    cell: Address
    right: float
    times: float | None
    clears: tuple[BrokenRelation, ...]

    @property
    def proven(self) -> bool:
        """Whether a check that must hold is broken by this cell alone."""
        return any(relation.severity is Severity.ERROR for relation in self.clears)


@lru_cache(maxsize=1)
def culprits(submission: Submission) -> tuple[Culprit, ...]:
    """The amounts that explain failing relations, the one that explains the most first; empty where two explain as much."""
    if is_off(FaultCode.ONE_FIGURE_OFF, submission.identity.settings):
        return ()
    found: list[Culprit] = []
    values = slips.meant(submission)
    known = unreadable(submission).union(*(slip.cells for slip in slips.slips(submission)))
    while len(found) < _MOST and (culprit := _culprit(submission, values, known)) is not None:
        found.append(culprit)
        known |= {culprit.cell}
        values = _with(submission, values, culprit.cell, culprit.right)
    return tuple(found)


@lru_cache(maxsize=1)
def meant(submission: Submission) -> Mapping[Address, Scalar]:
    """All inputs as they were meant, as far as that is known, and what follows from them by the formulas."""
    values = slips.meant(submission)
    for culprit in culprits(submission):
        values = _with(submission, values, culprit.cell, culprit.right)
    return values


def causes(submission: Submission) -> frozenset[Address]:
    """The cells that explain by themselves why relations fail: misread, typed in 元, or off by their own."""
    own = (slip.cells for slip in slips.slips(submission))
    return unreadable(submission).union(*own, (culprit.cell for culprit in culprits(submission)))


def _with(
    submission: Submission, values: Mapping[Address, Scalar], cell: Address, value: float
) -> Mapping[Address, Scalar]:
    inputs = {one: values[one] for one in submission.inputs} | {cell: value}
    return inputs | submission.layout.compute(inputs)


def _failing(submission: Submission, values: Mapping[Address, Scalar]) -> list[BrokenRelation]:
    """The relations that fail on these values: those of the forms, and the special funds that two forms tell."""
    layout = submission.layout
    found = [
        BrokenRelation(
            result,
            placed.check.say,
            placed.severity,
            frozenset(inputs_of(layout, result)),
            _off(placed, result, values),
        )
        for placed, result in slips.failing_checks(submission, values)
    ]
    for fund in special_funds(submission):
        one, other = values.get(fund.final.address), values.get(fund.executed.address)
        if isinstance(one, float) and isinstance(other, float) and abs(one - other) > _CENT:
            inputs = frozenset((fund.final.address, *inputs_of(layout, fund.executed.address)))
            say = f"「{fund.name}」在附件1与附件3相等"
            found.append(BrokenRelation(fund.final.address, say, Severity.ERROR, inputs, one - other))
    return found


def _culprit(submission: Submission, values: Mapping[Address, Scalar], known: frozenset[Address]) -> Culprit | None:
    failing = [one for one in _failing(submission, values) if not one.inputs & known]
    explained: dict[tuple[Address, float], list[BrokenRelation]] = {}
    money = slips.amounts(submission).keys() - known
    for relation in failing:
        for cell in relation.inputs & money if relation.off else ():
            value = values[cell]
            assert isinstance(value, float)
            for right in (round(value - relation.off, 6), round(value + relation.off, 6)):
                if (
                    right >= 0 or value > 0
                ):  # a rival below nothing is none that was meant, but may be a part of the fault
                    explained.setdefault(_near(explained, cell, right), []).append(relation)
    possible = [
        Culprit(cell, right, times, tuple(cleared))
        for (cell, right), cleared in explained.items()
        if (times := _times(values[cell], right)) is not None or len(cleared) > 1
    ]
    possible = [one for one in possible if len(one.clears) > 1 or _fits_its_row(submission, one)]
    possible = [one for one in possible if _mends(submission, values, one, failing)]
    possible.sort(key=_rank)
    if not possible or (len(possible) > 1 and _rank(possible[0]) == _rank(possible[1])):
        return None
    return possible[0] if possible[0].right >= 0 else None


def _rank(culprit: Culprit) -> tuple[int, bool]:
    return -len(culprit.clears), culprit.times is None


def _near(
    explained: Mapping[tuple[Address, float], list[BrokenRelation]], cell: Address, right: float
) -> tuple[Address, float]:
    """The possibility for the same cell within two cents, else a new one."""
    return next((one for one in explained if one[0] == cell and abs(one[1] - right) <= _CENT), (cell, right))


def _off(placed: PlacedCheck, result: Address, values: Mapping[Address, Scalar]) -> float:
    """By how much a relation that asks for equality fails; 0 for any other."""
    index = list(placed.results).index(result)
    expected = placed.expected[index]
    shown = values.get(placed.shown[index])
    wanted = None if expected is None or placed.check.bound else values.get(expected)
    return shown - wanted if isinstance(shown, float) and isinstance(wanted, float) else 0.0


def _times(value: Scalar, right: float) -> float | None:
    """How many times too great or too small a value is, where only its decimal point was moved."""
    if not isinstance(value, float) or value <= 0 or right <= 0:
        return None
    return next(
        (times for power in _POWERS for times in (power, 1 / power) if abs(value - right * times) <= _CENT * times),
        None,
    )


def _fits_its_row(submission: Submission, culprit: Culprit) -> bool:
    """Whether the right value is nearer to each other amount of its row than the typed one: no mere coincidence."""
    row = next((row for row in slips.money_rows(submission) if any(cell == culprit.cell for cell, _ in row)), [])
    typed = dict(row).get(culprit.cell, 0.0)
    others = [value for cell, value in row if cell != culprit.cell]
    return all(_apart(culprit.right, other) < _apart(typed, other) for other in others)


def _apart(one: float, other: float) -> float:
    return max(one, other) / min(one, other)


def _mends(
    submission: Submission, values: Mapping[Address, Scalar], culprit: Culprit, failing: list[BrokenRelation]
) -> bool:
    """Whether all that a culprit explains holds with its right value, and nothing else fails."""
    after = {one.key for one in _failing(submission, _with(submission, values, culprit.cell, culprit.right))}
    return after <= {one.key for one in failing} - {one.key for one in culprit.clears}


def described(culprit: Culprit) -> str:
    """What is told of a culprit: a Chinese clause."""
    relations = "；".join(dict.fromkeys(relation.say for relation in culprit.clears))
    if culprit.times is None:
        return f"改成这个数，{len(culprit.clears)} 处对不上的就都对得上（{relations}）"
    many = {10: "十", 100: "一百", 1000: "一千"}[round(max(culprit.times, 1 / culprit.times))]
    way = "除以" if culprit.times > 1 else "乘以"
    return f"像是小数点错了位，{way}{many}以后和别的数对得上（{relations}）"
