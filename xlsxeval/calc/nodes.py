"""The tree of a formula: small frozen values, compared by what they say and not by how it was typed.

Redundant parentheses, blanks and the case of function names are gone; everything else is kept.
Rows and columns count from 1. A whole column is an area over all rows, a whole row one over all columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xlsxeval.calc.values import ExcelError
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, never negative: a sign is a Unary."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text between quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class ErrorLiteral:
    """An error typed as such: ``#N/A``, or ``#REF!`` where a reference was lost."""

    value: ExcelError


@dataclass(frozen=True, slots=True)
class MissingArgument:
    """An argument left empty, as the last one in ``IF(A1,1,)``."""


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell; ``sheet`` is None for the formula's own worksheet."""

    sheet: str | None
    row: int
    column: int
    row_absolute: bool = False
    column_absolute: bool = False


@dataclass(frozen=True, slots=True)
class AreaRef:
    """A rectangle of cells, first cell at the upper left."""

    sheet: str | None
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    first_row_absolute: bool = False
    first_column_absolute: bool = False
    last_row_absolute: bool = False
    last_column_absolute: bool = False

    @property
    def whole_columns(self) -> bool:
        """True for ``A:C``."""
        return self.first_row == 1 and self.last_row == MAX_ROWS

    @property
    def whole_rows(self) -> bool:
        """True for ``1:3``."""
        return self.first_column == 1 and self.last_column == MAX_COLUMNS


@dataclass(frozen=True, slots=True)
class SheetSpan:
    """A 3-D reference: the same cell or area on all worksheets from one to another (``一月:三月!B2``)."""

    first_sheet: str
    last_sheet: str
    target: CellRef | AreaRef


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name, or a field's name in a form definition; letters of any script, dots allowed."""

    name: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class TableRef:
    """A structured reference: a table (None for the one around the cell), parts such as ``#totals``, one column or two."""

    table: str | None
    parts: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A name of LET or LAMBDA, with a number that no other in the formula has; ``optional`` for ``[x]``."""

    name: str
    number: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; the name in capitals and without ``_xlfn.`` or ``_xlws.``.

    With an empty name the first argument is what is called: ``LAMBDA(x,x+1)(2)``.
    """

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """A sign before an operand: ``-``, ``+``, or ``@`` for implicit intersection."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; besides arithmetic, ``&`` and comparisons also ``:`` (range) and a blank (intersection).

    A sum of thousands of terms leans to the left thousands deep, so equality and hash walk down that
    side in a loop.
    """

    operator: str
    left: Node
    right: Node

    def __eq__(self, other: object) -> bool:
        a: object = self
        b: object = other
        while isinstance(a, Binary) and isinstance(b, Binary):
            if a.operator != b.operator or a.right != b.right:
                return False
            a, b = a.left, b.left
        return not isinstance(a, Binary) and not isinstance(b, Binary) and a == b

    def __hash__(self) -> int:
        parts: list[object] = []
        node: Node = self
        while isinstance(node, Binary):
            parts += (node.operator, node.right)
            node = node.left
        return hash((*parts, node))


@dataclass(frozen=True, slots=True)
class Percent:
    """An operand followed by ``%``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Union:
    """Several references taken together: ``(A1:A3,C1:C3)``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """An array constant, row by row: ``{1,2;3,4}``. Its items are constants; a negative one is a Unary."""

    rows: tuple[tuple[Node, ...], ...]


Node = (
    Number
    | Text
    | Boolean
    | ErrorLiteral
    | MissingArgument
    | CellRef
    | AreaRef
    | SheetSpan
    | Name
    | TableRef
    | Variable
    | Call
    | Unary
    | Binary
    | Percent
    | Union
    | Array
)

LEAVES: Final = (
    CellRef,
    Text,
    Number,
    Name,
    AreaRef,
    Boolean,
    Array,
    ErrorLiteral,
    MissingArgument,
    SheetSpan,
    TableRef,
    Variable,
)
"""Kinds of nodes that have no nodes below them (the items of an array constant are part of it); frequent ones first."""

LEAF_TYPES: Final[frozenset[type]] = frozenset(LEAVES)
"""Kinds of nodes without nodes below them, as a set."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, from left to right."""
    if type(node) in LEAF_TYPES:  # more than half of all nodes
        return ()
    match node:
        case Call(_, args):
            return args
        case Union(parts):
            return parts
        case Binary(_, left, right):
            return left, right
        case Unary(_, operand) | Percent(operand):
            return (operand,)
        case _:
            return ()


def height(node: Node) -> int:
    """How many nodes stand one below another; those on the left of an operator, which loops go down, count as one."""
    highest = 0
    stack = [(node, 1)]
    while stack:
        current, level = stack.pop()
        highest = max(highest, level)
        if isinstance(current, Binary):
            stack += ((current.left, level), (current.right, level + 1))
        else:
            stack += ((child, level + 1) for child in children(current))
    return highest
