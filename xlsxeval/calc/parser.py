"""Reads a formula into its tree: operators by Excel's precedence, references in all their forms."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    height,
)
from xlsxeval.calc.references import area_between, read_area, read_cell
from xlsxeval.calc.stream import END, TokenStream, why_left_over
from xlsxeval.calc.table_refs import read_table_ref
from xlsxeval.calc.tokens import Token, tokenize
from xlsxeval.calc.values import ExcelError

MAX_DEPTH: Final = 80
"""How deep functions, parentheses and signs may be nested (Excel allows 64 levels of functions)."""

MAX_HEIGHT: Final = 160
"""How many operators, functions and signs may stand one inside another; a chain of one level counts as one."""

PRECEDENCE: Final = {
    "=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1,
    "&": 2,
    "+": 3, "-": 3,
    "*": 4, "/": 4,
    "^": 5,
}  # fmt: skip
"""How tightly the operators between two operands bind; all of them group from the left, ``^`` too."""

_PREFIX: Final = re.compile(r"(_xlfn\.|_xlws\.|_xlpm\.)+", re.IGNORECASE)
_REFERENCE_START: Final = frozenset({"cell", "area", "columns", "rows", "word", "sheet", "call", "table"})
_REFERENCES: Final = (CellRef, AreaRef, SheetSpan, Name, TableRef, Call, Union)


def parse(formula: str) -> Node:
    """The tree of a formula, with or without its leading ``=``. Raises FormulaSyntaxError with the place."""
    return _Parser(formula).whole()


def in_parentheses(formula: str) -> bool:
    """Whether one pair of parentheses goes around a whole formula, which the tree does not tell."""
    tokens = [token.text for token in tokenize(formula) if token.kind != "blank"]
    if tokens[:1] != ["("] or tokens[-1:] != [")"]:
        return False
    depth = 0
    for place, text in enumerate(tokens):
        depth += (text == "(" or text.endswith("(")) - (text == ")")
        if depth == 0:
            return place == len(tokens) - 1
    return False


class _Parser(TokenStream):
    """One pass over the tokens; every method reads one construct and leaves the place after it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def whole(self) -> Node:
        self.skip_blanks()
        if self.peek() is END:
            raise self.error(END, "公式是空的，请写上内容")
        node = self.expression()
        token = self.peek()
        if token is not END:
            raise self.error(token, why_left_over(token))
        if height(node) > MAX_HEIGHT:
            raise self.error(self.tokens[0], "运算和函数套得太深，请把公式拆到几个单元格")
        return node

    # operators

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(self.peek(), f"嵌套超过 {MAX_DEPTH} 层，请把公式拆到几个单元格")
        operands = [self.operand()]
        operators: list[str] = []
        while (operator := self.operator()) is not None:
            while operators and PRECEDENCE[operators[-1]] >= PRECEDENCE[operator]:
                self._reduce(operands, operators)
            operators.append(operator)
            operands.append(self.operand())
        while operators:
            self._reduce(operands, operators)
        self.depth -= 1
        return operands[0]

    def operator(self) -> str | None:
        self.skip_blanks()
        token = self.peek()
        if token.kind != "operator" or token.text not in PRECEDENCE:
            return None
        self.place += 1
        return token.text

    @staticmethod
    def _reduce(operands: list[Node], operators: list[str]) -> None:
        right = operands.pop()
        operands[-1] = Binary(operators.pop(), operands[-1], right)

    def operand(self) -> Node:
        """Signs, then a reference or a value, then percent signs: ``-2%`` is the percentage of minus two."""
        signs: list[Token] = []
        self.skip_blanks()
        while self.peek().kind == "operator" and self.peek().text in ("-", "+", "@"):
            signs.append(self.take())
            self.skip_blanks()
        node = self.intersection()
        if self.depth + len(signs) > MAX_DEPTH:
            raise self.error(signs[0], f"连续的正负号超过 {MAX_DEPTH} 个，请删去多余的")
        for sign in reversed(signs):
            node = Unary(sign.text, node)
        percents = 0
        while self.next_is("%"):
            percents += 1
            if self.depth + percents > MAX_DEPTH:
                raise self.error(self.peek(), f"连续的百分号超过 {MAX_DEPTH} 个，请删去多余的")
            node = Percent(node)
        return node

    def intersection(self) -> Node:
        node = self.range()
        while isinstance(node, _REFERENCES) or (isinstance(node, Binary) and node.operator in (":", " ")):
            before = self.place
            if not self.skip_blanks():
                break
            token = self.peek()
            if token.text != "(" and token.kind not in _REFERENCE_START:
                self.place = before
                break
            node = Binary(" ", node, self.range())
        return node

    def range(self) -> Node:
        node = self.primary()
        while self.colon():
            right = self.primary()
            if isinstance(node, CellRef) and isinstance(right, CellRef) and right.sheet in (None, node.sheet):
                node = area_between(node, right, node.sheet)
            else:
                node = Binary(":", node, right)
        if self.peek().text == "#":
            self.take()
            node = Call("ANCHORARRAY", (node,))
        return node

    # operands

    def primary(self) -> Node:
        self.skip_blanks()
        token = self.take()
        read = _PRIMARIES.get(token.kind)
        if read is not None:
            return read(self, token)
        if token.text == "(":
            return self.group(token)
        if token.text == "{":
            return self.array(token)
        if token is END:
            raise self.error(token, "公式没有写完，请补上内容")
        raise self.error(token, "这里应当是数值、文本、单元格、名称或函数")

    def number(self, token: Token) -> Node:
        return Number(float(token.text))

    def string(self, token: Token) -> Node:
        return Text(token.text[1:-1].replace('""', '"'))

    def error_value(self, token: Token) -> Node:
        error = ExcelError(token.text)
        if error is ExcelError.REF and self.peek().kind in ("cell", "area", "columns", "rows"):
            self.take()
        return ErrorLiteral(error)

    def cell(self, token: Token) -> Node:
        return read_cell(token.text) or Name(token.text)

    def area(self, token: Token) -> Node:
        return self._inside(token, read_area(token.text))

    def _inside(self, token: Token, node: AreaRef | None) -> AreaRef:
        if node is None:
            raise self.error(token, "单元格区域超出工作表的范围（最大到 XFD1048576）")
        return node

    def word(self, token: Token) -> Node:
        if token.text.upper() in ("TRUE", "FALSE"):
            return Boolean(token.text.upper() == "TRUE")
        return Name(token.text.removeprefix("_xlpm."))

    def table(self, token: Token) -> Node:
        node = read_table_ref(token.text)
        if node is None:
            raise self.error(token, "表格引用写作 表1[列名] 或 表1[[列1]:[列2]]")
        return node

    def sheet(self, token: Token) -> Node:
        """What follows ``Sheet1!``, ``'附件 1'!`` or ``一月:三月!``."""
        name = token.text[:-1]
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        first, colon, last = name.partition(":")
        target = self.take()
        node: Node
        if target.kind == "cell":
            node = read_cell(target.text, None if colon else name) or Name(target.text, name)
        elif target.kind in ("area", "columns", "rows"):
            node = self._inside(target, read_area(target.text, None if colon else name))
        elif target.kind == "word" and not colon:
            return Name(target.text, name)
        elif target.text == "#REF!":
            return ErrorLiteral(ExcelError.REF)
        else:
            raise self.error(target, f"“{token.text}”后面应当是单元格、区域或名称")
        if not colon:
            return node
        if not isinstance(node, CellRef | AreaRef):
            raise self.error(target, "跨表引用后面应当是单元格或区域")
        return SheetSpan(first, last, node)

    def call(self, token: Token) -> Node:
        name = _PREFIX.sub("", token.text).upper()
        args = self.arguments(self.take())
        if name == "SINGLE" and len(args) == 1:
            return Unary("@", args[0])
        call = Call(name, tuple(args))
        while self.peek().text == "(" and call.name in ("", "LAMBDA"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.error(self.peek(), f"嵌套超过 {MAX_DEPTH} 层，请把公式拆到几个单元格")
            call = Call("", (call, *self.arguments(self.take())))
            self.depth -= 1
        return call

    def arguments(self, opening: Token) -> list[Node]:
        args: list[Node] = []
        if not self.next_is(")"):
            args.append(self.argument())
            while self.next_is(","):
                args.append(self.argument())
            self.close(opening)
        return args

    def argument(self) -> Node:
        self.skip_blanks()
        if self.peek().text in (",", ")"):
            return MissingArgument()
        return self.expression()

    def group(self, opening: Token) -> Node:
        parts = [self.expression()]
        while self.next_is(","):
            parts.append(self.expression())
        self.close(opening)
        return parts[0] if len(parts) == 1 else Union(tuple(parts))

    def close(self, opening: Token) -> None:
        if self.next_is(")"):
            return
        token = self.peek()
        if token is END:
            raise self.error(opening, "这个左括号没有配对的右括号，请补上")
        if token.text == ";":
            raise self.error(token, "参数之间请用逗号分隔，不要用分号")
        raise self.error(token, why_left_over(token))

    def array(self, opening: Token) -> Node:
        rows: list[list[Node]] = [[self.constant()]]
        while not self.next_is("}"):
            if self.next_is(","):
                rows[-1].append(self.constant())
            elif self.next_is(";"):
                rows.append([self.constant()])
            else:
                token = self.peek()
                why = "数组没有右花括号，请补上" if token is END else "数组各项之间只能用逗号或分号"
                raise self.error(opening if token is END else token, why)
        if len({len(row) for row in rows}) > 1:
            raise self.error(opening, "数组各行的项数不同，请补齐")
        return Array(tuple(tuple(row) for row in rows))

    def constant(self) -> Node:
        self.skip_blanks()
        token = self.take()
        if token.kind == "operator" and token.text in ("-", "+"):
            number = self.take()
            if number.kind != "number":
                raise self.error(number, "正负号后面应当是数字")
            return Unary(token.text, Number(float(number.text)))
        if token.kind in ("number", "text", "error") or token.text.upper() in ("TRUE", "FALSE"):
            return _PRIMARIES[token.kind](self, token)
        raise self.error(token, "数组里只能有常量，不能有引用或函数")


_PRIMARIES: Final[dict[str, Callable[[_Parser, Token], Node]]] = {
    "number": _Parser.number,
    "text": _Parser.string,
    "error": _Parser.error_value,
    "cell": _Parser.cell,
    "area": _Parser.area,
    "columns": _Parser.area,
    "rows": _Parser.area,
    "word": _Parser.word,
    "sheet": _Parser.sheet,
    "table": _Parser.table,
    "call": _Parser.call,
}
