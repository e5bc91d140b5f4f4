"""A hit: what a rule found, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxeval.model import Address, Place, Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a rule found: its place in the file and the facts. Code, severity and advice come from the rule.

    ``shown`` is what stands at the place, ``expected`` what should stand there, ``related`` other places that belong to
    the fault. ``fix`` replaces the rule's advice where the facts allow a more exact one; ``working`` shows the
    calculation that led to ``expected``. ``aspect`` distinguishes several hits in one cell. Where the place is not a
    cell of a worksheet, ``spot`` names it: 第3段 of the chapter of a report whose heading is ``sheet``.
    ``severity`` is given where the facts make this hit more or less certain than the rule is in general.
    """

    message: str
    address: Address | None = None
    sheet: str | None = None
    field: str | None = None
    label: str | None = None
    shown: str | None = None
    expected: str | None = None
    fix: str | None = None
    related: Sequence[Place] = ()
    working: str | None = None
    aspect: str | None = None
    spot: str | None = None
    severity: Severity | None = None
