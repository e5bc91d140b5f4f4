"""Formulas of the official form → formulas with the names of fields in the place of addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxeval.calc import (
    AreaRef,
    Call,
    CellRef,
    FormulaSyntaxError,
    Name,
    Node,
    Number,
    is_function,
    parse,
    to_formula,
    transform,
    walk,
)
from xlsxeval.importing.blank import BlankSheet, Spot

_MOST_CELLS = 255
_TAKE_LISTS = frozenset({"SUM", "MAX", "MIN", "AVERAGE", "COUNT", "COUNTA", "PRODUCT"})


class _CannotNameError(Exception):
    """Something in a formula has no name in the draft; the text says what, in words for people."""


@dataclass(frozen=True, slots=True)
class BlockColumn:
    """A column of a block: its name and the cells that it stands for."""

    name: str
    column: int
    first: int
    last: int


def name_formula(
    text: str, blank: BlankSheet, names: Mapping[Spot, str], columns: list[BlockColumn]
) -> tuple[str, str]:
    """The formula with names and an empty text; or an empty text and why it cannot be said with names."""
    try:
        tree = parse(text)
        named = transform(tree, lambda node: _replace(node, blank, names, columns))
        _require_names(named, {*names.values(), *(column.name for column in columns)})
        result = to_formula(named)
        parse(result)
    except FormulaSyntaxError as error:
        return "", f"公式读不懂（{error.why}）"
    except _CannotNameError as error:
        return "", str(error)
    return result, ""


def _require_names(tree: Node, known: set[str]) -> None:
    """Nothing but known functions and names of the draft may be left."""
    for node in walk(tree):
        if isinstance(node, Call) and not is_function(node.name):
            raise _CannotNameError(f"程序不认识函数 {node.name}")
        if isinstance(node, CellRef | AreaRef):
            raise _CannotNameError("引用了一片格子，而这里只能写单个字段")
        if isinstance(node, Name) and node.name not in known:
            raise _CannotNameError(f"用了名称 {node.name}")


def cyclic(formulas: Mapping[str, str]) -> set[str]:
    """Names whose formulas come back to themselves, straight or by way of others."""
    needs = {
        name: {node.name for node in walk(parse(text)) if isinstance(node, Name)} for name, text in formulas.items()
    }
    left = {name: parts & set(needs) for name, parts in needs.items()}
    while True:
        free = {name for name, parts in left.items() if not parts & set(left)}
        if not free:
            return set(left)
        left = {name: parts for name, parts in left.items() if name not in free}


def _replace(node: Node, blank: BlankSheet, names: Mapping[Spot, str], columns: list[BlockColumn]) -> Node | None:
    if isinstance(node, CellRef):
        _own_sheet(node.sheet, blank)
        return _cell((node.row, node.column), blank, names)
    if isinstance(node, AreaRef):
        _own_sheet(node.sheet, blank)
        return None
    if isinstance(node, Call) and node.name in _TAKE_LISTS:
        return Call(node.name, tuple(part for arg in node.args for part in _spread(arg, blank, names, columns)))
    return None


def _own_sheet(sheet: str | None, blank: BlankSheet) -> None:
    if sheet is not None and sheet != blank.sheet:
        raise _CannotNameError(f"引用了别的工作表「{sheet}」")


def _cell(spot: Spot, blank: BlankSheet, names: Mapping[Spot, str]) -> Node:
    area = blank.owner.get(spot)
    if area is None:
        raise _CannotNameError("引用了表以外的格子")
    if area.spot in names:
        return Name(names[area.spot])
    if area.number is not None and area.number >= 0:
        return Number(area.number)
    raise _CannotNameError("引用了一个不是字段的格子")


def _spread(arg: Node, blank: BlankSheet, names: Mapping[Spot, str], columns: list[BlockColumn]) -> list[Node]:
    """An area as the fields in it: whole columns of blocks by their name, other cells one by one, texts left out."""
    if not isinstance(arg, AreaRef):
        return [arg]
    if (arg.last_row - arg.first_row + 1) * (arg.last_column - arg.first_column + 1) > _MOST_CELLS:
        raise _CannotNameError("引用的格子太多")
    found: list[Node] = []
    for column in range(arg.first_column, arg.last_column + 1):
        row = arg.first_row
        while row <= arg.last_row:
            block = next((one for one in columns if one.column == column and one.first <= row <= one.last), None)
            if block is not None:
                if row != block.first or arg.last_row < block.last:
                    raise _CannotNameError("只引用了一组行中的几行")
                found.append(Name(block.name))
                row = block.last + 1
                continue
            area = blank.owner.get((row, column))
            if area is not None and area.spot == (row, column) and area.spot in names:
                found.append(Name(names[area.spot]))
            elif area is not None and area.number is not None and area.spot == (row, column):
                found.append(_cell((row, column), blank, names))
            row += 1
    if not found:
        raise _CannotNameError("引用的格子里没有字段")
    return found
