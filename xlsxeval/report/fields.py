"""Fields as a template sees them: numbers to reckon with, texts, blanks, and groups of fields by dotted name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Self

from xlsxeval.calc import ExcelError, Scalar, format_value
from xlsxeval.forms.values import INVISIBLE

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without what no reader sees and no XML may hold; line ends as ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", INVISIBLE.sub("", text))


def shown(value: Scalar, number_format: str) -> str:
    """What a cell of that number format shows, fit for a document."""
    return clean(format_value(value, number_format))


class Node:
    """Something with fields below it. Templates reach them by name; nothing else of a node is theirs."""

    fields: Mapping[str, Any]


class FieldGroup(Node):
    """A form, an instance of a form, a line of a block, or a group of fields (``funds`` of ``funds.rate``).

    ``name`` is how messages speak of it. It is false for a form that the unit does not fill in.
    """

    def __init__(self, name: str, fields: Mapping[str, Any], *, filled: bool = True) -> None:
        self.name = name
        self.fields = fields
        self.filled = filled

    def __bool__(self) -> bool:
        return self.filled


class NumberField(Decimal, Node):
    """A number: reckons as an exact decimal (万元, a share of 1, 分), prints as its cell shows it."""

    text: str

    def __new__(cls, value: float, number_format: str, fields: Mapping[str, Any]) -> Self:
        self = super().__new__(cls, f"{value:.15g}")
        self.text = shown(value, number_format)
        self.fields = fields
        return self

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return _number_again, (Decimal.__str__(self), self.text, self.fields)


class TextField(str, Node):
    """A text as typed, without control characters. An error value (``#DIV/0!``) is a text too."""

    def __new__(cls, value: str, fields: Mapping[str, Any]) -> Self:
        self = super().__new__(cls, clean(value))
        self.fields = fields
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return TextField, (str(self), self.fields)


class BlankValue(Node):
    """A field without a value: false, prints nothing, and whatever is reckoned with it is blank again.

    It is neither less nor more than any number, so a sentence that depends on it is not written.
    """

    def __init__(self, fields: Mapping[str, Any] | None = None) -> None:
        self.fields = fields or {}

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BlankValue) or other is None or (isinstance(other, str) and not other)

    def __hash__(self) -> int:
        return hash("")

    def _blank(self, *_: object) -> BlankValue:
        return BlankValue()

    def _false(self, _: object) -> bool:
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _blank
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _blank
    __neg__ = __pos__ = __abs__ = __round__ = _blank
    __lt__ = __le__ = __gt__ = __ge__ = _false


def _number_again(number: str, text: str, fields: Mapping[str, Any]) -> NumberField:
    """A number as it was in another process."""
    found = Decimal.__new__(NumberField, number)
    found.text, found.fields = text, fields
    return found


def field_value(value: Scalar, number_format: str, fields: Mapping[str, Any]) -> NumberField | TextField | BlankValue:
    """A cell's value as a template works with it; ``fields`` are those below its name (``functions.length``)."""
    if isinstance(value, bool | ExcelError):
        return TextField(format_value(value, number_format), fields)
    if isinstance(value, int | float):
        return NumberField(value, number_format, fields)
    text = clean(value) if isinstance(value, str) else ""
    return TextField(text, fields) if text.strip() else BlankValue(fields)
