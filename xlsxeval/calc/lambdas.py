"""LET and LAMBDA, and the functions that take a LAMBDA: how they are compiled.

The values of names live in the run (``Computation.variables``), so that a program keeps none. Recursion ends in
``#NUM!`` when it goes too deep or on for too long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from xlsxeval.calc.codes import Closure, Code, guarded
from xlsxeval.calc.coercion import to_integer
from xlsxeval.calc.compiler import Compiler, is_reference
from xlsxeval.calc.nodes import Call, ErrorLiteral, MissingArgument, Node, Variable
from xlsxeval.calc.places import dereference
from xlsxeval.calc.storage import Cells
from xlsxeval.calc.values import MAX_LINES, CellError, ExcelError, Grid, Reference

Branch = Callable[[Node], Code]
MAX_CALLS: Final = 1_000_000
"""How often the LAMBDAs of one run may be called."""
_CALLS: Final = 0
"""The number under which calls are counted among the variables."""
OMITTED: Final = object()
"""The value of a parameter that a call leaves out."""


class Lambda(NamedTuple):
    """A LAMBDA as a value: its parameters, its body, and the variables around it."""

    parameters: tuple[Variable, ...]
    body: Closure
    around: Mapping[int, Any]

    def __call__(self, cells: Cells, *arguments: Any) -> Any:
        """The body's value for some arguments. Raises CellError for too many or too few, and for too deep a recursion."""
        least = sum(not parameter.optional for parameter in self.parameters)
        if not least <= len(arguments) <= len(self.parameters):
            raise CellError(ExcelError.VALUE)
        variables = cells[0].variables
        variables[_CALLS] = variables.get(_CALLS, 0) + 1
        if variables[_CALLS] > MAX_CALLS:
            raise CellError(ExcelError.NUM)
        given = [*arguments, *[OMITTED] * (len(self.parameters) - len(arguments))]
        own = {parameter.number: value for parameter, value in zip(self.parameters, given, strict=True)}
        before = dict(variables)
        variables.update(self.around)
        variables.update(own)
        try:
            return self.body(cells)
        except RecursionError:
            raise CellError(ExcelError.NUM) from None
        finally:
            before[_CALLS] = variables[_CALLS]
            cells[0].variables = before


def operand(compiler: Compiler, node: Node) -> Closure:
    """What a name of LET or a parameter of LAMBDA stands for: a reference where it is one, else a value or a Grid."""
    if isinstance(node, MissingArgument):
        return lambda cells: OMITTED
    if isinstance(node, Variable):
        return lambda cells: cells[0].variables.get(node.number, ExcelError.NAME)
    if isinstance(node, Call) and node.name == "LAMBDA":
        return guarded(callee(compiler, node))
    if isinstance(node, Call) and node.name in ("LET", ""):
        return guarded(LAMBDAS[node.name](compiler, node.args, compiler.reference).run)
    return guarded((compiler.reference(node) if is_reference(node) else compiler.values(node)).run)


def callee(compiler: Compiler, node: Node) -> Closure:
    """What must give a Lambda. Raises CellError (``#VALUE!``) while running when it does not."""
    if isinstance(node, Call) and node.name == "LAMBDA":
        return _lambda(compiler, node.args)
    inner = operand(compiler, node)

    def run(cells: Cells) -> Lambda:
        value = inner(cells)
        if not isinstance(value, Lambda):
            raise CellError(value if isinstance(value, ExcelError) else ExcelError.VALUE)
        return value

    return run


def _lambda(compiler: Compiler, args: Sequence[Node]) -> Closure:
    parameters = tuple(arg for arg in args[:-1] if isinstance(arg, Variable))
    if len(parameters) < len(args) - 1 or not args:
        return compiler.reference(ErrorLiteral(ExcelError.VALUE)).run
    inner = operand(compiler, args[-1])
    return lambda cells: Lambda(parameters, inner, dict(cells[0].variables))


def settled(cells: Cells, value: Any) -> Any:
    """A value as functions take it: what a reference points to; a Lambda or a parameter left out is an error."""
    if isinstance(value, Reference):
        value = dereference(cells[0], value)
    if isinstance(value, Lambda):
        return ExcelError.CALC
    return None if value is OMITTED else value


def _settled(run: Closure) -> Code:
    return Code(lambda cells: settled(cells, run(cells)), many=True)


def _given(branch: Branch, compiler: Compiler, run: Closure) -> Code:
    """What a call hands on: the reference itself where one is wanted."""
    return Code(run, many=True) if branch == compiler.reference else _settled(run)


def _let(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    names, values = args[:-1:2], [operand(compiler, value) for value in args[1::2]]
    if len(args) % 2 == 0 or not all(isinstance(name, Variable) for name in names):
        return compiler.constant(ExcelError.VALUE)
    numbers = [name.number for name in names if isinstance(name, Variable)]
    body = operand(compiler, args[-1])

    def run(cells: Cells) -> Any:
        for number, value in zip(numbers, values, strict=True):
            cells[0].variables[number] = value(cells)
        return body(cells)

    return _given(branch, compiler, run)


def _invoke(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    function, arguments = callee(compiler, args[0]), [operand(compiler, arg) for arg in args[1:]]

    def run(cells: Cells) -> Any:
        called = function(cells)
        if not isinstance(called, Lambda):
            raise CellError(ExcelError.VALUE)
        return called(cells, *[argument(cells) for argument in arguments])

    return _given(branch, compiler, run)


def _lone(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    """A LAMBDA that nobody calls."""
    return compiler.constant(ExcelError.CALC)


def _one(cells: Cells, value: Any) -> Any:
    """The single value that a LAMBDA gives for a cell; an array in its place is ``#CALC!``."""
    value = settled(cells, value)
    if isinstance(value, Grid):
        return value.at(0, 0) if value.size == 1 else ExcelError.CALC
    return value


def _tried(function: Lambda, cells: Cells, *arguments: Any) -> Any:
    try:
        return _one(cells, function(cells, *arguments))
    except CellError as problem:
        return problem.error
    except ArithmeticError:
        return ExcelError.NUM


def _map(cells: Cells, function: Lambda, *grids: Grid) -> Grid:
    rows, columns = max(grid.rows for grid in grids), max(grid.columns for grid in grids)
    if rows * columns > MAX_LINES:
        raise CellError(ExcelError.NUM)
    return Grid(
        rows,
        columns,
        [
            _tried(function, cells, *[_at(grid, row, column) for grid in grids])
            for row in range(rows)
            for column in range(columns)
        ],
    )


def _at(grid: Grid, row: int, column: int) -> Any:
    return grid.at(row, column) if row < grid.rows and column < grid.columns else ExcelError.NA


def _byrow(cells: Cells, function: Lambda, grid: Grid) -> Grid:
    lines = grid.lines()
    return Grid(grid.rows, 1, [_tried(function, cells, Grid(1, grid.columns, line)) for line in lines])


def _bycol(cells: Cells, function: Lambda, grid: Grid) -> Grid:
    columns = [grid.column(place) for place in range(grid.columns)] if grid.size <= MAX_LINES else []
    return Grid(1, grid.columns, [_tried(function, cells, Grid(grid.rows, 1, column)) for column in columns])


def _makearray(cells: Cells, function: Lambda, height: Grid, width: Grid) -> Grid:
    rows, columns = to_integer(height.at(0, 0)), to_integer(width.at(0, 0))
    if rows < 1 or columns < 1:
        raise CellError(ExcelError.VALUE)
    if rows * columns > MAX_LINES:
        raise CellError(ExcelError.NUM)
    places = [(row + 1.0, column + 1.0) for row in range(rows) for column in range(columns)]
    return Grid(rows, columns, [_tried(function, cells, *place) for place in places])


def _over(compute: Callable[..., Grid]) -> Callable[[Compiler, Sequence[Node], Branch], Code]:
    """MAP and its like: arrays first, a LAMBDA last."""

    def build(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
        grids = [compiler.as_array().range(arg).run for arg in args[:-1]]
        function = callee(compiler, args[-1])
        return Code(lambda cells: compute(cells, function(cells), *[grid(cells) for grid in grids]), many=True)

    return build


def _folding(*, every: bool) -> Callable[[Compiler, Sequence[Node], Branch], Code]:
    """REDUCE, and SCAN which gives every step."""

    def build(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
        first = None if isinstance(args[0], MissingArgument) or len(args) == 2 else operand(compiler, args[0])
        grid, function = compiler.as_array().range(args[-2]).run, callee(compiler, args[-1])

        def run(cells: Cells) -> Any:
            values, fold = grid(cells), function(cells)
            items = list(values.flat())
            steps: list[Any] = []
            value = items[0] if first is None else first(cells)
            if first is None:
                steps.append(value)
            for item in items if first is not None else items[1:]:
                value = fold(cells, value, item)
                steps.append(_one(cells, value) if every else None)
            return Grid(values.rows, values.columns, steps) if every else settled(cells, value)

        return Code(run, many=True)

    return build


def _isomitted(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    node = args[0]
    if not isinstance(node, Variable):
        return compiler.constant(False)
    return Code(lambda cells: cells[0].variables.get(node.number) is OMITTED)


LAMBDAS: Final[dict[str, Callable[[Compiler, Sequence[Node], Branch], Code]]] = {
    "LET": _let,
    "LAMBDA": _lone,
    "": _invoke,
    "MAP": _over(_map),
    "BYROW": _over(_byrow),
    "BYCOL": _over(_bycol),
    "MAKEARRAY": _over(_makearray),
    "REDUCE": _folding(every=False),
    "SCAN": _folding(every=True),
    "ISOMITTED": _isomitted,
}
