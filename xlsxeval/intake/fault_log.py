"""Faults that do not stop the reading, collected without letting a hostile file fill the memory with them."""

from __future__ import annotations

from collections import Counter

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import printable
from xlsxeval.limits import Limits
from xlsxeval.model import Fault


class FaultLog:
    """Keeps the first faults of each code one by one and counts the rest."""

    def __init__(self, limits: Limits) -> None:
        self._most = limits.faults_of_a_kind
        self._faults: list[Fault] = []
        self._seen: Counter[FaultCode] = Counter()

    def add(self, code: FaultCode, detail: str, sheet: str | None = None, cell: str | None = None) -> None:
        """Record one fault; beyond the bound it is only counted."""
        self._seen[code] += 1
        if self._seen[code] <= self._most:
            self._faults.append(Fault(code, printable(detail), sheet, cell))

    def close(self) -> tuple[Fault, ...]:
        """All faults in the order of reading, and for each code that overflowed one more with the number left out."""
        left_out = {code: seen - self._most for code, seen in self._seen.items() if seen > self._most}
        rest = [Fault(code, f"同类问题另有 {number} 处，未逐一列出") for code, number in sorted(left_out.items())]
        return (*self._faults, *rest)
