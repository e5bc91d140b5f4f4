"""Formulas read once where they differ by their place only: ``B2*C2`` in row 2 and ``B3*C3`` in row 3."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from xlsxeval.calc.nodes import Node
from xlsxeval.calc.parser import in_parentheses, parse
from xlsxeval.calc.trees import shift
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS, Address, column_number

_PIECE: Final = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\[\]]*\])"""
    r"|(?<![\w.$?\\])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(.!\[?\\])"
)
_COLUMNS: Final = re.compile(r"(?<![\w.])\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(.!])")
_ROWS: Final = re.compile(r"(?<![\w.])\$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.!])")


class _Known(NamedTuple):
    node: Node
    address: Address
    closed: bool


class RelativeTexts:
    """The formulas that were read, by their texts as seen from their cells."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], _Known] = {}

    def read(self, address: Address, formula: str) -> tuple[Node, bool]:
        """The tree of a formula, and whether one pair of parentheses goes around it. Raises FormulaSyntaxError."""
        key = self._key(address, formula)
        known = self._known.get(key)
        if known is None:
            node = parse(formula)
            closed = formula.lstrip("= ").startswith("(") and in_parentheses(formula)
            self._known[key] = _Known(node, address, closed)
            return node, closed
        down, right = address.row - known.address.row, address.column - known.address.column
        return (shift(known.node, down, right) if down or right else known.node), known.closed

    @staticmethod
    def _key(address: Address, formula: str) -> tuple[str, int, int]:
        """The text with its references as distances; whole columns and rows tie it to its own column or row."""
        _, row, column = address

        def relative(match: re.Match[str]) -> str:
            if match[1] is not None:
                return match[1]
            fixed_column, letters, fixed_row, digits = match[2], match[3], match[4], int(match[5])
            number = column_number(letters)
            if number > MAX_COLUMNS or not 1 <= digits <= MAX_ROWS:
                return match[0]
            left = letters if fixed_column else f"[{number - column}]"
            return f"\0{left}{'$' if fixed_row else '#'}{digits if fixed_row else digits - row}"

        text = _PIECE.sub(relative, formula)
        return (
            text,
            column if ":" in text and _COLUMNS.search(text) else 0,
            row if ":" in text and _ROWS.search(text) else 0,
        )
