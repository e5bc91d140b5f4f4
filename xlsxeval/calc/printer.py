"""Writes a tree as the text of a formula, with no parentheses but those that the meaning needs."""

from __future__ import annotations

import re
from typing import Final

from xlsxeval.calc.nodes import (
    AreaRef,
    Array,
    Binary,
    Boolean,
    Call,
    CellRef,
    ErrorLiteral,
    MissingArgument,
    Name,
    Node,
    Number,
    Percent,
    SheetSpan,
    TableRef,
    Text,
    Unary,
    Union,
    Variable,
)
from xlsxeval.calc.parser import PRECEDENCE
from xlsxeval.calc.references import area_text, cell_text, quote_sheet, quote_span
from xlsxeval.calc.table_refs import table_ref_text

_PERCENT: Final = 6
_SIGN: Final = 7
_INTERSECTION: Final = 8
_RANGE: Final = 9
_PRIMARY: Final = 10
_LEVELS: Final = {**PRECEDENCE, " ": _INTERSECTION, ":": _RANGE}


def to_formula(node: Node) -> str:
    """The canonical text of a tree, without ``=``: ``parse(to_formula(node)) == node``."""
    match node:
        case Number(value):
            return number_literal(value)
        case Text(value):
            doubled = value.replace('"', '""')
            return f'"{doubled}"'
        case Boolean(value):
            return "TRUE" if value else "FALSE"
        case ErrorLiteral(value):
            return value.value
        case MissingArgument():
            return ""
        case CellRef(sheet):
            return _prefix(sheet) + cell_text(node)
        case AreaRef(sheet):
            return _prefix(sheet) + area_text(node)
        case SheetSpan(first, last, target):
            text = cell_text(target) if isinstance(target, CellRef) else area_text(target)
            return f"{quote_span(first, last)}!{text}"
        case Name(name, sheet):
            return _prefix(sheet) + name
        case TableRef():
            return table_ref_text(node)
        case Variable(name, _, optional):
            return f"[{name}]" if optional else name
        case Call("", (called, *args)):
            return f"{to_formula(called)}({','.join(to_formula(arg) for arg in args)})"
        case Call(name, args):
            return f"{name}({','.join(to_formula(arg) for arg in args)})"
        case Union(parts):
            return f"({','.join(to_formula(part) for part in parts)})"
        case Array(rows):
            return "{" + ";".join(",".join(to_formula(item) for item in row) for row in rows) + "}"
        case Unary(operator, operand):
            return operator + _inner(operand, _SIGN)
        case Percent(operand):
            return _inner(operand, _PERCENT) + "%"
        case Binary():
            return _binary(node)


def _binary(node: Binary) -> str:
    """Walks down the left side in a loop: a sum may have thousands of terms."""
    pieces: list[str] = []
    current: Node = node
    level = _LEVELS[node.operator]
    while isinstance(current, Binary) and _LEVELS[current.operator] == level:
        pieces.append(current.operator + _inner(current.right, level + 1, current.operator))
        current = current.left
    pieces.append(_inner(current, level, node.operator))
    return "".join(reversed(pieces))


def _inner(node: Node, least: int, operator: str = "") -> str:
    """An operand, in parentheses when it binds less tightly than its place asks for."""
    text = to_formula(node)
    bare_name = operator == ":" and isinstance(node, Name)  # a:b would read as columns
    return f"({text})" if _level(node) < least or bare_name else text


def _level(node: Node) -> int:
    match node:
        case Binary(operator):
            return _LEVELS[operator]
        case Unary():
            return _SIGN
        case Percent():
            return _PERCENT
        case _:
            return _PRIMARY


def _prefix(sheet: str | None) -> str:
    return "" if sheet is None else f"{quote_sheet(sheet)}!"


def number_literal(value: float) -> str:
    """A number as it stands in a formula: ``1``, ``0.25``, ``1E+21``."""
    text = repr(float(value)).upper()
    return re.sub(r"\.0\b", "", text)
