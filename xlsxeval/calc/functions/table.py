"""The table of functions: a signature and a body each, registered where the body is written."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, TypeVar


class ArgumentKind(StrEnum):
    """What a parameter takes, and so how its argument is computed and coerced."""

    NUMBER = "number"
    """A float; texts are read, blanks are 0."""
    INTEGER = "integer"
    """An int, cut off towards zero."""
    TEXT = "text"
    """A str; numbers are written out."""
    LOGICAL = "logical"
    """A bool."""
    SCALAR = "scalar"
    """Any single value but an error."""
    ANY = "any"
    """Any single value, errors too."""
    VALUES = "values"
    """A Grid for a reference or an array, a single value for anything else: SUM treats them differently."""
    RANGE = "range"
    """A Grid; a single value becomes a Grid of one cell."""
    ARRAY = "array"
    """A Grid too, but operators inside the argument work on every cell, as in SUMPRODUCT."""
    PLAIN = "plain"
    """A single value as the functions of the old Analysis ToolPak take it: no logical value, no range of several cells."""
    FIRST = "first"
    """A single value; of a range its first cell, as N and T take it."""
    AREAS = "areas"
    """A Reference whose cells are read; a Grid for anything that is none. SUBTOTAL asks where its cells are."""
    SHAPE = "shape"
    """A Grid of which only the size counts: the cells are not read."""
    REFERENCE = "reference"
    """A Reference: where the cells are, not what is in them."""


SINGLE: Final = frozenset(
    {
        ArgumentKind.NUMBER,
        ArgumentKind.INTEGER,
        ArgumentKind.TEXT,
        ArgumentKind.LOGICAL,
        ArgumentKind.SCALAR,
        ArgumentKind.ANY,
        ArgumentKind.PLAIN,
        ArgumentKind.FIRST,
    }
)
"""Kinds that take one value; given a rectangle, the function is computed for each of its cells."""


@dataclass(frozen=True, slots=True)
class FunctionParameter:
    """One parameter as the signature names it."""

    name: str
    kind: ArgumentKind
    optional: bool
    defaults: bool = False
    """An empty argument (between commas) is as good as none; for other parameters it is 0, FALSE or an empty text."""


@dataclass(frozen=True)
class Function:
    """One entry: ``repeating`` counts the parameters at the end that may come again, together."""

    name: str
    parameters: tuple[FunctionParameter, ...]
    repeating: int
    body: Callable[..., Any]
    family: str
    summary: str
    here: bool
    gives_array: bool
    gives_reference: bool

    @cached_property
    def least(self) -> int:
        """The smallest number of arguments."""
        return sum(not parameter.optional for parameter in self.parameters)

    @cached_property
    def most(self) -> int:
        """The largest number of arguments (Excel's limit is 255)."""
        return 255 if self.repeating else len(self.parameters)

    def kind(self, index: int) -> ArgumentKind:
        """What the argument at a place (counted from 0) is taken as."""
        count = len(self.parameters)
        if index >= count:
            index = count - self.repeating + (index - count) % self.repeating
        return self.parameters[index].kind

    def stand_in(self, index: int) -> tuple[Any] | None:
        """The body's own default for an empty argument, in a tuple; None where an empty argument is 0 or an empty text."""
        if index >= len(self.parameters) or not self.parameters[index].defaults:
            return None
        own = list(inspect.signature(self.body).parameters.values())[index + self.here]
        return (own.default,)

    @property
    def signature(self) -> str:
        """The signature as the documentation shows it: ``ROUND(number, num_digits)``."""
        names = [f"[{item.name}]" if item.optional else item.name for item in self.parameters]
        return f"{self.name}({', '.join(names)}{', …' if self.repeating else ''})"


TABLE: Final[dict[str, Function]] = {}
"""All functions by their names in capitals; filled when the families are imported."""

TWINS: Final[dict[str, Function]] = {}
"""What some functions are where a reference is wanted and not its values: ``A1:INDEX(A:A,3)``."""

UNREAD: Final = frozenset({ArgumentKind.SHAPE, ArgumentKind.REFERENCE})
"""Kinds of arguments whose cells are not read: a formula may point to itself there."""

_SIGNATURE: Final = re.compile(
    r"(?P<name>[A-Z0-9.]+)\((?P<single>[^{}]*?)(?:,?\s{0,9}\{(?P<repeated>[^{}]*)\}\.\.\.)?\)"
)
_PARAMETER: Final = re.compile(r"(?P<open>\[?)(?<!\w)(?P<name>\w+):(?P<kind>\w+)(?P<defaults>=?)\]?")

Body = TypeVar("Body", bound=Callable[..., Any])


def function(
    signature: str, *, here: bool = False, array: bool = False, reference: bool = False, twin: bool = False
) -> Callable[[Body], Body]:
    """Registers a body under a signature: ``"SUMIFS(sum_range:range, {criteria_range:range, criteria:any}...)"``.

    Parameters in brackets may be left out (the body has their defaults), those in braces may be repeated.
    ``here`` hands the body the place of the formula first; ``array`` and ``reference`` say that it gives a Grid
    or a Reference; a ``twin`` takes the place of the entry where a reference is wanted. The body gets coerced
    values, returns a value and may raise CellError. The first line of its docstring is the documentation.
    """
    match = _SIGNATURE.fullmatch(signature)
    if match is None:
        raise ValueError(f"not a signature: {signature!r}")
    single = _parameters(match["single"])
    repeated = _parameters(match["repeated"] or "")

    def register(body: Body) -> Body:
        (TWINS if twin else TABLE)[match["name"]] = Function(
            name=match["name"],
            parameters=single + repeated,
            repeating=len(repeated),
            body=body,
            family=body.__module__.rpartition(".")[2],
            summary=(body.__doc__ or "").partition("\n")[0],
            here=here,
            gives_array=array,
            gives_reference=reference,
        )
        return body

    return register


def _parameters(text: str) -> tuple[FunctionParameter, ...]:
    return tuple(
        FunctionParameter(found["name"], ArgumentKind(found["kind"]), bool(found["open"]), bool(found["defaults"]))
        for found in _PARAMETER.finditer(text)
    )
