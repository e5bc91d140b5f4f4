"""Closures that compute arguments, coerce them as the parameters ask, and call a function's body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from xlsxeval.calc.coercion import to_integer, to_logical, to_number, to_plain, to_scalar, to_text
from xlsxeval.calc.elementwise import elementwise
from xlsxeval.calc.functions.table import SINGLE, ArgumentKind
from xlsxeval.calc.places import dereference
from xlsxeval.calc.storage import Cells, Computation
from xlsxeval.calc.values import CellError, ExcelError, Grid, Reference, References

Closure = Callable[[Cells], Any]

CONVERTERS: Final[dict[ArgumentKind, Callable[[Any], Any]]] = {
    ArgumentKind.NUMBER: to_number,
    ArgumentKind.INTEGER: to_integer,
    ArgumentKind.TEXT: to_text,
    ArgumentKind.LOGICAL: to_logical,
    ArgumentKind.SCALAR: to_scalar,
    ArgumentKind.FIRST: to_scalar,
    ArgumentKind.PLAIN: to_plain,
}


def call_body(
    body: Callable[..., Any], runs: Sequence[Closure], kinds: Sequence[ArgumentKind], *, lifted: bool
) -> Closure:
    """A closure that calls a body; with ``lifted`` a rectangle in place of a single value gives a rectangle."""
    if lifted:
        return _lifting(body, runs, kinds)
    readers = [_reader(run, kind) for run, kind in zip(runs, kinds, strict=True)]
    match readers:
        case []:
            return lambda cells: body()
        case [first]:
            return lambda cells: body(first(cells))
        case [first, second]:
            return lambda cells: body(first(cells), second(cells))
        case [first, second, third]:
            return lambda cells: body(first(cells), second(cells), third(cells))
        case _:
            return lambda cells: body(*[read(cells) for read in readers])


def _reader(run: Closure, kind: ArgumentKind) -> Closure:
    """Computes and coerces one argument."""
    convert = CONVERTERS.get(kind)
    if convert is None:
        return run
    if kind is ArgumentKind.NUMBER:

        def number(cells: Cells) -> Any:
            value = run(cells)
            return value if type(value) is float else to_number(value)

        return number
    return lambda cells: convert(run(cells))


def _lifting(body: Callable[..., Any], runs: Sequence[Closure], kinds: Sequence[ArgumentKind]) -> Closure:
    coerced = _coercing(body, [CONVERTERS.get(kind, _unchanged) for kind in kinds])
    single = [index for index, kind in enumerate(kinds) if kind in SINGLE]

    def run(cells: Cells) -> Any:
        arguments = [argument(cells) for argument in runs]
        several = [index for index, value in enumerate(arguments) if type(value) is References]
        if not several and not any(isinstance(arguments[index], Grid) for index in single):
            return coerced(*arguments)
        lifted = sorted({*single, *several}) if several else single

        def one(*values: Any) -> Any:
            if len(values) == len(arguments) and not several:
                result = coerced(*values)
            else:
                own = list(arguments)
                for index, value in zip(lifted, values, strict=True):
                    own[index] = _behind(cells[0], value, kinds[index]) if index in several else value
                result = coerced(*own)
            return result.at(0, 0) if isinstance(result, Grid) else result

        result = elementwise(one, [arguments[index] for index in lifted])
        if any(isinstance(item, Reference) for item in result.cells):
            return References(result.rows, result.columns, result.cells)
        return result

    return run


def _behind(run: Computation, value: Any, kind: ArgumentKind) -> Any:
    """What a parameter gets of one reference among several: where it takes values, those behind it."""
    if isinstance(value, ExcelError):
        raise CellError(value)
    return value if kind in (ArgumentKind.REFERENCE, ArgumentKind.AREAS) else dereference(run, value)


def _coercing(body: Callable[..., Any], converters: Sequence[Callable[[Any], Any]]) -> Callable[..., Any]:
    """The body with its arguments coerced on the way; written out for few arguments, since it is called for each cell."""
    match converters:
        case [only]:
            return lambda value: body(only(value))
        case [first, second]:
            return lambda a, b: body(first(a), second(b))
        case _:
            return lambda *values: body(*[to(value) for to, value in zip(converters, values, strict=True)])


def _unchanged(value: Any) -> Any:
    return value
