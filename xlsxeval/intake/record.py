"""What a unit put on record in an earlier campaign, for the rules that hold this year's return against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from xlsxeval.calc import Scalar
from xlsxeval.forms.campaign import Unit


@dataclass(frozen=True, slots=True)
class Recorded:
    """A value with where it stood (``附件1!F4``), and what its field was then: label, and formula where it had one."""

    value: str | float
    place: str
    label: str
    formula: str | None


@dataclass(frozen=True, slots=True)
class RecordedForm:
    """One form, of the ``project`` where every project had one: values by path, blanks left out."""

    form: str
    project: str | None
    values: Mapping[str, Recorded]

    def lines(self, block: str) -> Iterator[tuple[int, str]]:
        """The lines of a block that have a name."""
        for path, recorded in self.values.items():
            start, _, rest = path.partition("].")
            if rest == "name" and start.startswith(f"{block}[") and isinstance(recorded.value, str):
                yield int(start.removeprefix(f"{block}[")), recorded.value


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a unit handed in. ``code`` and ``name`` are those of then, which may have changed since."""

    code: str
    name: str
    year: int
    forms: tuple[RecordedForm, ...]


class Records(Protocol):
    """The records of an earlier campaign, looked up when a rule asks."""

    def of(self, unit: Unit) -> Record | None:
        """What the unit put on record, None where nothing is known for certain."""


def recorded_value(value: Scalar) -> str | float | None:
    """A value that can be held against another one: texts and numbers, no blanks, errors and truths."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return value.strip() or None if isinstance(value, str) else float(value)
