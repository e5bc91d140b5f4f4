"""Milliseconds a filling: a layout of about 700 formulas and 1,000 inputs, computed for 180 fillings.

Runs side by side, in one process, whatever is installed of formualizer, formulon, ironcalc and formulas
(``pip install formualizer formulon ironcalc formulas``). Every engine keeps its compiled workbook and gets all
1,000 inputs anew for each filling, then hands back all results. The formulas are those of a self-evaluation form:
execution rates, scores, totals, checks. ``agree`` counts the results of the last filling that are the same as ours.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from typing import Any, Protocol

from benchmarks.harness import Contender, Table, Thoroughness, side_by_side
from xlsxeval.calc import Scalar, compile_formulas
from xlsxeval.model import Address

SHEET = "Form"
LINES = 200

Values = Mapping[Address, Any]


def at(row: int, column: str) -> Address:
    """A cell of the form by its row and column letter."""
    return Address(SHEET, row, ord(column) - 64)


def formulas() -> dict[Address, str]:
    """200 lines with three formulas each, and a hundred totals and checks."""
    cells: dict[Address, str] = {}
    for row in range(1, LINES + 1):
        cells[at(row, "F")] = f'IF(N(B{row})=0,"",ROUND(C{row}/B{row},4))'
        cells[at(row, "G")] = f'IF(F{row}="","",ROUND(MIN(F{row},1)*D{row},2))'
        cells[at(row, "H")] = f'IF(AND(G{row}<D{row},LEN(E{row})=0),"✗ 请说明原因","✓")'
    for block in range(20):
        row, first, last = LINES + 1 + block, block * 10 + 1, block * 10 + 10
        cells[at(row, "B")] = f"SUM(B{first}:B{last})"
        cells[at(row, "C")] = f"SUM(C{first}:C{last})"
        cells[at(row, "D")] = f'IF(ABS(SUM(D{first}:D{last})-SUM(G{first}:G{last}))<0.005,"✓","✗")'
        cells[at(row, "F")] = f'IFERROR(TEXT(C{row}/B{row},"0.00%"),"")'
        cells[at(row, "G")] = f'SUMIF(A{first}:A{last},"数量*",G{first}:G{last})+COUNTIF(H{first}:H{last},"✗*")'
    return cells


def filling(seed: int) -> dict[Address, Any]:
    """One set of the 1,000 inputs."""
    dice = random.Random(seed)  # noqa: S311 - figures for a benchmark
    values: dict[Address, Any] = {}
    for row in range(1, LINES + 1):
        budget = dice.randrange(0, 100_000) / 100
        values[at(row, "A")] = dice.choice(["数量指标", "质量指标", "时效指标", "成本指标"])
        values[at(row, "B")] = budget
        values[at(row, "C")] = round(budget * dice.random(), 2)
        values[at(row, "D")] = float(dice.randrange(1, 11))
        values[at(row, "E")] = dice.choice(["", "项目进度滞后", "资金到位较晚"])
    return values


class Engine(Protocol):
    """A loaded workbook that takes values and gives results."""

    def __call__(self, values: Values) -> dict[Address, Any]: ...


def ours() -> Engine:
    """xlsxeval."""
    program = compile_formulas(formulas(), sheets=[SHEET])
    return program.run


def by_formualizer() -> Engine:
    """formualizer (Rust): values in one batch, all cells evaluated."""
    import formualizer

    book = formualizer.Workbook()
    book.add_sheet(SHEET)
    for (sheet, row, column), formula in formulas().items():
        book.set_formula(sheet, row, column, f"={formula}")
    results = list(formulas())

    def run(values: Values) -> dict[Address, Any]:
        lines = [[values[at(row, column)] for column in "ABCDE"] for row in range(1, LINES + 1)]
        book.set_values_batch(SHEET, 1, 1, lines)
        book.evaluate_all()
        return {address: book.get_value(*address) for address in results}

    return run


def by_ironcalc() -> Engine:
    """ironcalc (Rust): values one by one, all cells evaluated."""
    import ironcalc

    model = ironcalc.create("bench", "en", "UTC", "en")
    model.rename_sheet(0, SHEET)
    for (_, row, column), formula in formulas().items():
        model.set_user_input(0, row, column, f"={formula}")
    results = list(formulas())

    def run(values: Values) -> dict[Address, Any]:
        for (_, row, column), value in values.items():
            if isinstance(value, float):
                model.update_cell_with_number(0, row, column, value)
            else:
                model.update_cell_with_text(0, row, column, value)
        model.evaluate()
        return {address: model.get_cell_value(0, address.row, address.column) for address in results}

    return run


def by_formulon() -> Engine:
    """formulon (C++): values one by one, all cells evaluated."""
    from formulon import Workbook

    book = Workbook.create_default()
    book.rename_sheet(0, SHEET)
    for (_, row, column), formula in formulas().items():
        book.set_formula(0, row - 1, column - 1, f"={formula}")
    results = list(formulas())

    def run(values: Values) -> dict[Address, Any]:
        for (_, row, column), value in values.items():
            if isinstance(value, float):
                book.set_number(0, row - 1, column - 1, value)
            else:
                book.set_text(0, row - 1, column - 1, value)
        book.recalc()
        return {address: book.get_value(0, address.row - 1, address.column - 1).to_python() for address in results}

    return run


def by_formulas() -> Engine:
    """formulas (Python): a compiled model, all inputs given."""
    from formulas import ExcelModel

    def key(address: Address) -> str:
        return f"'[bench.xlsx]{SHEET.upper()}'!{address.a1}"

    book = {key(address): f"={formula}" for address, formula in formulas().items()}
    model = ExcelModel().from_dict({**book, **{key(address): value for address, value in filling(0).items()}})
    results = list(formulas())

    def run(values: Values) -> dict[Address, Any]:
        found = model.calculate(inputs={key(address): value for address, value in values.items()})
        return {address: found[key(address)].value[0, 0] for address in results}

    return run


ENGINES: dict[str, tuple[Callable[[], Engine], int]] = {
    "xlsxeval": (ours, 200),
    "formualizer": (by_formualizer, 200),
    "formulon": (by_formulon, 200),
    "ironcalc": (by_ironcalc, 200),
    "formulas": (by_formulas, 1),
}
"""How each is loaded, and for how many fillings at most (``formulas`` takes long for one)."""


def agreement(results: Mapping[Address, Any], expected: Mapping[Address, Scalar]) -> int:
    """How many results are the same as ours; numbers to ten digits."""

    def same(a: Any, b: Any) -> bool:
        if isinstance(b, float) and isinstance(a, int | float):
            return abs(a - b) <= 1e-10 * max(1.0, abs(b))
        return str(a or "") == str(b or "")

    return sum(same(results[address], value) for address, value in expected.items())


def benchmark(thoroughness: Thoroughness) -> Iterator[Table]:
    """One filling a repetition, the engines in turn; what is not installed is left out and said."""
    sets = cycle([filling(seed) for seed in range(20)])
    reference, last = ours(), filling(0)
    expected = reference(last)
    contenders, notes = [], [f"{len(formulas())} formulas, {len(last)} inputs; a repetition is one filling"]
    for name, (load, most) in ENGINES.items():
        try:
            engine = load()
            agree = agreement(engine(last), expected)
        except ImportError:
            notes.append(f"{name} is not installed here")
            continue
        label = f"{name} ({agree} of {len(expected)} results agree)"
        contenders.append(Contender(label, lambda engine=engine: engine(next(sets)), most))  # type: ignore[misc]
    yield side_by_side(
        "calc", "Computing a form again", contenders, thoroughness.rounds * (2 if thoroughness.quick else 20), notes
    )
