"""Turns trees into closures over the flat list of cells: everything that is known beforehand is settled here once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Final

from xlsxeval.calc import arithmetic
from xlsxeval.calc.calls import call_body
from xlsxeval.calc.codes import Code, guarded, loop, operation, single
from xlsxeval.calc.elementwise import elementwise
from xlsxeval.calc.functions import TABLE, TWINS
from xlsxeval.calc.functions.table import SINGLE, ArgumentKind, Function
from xlsxeval.calc.nodes import (
    AreaRef,
    Array,
    Binary,
    Boolean,
    Call,
    CellRef,
    ErrorLiteral,
    MissingArgument,
    Node,
    Number,
    Percent,
    SheetSpan,
    Text,
    Unary,
    Union,
    Variable,
)
from xlsxeval.calc.operators import FINAL_OPERATORS, OPERATORS, negate, percent, positive
from xlsxeval.calc.places import Here, World, area_of, crossing, dereference, intersect, static_reference
from xlsxeval.calc.sharing import Inputs
from xlsxeval.calc.storage import Cells, Computation, Storage, is_large
from xlsxeval.calc.values import Area, CellError, ExcelError, Grid, Reference, References, Scalar, as_grid
from xlsxeval.model import Address

_REFERENCES: Final = (CellRef, AreaRef, SheetSpan, Union)


class Compiler:
    """Compiles the formula of one cell. ``array`` is True inside array formulas and arguments taken as arrays."""

    def __init__(self, storage: Storage | Inputs, world: World, address: Address, *, array: bool = False) -> None:
        self.storage = storage
        self.world = world
        self.address = address
        self.array = array

    def formula(self, node: Node) -> Code:
        """A whole formula: its last ``+`` or ``-`` drops what is left beyond the fifteenth digit."""
        if isinstance(node, Binary) and node.operator in FINAL_OPERATORS:
            left, right = self.scalar(node.left), self.scalar(node.right)
            return operation(FINAL_OPERATORS[node.operator], left, right)
        return self.scalar(node)

    def as_array(self) -> Compiler:
        """A compiler for the same cell in array mode."""
        return self if self.array else Compiler(self.storage, self.world, self.address, array=True)

    # single values

    def scalar(self, node: Node) -> Code:
        """A single value: of an area the cell in the formula's row or column; in array mode the whole area."""
        match node:
            case CellRef() | AreaRef():
                return self._reference_value(node)
            case Call():
                return self.call(node, self.scalar)
            case Number(value) | Text(value) | Boolean(value) | ErrorLiteral(value):
                return self.constant(value)
            case MissingArgument():
                return self.constant(None)
            case Unary("@", operand):
                return Compiler(self.storage, self.world, self.address).scalar(operand)
            case Unary("+", operand):
                return self.scalar(operand)
            case Unary("-", Unary("-", operand)):
                return single(positive, self.scalar(operand))
            case Unary(_, operand):
                return single(negate, self.scalar(operand))
            case Percent(operand):
                return single(percent, self.scalar(operand))
            case Binary(":" | " "):
                return self._value_of_reference(self.reference(node))
            case Binary():
                return self._binary(node)
            case Array(rows):
                grid = Grid(len(rows), len(rows[0]), [_item(item) for row in rows for item in row])
                return Code(lambda cells: grid, many=True)
            case Union() | SheetSpan():
                return self.constant(ExcelError.VALUE)
            case Variable():
                return self._variable(node)
            case _:
                return self.constant(ExcelError.NAME)

    def constant(self, value: Scalar) -> Code:
        """A constant kept in a slot of its own, so that it is read like a cell."""
        return Code(self.storage.getter(self.storage.constant(value)))

    def _reference_value(self, node: CellRef | AreaRef) -> Code:
        area = self.area(node)
        if area is None:
            return self.constant(ExcelError.REF)
        if isinstance(node, AreaRef):
            if self.array:
                return self._area_grid(area)
            self.storage.stay()
        cell = crossing(area, self.address)
        if cell is None:
            return self.constant(ExcelError.VALUE)
        return Code(self.storage.getter(self.storage.slot(Address(cell.sheet, cell.first_row, cell.first_column))))

    def _binary(self, node: Binary) -> Code:
        """Long chains such as a sum of thousands of terms lean to the left: they become one loop."""
        chain: list[Binary] = []
        current: Node = node
        while isinstance(current, Binary) and current.operator in OPERATORS:
            chain.append(current)
            current = current.left
        code = self.scalar(current)
        steps = [(OPERATORS[item.operator], self.scalar(item.right)) for item in reversed(chain)]
        if len(steps) > 20:
            return loop(code, steps)
        for compute, right in steps:
            code = operation(compute, code, right)
        return code

    def _variable(self, node: Variable, *, whole: bool = False) -> Code:
        """What a name of LET stands for; of a reference all cells (``whole``, or in array mode) or the crossing one."""
        from xlsxeval.calc.lambdas import settled

        self.storage.stay()
        number, address, many = node.number, self.address, whole or self.array

        def run(cells: Cells) -> Any:
            value = cells[0].variables.get(number, ExcelError.NAME)
            if isinstance(value, Reference) and not many:
                return intersect(cells[0], value, address)
            return settled(cells, value)

        return Code(run, many=True)

    # rectangles

    def values(self, node: Node) -> Code:
        """A Grid for references and arrays, a value for anything else; an error comes as a value."""
        match node:
            case CellRef() | AreaRef():
                area = self.area(node)
                return self.constant(ExcelError.REF) if area is None else self._area_grid(area)
            case SheetSpan() | Union() | Binary(":" | " "):
                return self._grid_of_reference(self.reference(node))
            case Variable():
                return self._variable(node, whole=True)
            case Call():
                code = self.call(node, self.values)
                return Code(guarded(code.run), many=True, several=code.several)
            case _:
                code = self.scalar(node)
                return Code(guarded(code.run), code.many)

    def range(self, node: Node) -> Code:
        """Always a Grid. An error in place of one is raised: a deleted column is no column with an error in it."""
        code = self.values(node)
        if isinstance(node, CellRef | AreaRef) and self.area(node) is not None:
            return code
        inner = code.run

        def run(cells: Cells) -> Any:
            value = inner(cells)
            if isinstance(value, ExcelError):
                raise CellError(value)
            return as_grid(value)

        return Code(run, many=True, several=code.several)

    def _area_grid(self, area: Area) -> Code:
        if is_large(area):
            slot = self.storage.area(area)
            return Code(lambda cells: cells[0].grid(cells[slot]), many=True)
        if not self.storage.is_dense(area):
            return Code(lambda cells: cells[0].grid(area), many=True)
        rows, columns = area.rows, area.columns
        parts = self.storage.parts(area)
        if len(parts) == 1:
            part = parts[0]
            return Code(lambda cells: Grid(rows, columns, cells[part]), many=True)
        return Code(lambda cells: Grid(rows, columns, [value for line in parts for value in cells[line]]), many=True)

    # references

    def area(self, node: CellRef | AreaRef) -> Area | None:
        """The area of a static reference; None when its worksheet is unknown."""
        own = self.address.sheet if node.sheet is None else self.world.sheet(node.sheet)
        return None if own is None else area_of(node, own)

    def reference(self, node: Node) -> Code:
        """A Reference: where the cells are."""
        if isinstance(node, _REFERENCES):
            self.storage.stay()
            static = self.static(node)
            return self.constant(ExcelError.REF) if static is None else Code(lambda cells: static)
        match node:
            case Binary(":", left, right):
                return self._joined(arithmetic.spanning, left, right)
            case Binary(" ", left, right):
                return self._joined(arithmetic.common, left, right)
            case Call():
                return self.call(node, self.reference)
            case ErrorLiteral(value):
                return self.constant(value)
            case Unary("@" | "+", operand):
                return self.reference(operand)
            case Variable(_, number):
                self.storage.stay()
                return Code(lambda cells: cells[0].variables.get(number, ExcelError.NAME))
            case _:
                return self.constant(ExcelError.VALUE)

    def _joined(self, join: Callable[[Reference, Reference], Reference], left: Node, right: Node) -> Code:
        a, b = self.reference(left).run, self.reference(right).run
        return Code(lambda cells: join(_one(a(cells)), _one(b(cells))))

    def static(self, node: Node) -> Reference | None:
        """The Reference of a node that says by itself where its cells are; None for anything else."""
        return static_reference(node, self.address.sheet, self.world)

    def _value_of_reference(self, code: Code) -> Code:
        if self.array:
            return self._grid_of_reference(code)
        self.storage.stay()
        inner, address = code.run, self.address

        def run(cells: Cells) -> Any:
            value = _reference(inner(cells))
            return value if isinstance(value, Grid) else intersect(cells[0], value, address)

        return _unread(Code(run, code.several, code.several))

    def _grid_of_reference(self, code: Code) -> Code:
        inner = code.run

        def run(cells: Cells) -> Any:
            value = _reference(inner(cells))
            return value if isinstance(value, Grid) else dereference(cells[0], value)

        return Code(guarded(run), many=True, several=code.several)

    # functions

    def call(self, node: Call, branch: Callable[[Node], Code]) -> Code:
        """A function call; ``branch`` compiles what IF and its like hand on: a value, a Grid or a Reference."""
        entry = TABLE.get(node.name)
        if entry is None and node.name != "":
            return self.constant(ExcelError.NAME)
        if entry is None:
            return _control()[""](self, node.args, branch)
        if not entry.least <= len(node.args) <= entry.most:
            return self.constant(ExcelError.VALUE)
        if node.name in _control():
            return _control()[node.name](self, node.args, branch)
        wants_reference = branch == self.reference
        if wants_reference and node.name in TWINS:
            entry = TWINS[node.name]
        code = self._call(entry, node.args)
        if node.name == "INDEX" and len(node.args) == 4 and is_reference(node.args[0]) and not wants_reference:
            code = self._call(TWINS["INDEX"], node.args)
            return self._value_of_reference(code) if branch == self.scalar else self._grid_of_reference(code)
        if node.name == "INDEX" and branch == self.scalar and not self.array and _may_be_line(node):
            return self._crossing_line(node, code)
        if entry.gives_reference and not wants_reference:
            return self._value_of_reference(code) if branch == self.scalar else self._grid_of_reference(code)
        return code if wants_reference else _unread(code)

    def _call(self, entry: Function, args: Sequence[Node]) -> Code:
        kinds = [entry.kind(index) for index in range(len(args))]
        for index, arg in enumerate(args):
            if isinstance(arg, MissingArgument) and entry.stand_in(index) is not None:
                kinds[index] = ArgumentKind.ANY  # as it is, not coerced
        codes = [self._argument_or_default(entry, index, arg, kinds[index]) for index, arg in enumerate(args)]
        body = entry.body
        if entry.here:
            body = self._placed(body)
            codes, kinds = [Code(itemgetter(0)), *codes], [ArgumentKind.RANGE, *kinds]
        several = any(code.several for code in codes)
        lifted = several or any(code.many for code, kind in zip(codes, kinds, strict=True) if kind in SINGLE)
        run = call_body(body, [code.run for code in codes], kinds, lifted=lifted)
        many = lifted or entry.gives_array or entry.gives_reference
        return Code(run, many, several=lifted and entry.gives_reference)

    def _argument_or_default(self, entry: Function, index: int, arg: Node, kind: ArgumentKind) -> Code:
        stand_in = entry.stand_in(index) if isinstance(arg, MissingArgument) else None
        optional = index >= entry.least
        return self.argument(arg, kind, optional=optional) if stand_in is None else self.constant(stand_in[0])

    def _crossing_line(self, node: Call, code: Code) -> Code:
        """INDEX of a whole row or column where a single value is wanted: the cell in the formula's own row or column."""
        line = self._value_of_reference(self._call(TWINS["INDEX"], node.args)).run

        def run(cells: Cells) -> Any:
            value = code.run(cells)
            return line(cells) if isinstance(value, Grid) and value.size > 1 else value

        return Code(run, code.many)

    def _first(self, node: Node) -> Code:
        """The first cell of a reference, of each where there are several; anything else as it is."""
        if not is_reference(node) or isinstance(node, CellRef):
            return self.scalar(node)
        inner = self.range(node).run if isinstance(node, AreaRef) else self._grid_of_reference(self.reference(node)).run

        def first(run: Computation, value: Any) -> Any:
            return run.grid(value.areas[0]).at(0, 0) if isinstance(value, Reference) else value

        def run(cells: Cells) -> Any:
            value = inner(cells)
            if isinstance(value, References):
                return elementwise(lambda item: first(cells[0], item), (value,))
            return value.at(0, 0) if isinstance(value, Grid) else value

        return Code(run, many=True)

    def _only(self, node: AreaRef) -> Code:
        """The cell of a range of one cell; a larger range is ``#VALUE!``, wherever the formula stands."""
        inner = self.range(node).run

        def run(cells: Cells) -> Any:
            grid = inner(cells)
            if grid.size > 1:
                raise CellError(ExcelError.VALUE)
            return grid.at(0, 0)

        return Code(run)

    def _placed(self, body: Callable[..., Any]) -> Callable[..., Any]:
        self.storage.stay()
        address, world = self.address, self.world
        return lambda run, *args: body(Here(address, world, run), *args)

    def argument(self, node: Node, kind: ArgumentKind, *, optional: bool = False) -> Code:
        """An argument as its parameter takes it."""
        if kind is ArgumentKind.VALUES:
            return self.values(node)
        if kind is ArgumentKind.ARRAY:
            return self.as_array().range(node)
        if kind is ArgumentKind.SHAPE and (place := self.static(node)) is not None and len(place.areas) == 1:
            shape = Grid(place.areas[0].rows, place.areas[0].columns, ())
            return Code(lambda cells: shape, many=True)
        if kind in (ArgumentKind.RANGE, ArgumentKind.SHAPE):
            return self.range(node)
        if kind is ArgumentKind.REFERENCE or (kind is ArgumentKind.AREAS and is_reference(node)):
            code = self.reference(node)
            inner = code.run
            return Code(lambda cells: _reference(inner(cells)), code.several, code.several)
        if kind is ArgumentKind.AREAS:
            return self.as_array().range(node)
        if kind is ArgumentKind.PLAIN and isinstance(node, MissingArgument) and not optional:
            return self.constant(ExcelError.NA)
        if kind is ArgumentKind.FIRST:
            return self._first(node)
        if kind is ArgumentKind.PLAIN and isinstance(node, AreaRef):
            return self._only(node)
        code = self.scalar(node)
        return Code(guarded(code.run), code.many) if kind is ArgumentKind.ANY else code


@cache
def _control() -> Mapping[str, Callable[[Compiler, Sequence[Node], Callable[[Node], Code]], Code]]:
    from xlsxeval.calc.control import CONTROL  # they compile with this class: each needs the other
    from xlsxeval.calc.lambdas import LAMBDAS

    return {**CONTROL, **LAMBDAS}


def _item(node: Node) -> Scalar:
    """An item of an array constant."""
    match node:
        case Unary(operator, Number(value)):
            return -value if operator == "-" else value
        case Number(value) | Text(value) | Boolean(value) | ErrorLiteral(value):
            return value
        case _:
            return None


def _may_be_line(node: Call) -> bool:
    """Whether INDEX in a range may give a row or column: a place may be 0, or so small that it is cut off to 0."""
    places = [place for place in node.args[1:3] if not (isinstance(place, Number) and place.value >= 1)]
    sure = all(isinstance(place, Call) and place.name in ("MATCH", "XMATCH", "ROW", "COLUMN") for place in places)
    return is_reference(node.args[0]) and not sure


def is_reference(node: Node) -> bool:
    """Whether a node gives a reference, as far as its text says."""
    match node:
        case CellRef() | AreaRef() | SheetSpan() | Union() | Binary(":" | " ") | ErrorLiteral(ExcelError.REF):
            return True
        case Call("IF" | "CHOOSE", args):
            return all(is_reference(arg) for arg in args[1:])
        case Call(name):
            return name in TWINS or (name in TABLE and TABLE[name].gives_reference)
        case _:
            return False


def _unread(code: Code) -> Code:
    """Code whose references in an array are ``#VALUE!``: only functions that take ranges look behind them."""
    if not code.several:
        return code
    inner = code.run

    def run(cells: Cells) -> Any:
        value = inner(cells)
        if isinstance(value, References):
            return Grid(value.rows, value.columns, [_no_value(item) for item in value.cells])
        return value

    return Code(run, code.many)


def _no_value(item: Any) -> Any:
    return ExcelError.VALUE if isinstance(item, Reference) else item


def _one(value: Any) -> Reference:
    reference = _reference(value)
    if isinstance(reference, Grid):
        raise CellError(ExcelError.VALUE)
    return reference


def _reference(value: Any) -> Reference | References:
    """A value that must be a reference, or several of them. Raises CellError for an error or anything else."""
    if isinstance(value, Reference | References):
        return value
    raise CellError(value if isinstance(value, ExcelError) else ExcelError.VALUE)
