"""The names of LET and LAMBDA tied to the places that use them: each becomes a Variable with a number of its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from xlsxeval.calc.nodes import Binary, Call, Name, Node, Percent, TableRef, Unary, Union, Variable

BINDING = frozenset({"LET", "LAMBDA"})
Scope = Mapping[str, Variable]


def bound(node: Node) -> Node:
    """The tree with all names of LET and LAMBDA as variables; other names stay."""
    numbers = count(1)
    return _bound(node, {}, numbers)


def _variable(node: Node, numbers: count[int]) -> Variable | None:
    """A variable for a name, also for ``[x]``, which may be left out in a call."""
    match node:
        case Name(name, None):
            return Variable(name.casefold(), next(numbers))
        case TableRef(None, (), (name,)):
            return Variable(name.removeprefix("_xlpm.").casefold(), next(numbers), optional=True)
        case Variable(name, _, optional):
            return Variable(name, next(numbers), optional)
        case _:
            return None


def _bound(node: Node, scope: Scope, numbers: count[int]) -> Node:
    match node:
        case Name(name, None):
            return scope.get(name.casefold(), node)
        case Variable(name):
            return scope.get(name, node)
        case Call("LET", args):
            return _let(args, scope, numbers)
        case Call("LAMBDA", args):
            variables = [_variable(arg, numbers) for arg in args[:-1]]
            inner = {**scope, **{variable.name: variable for variable in variables if variable is not None}}
            names = [arg if variable is None else variable for arg, variable in zip(args, variables, strict=False)]
            return Call("LAMBDA", (*names, *(_bound(arg, inner, numbers) for arg in args[-1:])))
        case Call(name, args):
            rest = tuple(_bound(arg, scope, numbers) for arg in args)
            callee = scope.get(name.casefold())
            return Call(name, rest) if callee is None else Call("", (callee, *rest))
        case Binary():
            return _chain(node, scope, numbers)
        case Unary(operator, operand):
            return Unary(operator, _bound(operand, scope, numbers))
        case Percent(operand):
            return Percent(_bound(operand, scope, numbers))
        case Union(parts):
            return Union(tuple(_bound(part, scope, numbers) for part in parts))
        case _:
            return node


def _chain(node: Binary, scope: Scope, numbers: count[int]) -> Node:
    """Down the left side in a loop: a sum may have thousands of terms."""
    spine: list[Binary] = []
    current: Node = node
    while isinstance(current, Binary):
        spine.append(current)
        current = current.left
    result = _bound(current, scope, numbers)
    for item in reversed(spine):
        result = Binary(item.operator, result, _bound(item.right, scope, numbers))
    return result


def _let(args: tuple[Node, ...], scope: Scope, numbers: count[int]) -> Node:
    parts: list[Node] = []
    for name, value in zip(args[:-1:2], args[1::2], strict=False):
        variable = _variable(name, numbers)
        parts += [name if variable is None else variable, _bound(value, scope, numbers)]
        if variable is not None:
            scope = {**scope, variable.name: variable}
    return Call("LET", (*parts, *(_bound(arg, scope, numbers) for arg in args[len(parts) :])))
