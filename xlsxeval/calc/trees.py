"""Going through trees: visiting, replacing, moving and comparing them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import assert_never

from xlsxeval.calc.nodes import (
    LEAF_TYPES,
    LEAVES,
    AreaRef,
    Binary,
    Boolean,
    Call,
    CellRef,
    ErrorLiteral,
    Name,
    Node,
    Number,
    Percent,
    SheetSpan,
    Unary,
    Union,
    children,
)
from xlsxeval.calc.numbers import fifteen
from xlsxeval.calc.printer import to_formula
from xlsxeval.calc.values import ExcelError
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes below it, from left to right, a node before what is below it."""
    found: list[Node] = []
    stack = [node]
    while stack:  # in one go: a formula has dozens of nodes, and a generator costs more than all of them
        current = stack.pop()
        found.append(current)
        if type(current) not in LEAF_TYPES:
            stack.extend(reversed(children(current)))
    return iter(found)


def transform(node: Node, fn: Callable[[Node], Node | None], fixed: Container[int] = ()) -> Node:
    """A tree with nodes replaced, from the bottom up: ``fn`` gives the new node, or None to keep it as it is.

    Nodes whose identity is in ``fixed`` stay as they are, with all below them.
    """
    if id(node) in fixed:
        return node
    if isinstance(node, Binary):
        return _transform_spine(node, fn, fixed)
    if isinstance(node, LEAVES):
        return fn(node) or node
    match node:
        case Call(name, args):
            rebuilt: Node = Call(name, tuple([transform(arg, fn, fixed) for arg in args]))
        case Union(parts):
            rebuilt = Union(tuple([transform(part, fn, fixed) for part in parts]))
        case Unary(operator, operand):
            rebuilt = Unary(operator, transform(operand, fn, fixed))
        case Percent(operand):
            rebuilt = Percent(transform(operand, fn, fixed))
        case _:
            assert_never(node)
    return fn(rebuilt) or rebuilt


def _transform_spine(node: Binary, fn: Callable[[Node], Node | None], fixed: Container[int]) -> Node:
    """Goes down the left side of nested operators in a loop: a sum may have thousands of terms."""
    spine: list[Binary] = []
    current: Node = node
    while isinstance(current, Binary) and id(current) not in fixed:
        spine.append(current)
        current = current.left
    result = transform(current, fn, fixed)
    for item in reversed(spine):
        rebuilt = Binary(item.operator, result, transform(item.right, fn, fixed))
        result = fn(rebuilt) or rebuilt
    return result


def shift(node: Node, rows: int, columns: int) -> Node:
    """The tree as it stands after copying its cell down and to the right: relative references move along.

    A reference pushed off the worksheet wraps around to the other side, as Excel does in shared formulas.
    """

    def moved(part: Node) -> Node | None:
        match part:
            case CellRef():
                return _shift_cell(part, rows, columns)
            case AreaRef():
                return _shift_area(part, rows, columns)
            case SheetSpan(first, last, CellRef() as target):
                return SheetSpan(first, last, _shift_cell(target, rows, columns))
            case SheetSpan(first, last, AreaRef() as target):
                return SheetSpan(first, last, _shift_area(target, rows, columns))
            case _:
                return None

    return transform(node, moved)


def _moved(place: int, by: int, absolute: bool, size: int) -> int:
    return place if absolute else (place - 1 + by) % size + 1


def _shift_cell(ref: CellRef, rows: int, columns: int) -> CellRef:
    row = _moved(ref.row, rows, ref.row_absolute, MAX_ROWS)
    column = _moved(ref.column, columns, ref.column_absolute, MAX_COLUMNS)
    return CellRef(ref.sheet, row, column, ref.row_absolute, ref.column_absolute)  # three times as fast as replace()


def _shift_area(ref: AreaRef, rows: int, columns: int) -> AreaRef:
    down = 0 if ref.whole_columns else rows
    right = 0 if ref.whole_rows else columns
    top = _moved(ref.first_row, down, ref.first_row_absolute, MAX_ROWS), ref.first_row_absolute
    bottom = _moved(ref.last_row, down, ref.last_row_absolute, MAX_ROWS), ref.last_row_absolute
    left = _moved(ref.first_column, right, ref.first_column_absolute, MAX_COLUMNS), ref.first_column_absolute
    last = _moved(ref.last_column, right, ref.last_column_absolute, MAX_COLUMNS), ref.last_column_absolute
    if top[1] is not bottom[1]:  # one corner may have moved past the other, which stands still
        top, bottom = sorted((top, bottom))
    if left[1] is not last[1]:
        left, last = sorted((left, last))
    return AreaRef(ref.sheet, top[0], left[0], bottom[0], last[0], top[1], left[1], bottom[1], last[1])


def same_formula(a: Node, b: Node) -> bool:
    """Whether two formulas say the same: case, ``$``, blanks, redundant parentheses and prefixes do not count.

    Nor does what LibreOffice does to a formula when it saves: ``TRUE()`` for TRUE, numbers cut to fifteen digits.
    What changes the text of the formula otherwise is a difference, even where the result would be the same
    (``A1`` and ``A1+0``).
    """
    return _canonical(a) == _canonical(b)


def _canonical(node: Node) -> str:
    return to_formula(transform(node, _plain))


def _plain(node: Node) -> Node | None:
    """A reference without ``$`` and with its names in one case."""
    match node:
        case CellRef(sheet, row, column):
            return CellRef(_folded(sheet), row, column)
        case AreaRef(sheet, first_row, first_column, last_row, last_column):
            return AreaRef(_folded(sheet), first_row, first_column, last_row, last_column)
        case SheetSpan(first, last, target):
            plain = _plain(target)
            if isinstance(plain, CellRef | AreaRef):
                return SheetSpan(first.casefold(), last.casefold(), plain)
            return ErrorLiteral(ExcelError.REF)
        case Name(name, sheet):
            return Name(name.casefold(), _folded(sheet))
        case Call("TRUE" | "FALSE", ()):
            return Boolean(node.name == "TRUE")
        case Number(value):
            return Number(fifteen(value))
        case _:
            return None


def _folded(sheet: str | None) -> str | None:
    return None if sheet is None else sheet.casefold()
