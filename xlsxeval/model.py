"""The few values that every room of the house shares: addresses, places, severities, findings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from xlsxeval.fault_codes import FaultCode

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """``1`` → ``"A"``, ``28`` → ``"AB"``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """``"A"`` → ``1``, ``"AB"`` → ``28``; case does not matter."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Address(NamedTuple):
    """One cell of one worksheet. Rows and columns count from 1, as Excel shows them."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address without its worksheet: ``G4``."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"


_A1 = re.compile(r"^([A-Za-z]{1,3})([0-9]{1,7})$")


def split_a1(text: str) -> tuple[int, int]:
    """``"G4"`` → ``(4, 7)``: row and column, both from 1. Raises ValueError for anything else."""
    match = _A1.match(text)
    if not match:
        raise ValueError(f"not a cell address: {text!r}")
    row, column = int(match.group(2)), column_number(match.group(1))
    if not (1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS):
        raise ValueError(f"outside a worksheet: {text!r}")
    return row, column


class Severity(StrEnum):
    """How grave a finding is. Its order is ``Severity.rank``: error 3, warning 2, info 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return {"error": 3, "warning": 2, "info": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot that a finding points to: worksheet, cell (``G4``) and field (``funds.rate``); each may be unknown."""

    sheet: str | None = None
    cell: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the reading of a file met. A rule with the same code turns it into a finding.

    ``detail`` is a Chinese clause with the facts (numbers, names), without advice: advice belongs to the rule.
    """

    code: FaultCode
    detail: str
    sheet: str | None = None
    cell: str | None = None


class FindingState(StrEnum):
    """A finding against an earlier run: not there before, or still open."""

    NEW = "new"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody accepts as it is: who, why, and on which day (``2025-03-01``)."""

    by: str
    reason: str
    date: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A finding of an earlier run that is no longer there."""

    code: str
    severity: Severity
    message: str
    fingerprint: str
    place: Place = field(default_factory=Place)
    label: str | None = None
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in one file, with its exact place and what to do about it.

    ``working`` tells how ``expected`` was worked out, with its numbers. ``severity_set_by`` names the edition or campaign
    that set another severity than the rule's own. ``waived`` is None for what counts; ``state`` is None where nothing
    was compared with an earlier run. ``aspect`` tells several findings of one rule in one cell apart: a text can have
    more than one thing wrong with it. ``occurrence`` counts those that nothing else tells apart.
    """

    code: str
    slug: str
    severity: Severity
    message: str
    fix: str
    basis: str
    place: Place = field(default_factory=Place)
    label: str | None = None
    shown: str | None = None
    expected: str | None = None
    related: Sequence[Place] = ()
    working: str | None = None
    severity_set_by: str | None = None
    waived: Waiver | None = None
    state: FindingState | None = None
    aspect: str | None = None
    occurrence: int = 1

    def fingerprint(self, unit: str | None) -> str:
        """Sixteen hex digits that stay the same over runs for the same rule at the same place of the same unit.

        Neither the shown nor the expected value takes part: a value that was changed and is still wrong is still open.
        """
        where = self.place.field or self.place.cell or ""
        parts = [self.code, unit or "", self.place.sheet or "", where]
        if self.aspect:
            parts.append(self.aspect)
        if self.occurrence > 1:
            parts.append(f"#{self.occurrence}")
        key = "\x1f".join(parts)
        return hashlib.sha256(key.encode()).hexdigest()[:16]
