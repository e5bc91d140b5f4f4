"""IF and the other functions that choose: what is not chosen is not computed.

Their entries in the table carry name, arity and documentation; here is how they are compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from xlsxeval.calc.codes import Closure, Code, guarded
from xlsxeval.calc.coercion import to_logical, to_number
from xlsxeval.calc.compiler import Compiler
from xlsxeval.calc.elementwise import elementwise
from xlsxeval.calc.nodes import MissingArgument, Node
from xlsxeval.calc.operators import equal
from xlsxeval.calc.storage import Cells
from xlsxeval.calc.values import CellError, ExcelError, Grid, Reference, Scalar

Branch = Callable[[Node], Code]
Compile = Callable[[Compiler, Sequence[Node], Branch], Code]


def _branches(compiler: Compiler, args: Sequence[Node], branch: Branch) -> list[Code]:
    """What may be chosen; an empty argument is 0."""
    return [compiler.constant(0.0) if isinstance(arg, MissingArgument) else branch(arg) for arg in args]


def _whole(choose: Callable[..., Any], codes: Sequence[Code]) -> Closure:
    """The choice made cell by cell, once the condition turned out to be a rectangle: everything is computed."""
    runs = [guarded(code.run) for code in codes]
    return lambda cells: elementwise(choose, [run(cells) for run in runs])


def _if(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    test, *rest = compiler.scalar(args[0]), *_branches(compiler, args[1:], branch)
    if len(rest) == 1:
        rest.append(compiler.constant(False))
    condition, then, otherwise = test.run, rest[0].run, rest[1].run

    if not test.many:

        def run(cells: Cells) -> Any:
            value = condition(cells)
            if value is not True and value is not False:
                value = to_logical(value)
            return then(cells) if value else otherwise(cells)

        return Code(run, many=any(code.many for code in rest))

    whole = _whole(lambda value, yes, no: yes if to_logical(value) else no, [test, *rest])

    def run_many(cells: Cells) -> Any:
        value = condition(cells)
        if isinstance(value, Grid):
            return whole(cells)
        return then(cells) if to_logical(value) else otherwise(cells)

    return Code(run_many, many=True)


def _on_error(caught: Callable[[ExcelError], bool]) -> Compile:
    """IFERROR and IFNA: they differ in the errors they catch."""

    def build(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
        value, instead = _branches(compiler, args, branch)
        inner, other = guarded(value.run), instead.run

        def choose(item: Any, alternative: Any) -> Any:
            return alternative if isinstance(item, ExcelError) and caught(item) else item

        whole = _whole(choose, [value, instead])

        def run(cells: Cells) -> Any:
            found = inner(cells)
            if isinstance(found, Grid):
                return whole(cells) if any(isinstance(item, ExcelError) for item in found.cells) else found
            return other(cells) if isinstance(found, ExcelError) and caught(found) else found

        return Code(run, many=value.many or instead.many)

    return build


def _choose(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    index, options = compiler.scalar(args[0]), _branches(compiler, args[1:], branch)

    def pick(value: Any, *values: Any) -> Any:
        place = int(to_number(value))
        if not 1 <= place <= len(values):
            raise CellError(ExcelError.VALUE)
        return values[place - 1]

    whole = _whole(pick, [index, *options])
    runs = [option.run for option in options]

    def run(cells: Cells) -> Any:
        value = index.run(cells)
        return whole(cells) if isinstance(value, Grid) else pick(value, *runs)(cells)

    return Code(run, many=index.many or any(option.many for option in options))


def _ifs(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    if len(args) % 2:
        return compiler.constant(ExcelError.VALUE)
    tests = [compiler.scalar(arg) for arg in args[::2]]
    results = _branches(compiler, args[1::2], branch)

    def first(*values: Any) -> Any:
        for test, result in zip(values[::2], values[1::2], strict=True):
            if to_logical(test):
                return result
        raise CellError(ExcelError.NA)

    whole = _whole(first, [code for pair in zip(tests, results, strict=True) for code in pair])

    def run(cells: Cells) -> Any:
        for test, result in zip(tests, results, strict=True):
            value = test.run(cells)
            if isinstance(value, Grid):
                return whole(cells)
            if to_logical(value):
                return result.run(cells)
        raise CellError(ExcelError.NA)

    return Code(run, many=any(code.many for code in (*tests, *results)))


def same(value: Scalar, case: Scalar) -> bool:
    """Whether SWITCH takes a case: a blank cell is the number 0, neither FALSE nor an empty text."""
    return equal(0.0 if value is None else value, 0.0 if case is None else case)


def _switch(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    subject = compiler.scalar(args[0])
    pairs = len(args) // 2 * 2 if len(args) % 2 else len(args) - 1
    cases = [compiler.scalar(arg) for arg in args[1:pairs:2]]
    results = _branches(compiler, args[2 : pairs + 1 : 2], branch)
    default = _branches(compiler, args[pairs:], branch) if len(args) % 2 == 0 else []
    default = default or [compiler.constant(ExcelError.NA)]
    count = len(cases)

    def match(value: Any, *values: Any) -> Any:
        for case, result in zip(values[:count], values[count:], strict=False):
            if same(value, case):
                return result
        return values[-1]

    whole = _whole(match, [subject, *cases, *results, *default])

    def run(cells: Cells) -> Any:
        value = subject.run(cells)
        if isinstance(value, Grid):
            return whole(cells)
        for case, result in zip(cases, results, strict=True):
            candidate = case.run(cells)
            if isinstance(candidate, Grid):
                return whole(cells)
            if same(value, candidate):
                return result.run(cells)
        return default[0].run(cells)

    return Code(run, many=any(code.many for code in (subject, *cases, *results, *default)))


def _isref(compiler: Compiler, args: Sequence[Node], branch: Branch) -> Code:
    reference = guarded(compiler.reference(args[0]).run)
    return Code(lambda cells: isinstance(reference(cells), Reference))


CONTROL: Final[dict[str, Compile]] = {
    "IF": _if,
    "IFERROR": _on_error(lambda error: True),
    "IFNA": _on_error(lambda error: error is ExcelError.NA),
    "CHOOSE": _choose,
    "IFS": _ifs,
    "SWITCH": _switch,
    "ISREF": _isref,
}
