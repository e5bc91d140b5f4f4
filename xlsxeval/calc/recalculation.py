"""A workbook's formulas computed again and held against what the workbook shows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from xlsxeval.calc.compilation import Surroundings, bounded, compile_formulas
from xlsxeval.calc.nodes import Node
from xlsxeval.calc.numbers import same_number
from xlsxeval.calc.program import Program
from xlsxeval.calc.values import ExcelError, Scalar
from xlsxeval.model import Address

APPROXIMATE: Final = frozenset(
    [
        "IRR",
        "RATE",
        "XIRR",
        "YIELD",
        "BETA.DIST",
        "BETA.INV",
        "BETADIST",
        "BETAINV",
        "BINOM.DIST",
        "BINOMDIST",
        "CHISQ.INV",
        "CHISQ.INV.RT",
        "CHIINV",
        "CONFIDENCE.T",
        "F.INV",
        "F.INV.RT",
        "FINV",
        "F.TEST",
        "FISHER",
        "FISHERINV",
        "GAMMA.DIST",
        "GAMMA.INV",
        "GAMMADIST",
        "GAMMAINV",
        "GAMMALN",
        "GAMMALN.PRECISE",
        "HYPGEOM.DIST",
        "HYPGEOMDIST",
        "LINEST",
        "LOGEST",
        "LOGNORM.INV",
        "LOGINV",
        "NEGBINOM.DIST",
        "NORM.INV",
        "NORMINV",
        "NORM.S.INV",
        "NORMSINV",
        "POISSON.DIST",
        "POISSON",
        "T.INV",
        "T.INV.2T",
        "TINV",
        "T.DIST",
        "T.DIST.2T",
        "T.DIST.RT",
        "TDIST",
        "T.TEST",
        "TTEST",
        "TREND",
        "GROWTH",
    ]
)
"""Functions that Excel solves step by step or approaches by series: their results are good for about seven digits."""


class Recalculated(NamedTuple):
    """One formula: ``cached`` is what the file shows, None when it shows nothing; ``value`` is what it should show."""

    address: Address
    formula: str
    cached: Scalar
    value: Scalar
    doubt: str | None = None
    """Why the two are not compared, such as the function that cannot be computed here; None where they are."""
    tolerance: float = 1e-13
    """The share by which numbers may differ."""

    @property
    def agrees(self) -> bool:
        """Whether the file shows what the formula gives."""
        return agree(self.cached, self.value, self.tolerance)

    @property
    def differs(self) -> bool:
        """Whether the file shows something else than the formula gives, for certain."""
        return self.doubt is None and not self.agrees


@dataclass(frozen=True, slots=True)
class Recalculation:
    """All formulas of a workbook with both values, and the program with the inputs for explanations."""

    cells: tuple[Recalculated, ...]
    program: Program
    inputs: Mapping[Address, Scalar]


def recalculate(
    cells: Mapping[Address, tuple[str | Node | None, Scalar]],
    *,
    sheets: Sequence[str],
    names: Mapping[str | tuple[str, str], Node | str] | None = None,
    date1904: bool = False,
    arrays: Mapping[Address, tuple[int, int]] | None = None,
    now: datetime.datetime | None = None,
    surroundings: Surroundings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Recalculation:
    """Computes every formula of a workbook from its constants.

    What cannot be computed here (an unknown function, another workbook), the clock and chance give is taken from the
    file, so that what is computed from it can be compared; such cells have a ``doubt``, and so has what differs and
    depends on them.

    ``cells`` holds for each cell its formula (None for a constant) and its value as the file shows it. The other
    arguments are those of ``compile_formulas``. ``cells`` of the result keep the given order. A formula that cannot
    be read is in ``program.faults``, and its value is an error.
    """
    formulas = {address: formula for address, (formula, _) in cells.items() if formula is not None}
    program = compile_formulas(
        formulas, sheets=sheets, names=names, date1904=date1904, arrays=arrays, surroundings=surroundings
    )
    owners = dict(_owners(bounded(arrays or {})))
    inputs = {
        address: value
        for address, (formula, value) in cells.items()
        if formula is None and value is not None and address not in owners
    }
    shown = {address: cached for address, (_, cached) in cells.items()}
    doubts = program.doubts(shown)
    taken = {address: shown[address] for address in doubts if shown.get(address) is not None}
    results = program.run({**inputs, **taken}, now=now, progress=progress)
    results.update((address, value) for address, value in shown.items() if owners.get(address) in doubts)
    unread = {fault.address for fault in program.faults if fault.kind == "syntax"}
    depending = program.depending(doubts) if doubts else {}
    approximate = program.calling(APPROXIMATE)
    compared = [
        Recalculated(
            address,
            str(formula) if address in unread else program.formula(owners.get(address, address)),
            cached,
            results[address],
            doubts.get(owners.get(address, address))
            or (None if agree(cached, results[address]) else depending.get(owners.get(address, address))),
            1e-6 if owners.get(address, address) in approximate else 1e-13,
        )
        for address, (formula, cached) in cells.items()
        if address in results
    ]
    return Recalculation(tuple(compared), program, inputs)


def _owners(arrays: Mapping[Address, tuple[int, int]]) -> Iterator[tuple[Address, Address]]:
    """The cells that array formulas fill besides their own, each with the formula's cell."""
    for owner, (rows, columns) in arrays.items():
        for down in range(rows):
            for right in range(columns):
                if down or right:
                    yield Address(owner.sheet, owner.row + down, owner.column + right), owner


def agree(cached: Scalar, value: Scalar, tolerance: float = 1e-13) -> bool:
    """Whether two values show the same: numbers by fifteen digits, where programs sum in other orders by fourteen.

    What lies within 1e-15 is the noise of binary arithmetic. An empty text and a blank are the same: some programs store
    neither.
    """
    if isinstance(cached, float) and isinstance(value, float):
        return same_number(cached, value) or abs(cached - value) <= max(tolerance * max(abs(cached), abs(value)), 1e-15)
    if cached in (None, "") and value in (None, ""):
        return True
    if isinstance(cached, ExcelError) or isinstance(value, ExcelError):
        return cached is value
    return type(cached) is type(value) and cached == value
