"""Which unit the name of a file names: all that is known of a file that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol


class NamedUnit(Protocol):
    """A unit as its code and name tell it."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def named_unit(file: str, units: Iterable[NamedUnit]) -> str | None:
    """The code of the one unit that a file's name names, by its code or its whole name; None where none or several are."""
    units = list(units)
    by_code = {
        unit.code for unit in units if re.search(rf"(?<![0-9A-Za-z]){re.escape(unit.code)}(?![0-9A-Za-z])", file)
    }
    if by_code:
        return by_code.pop() if len(by_code) == 1 else None
    names = [unit for unit in units if unit.name and unit.name in file]
    longest = max((len(unit.name) for unit in names), default=0)
    named = {unit.code for unit in names if len(unit.name) == longest}
    inside = all(any(unit.name in other.name for other in names if len(other.name) == longest) for unit in names)
    return named.pop() if len(named) == 1 and inside else None
