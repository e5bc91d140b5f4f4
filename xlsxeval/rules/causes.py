"""Inputs that nothing can be computed from: unreadable, missing, out of range; and what rests on them. A cause is told once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.entries import Entry, Note
from xlsxeval.intake.submission import Submission
from xlsxeval.layout.layout import Layout
from xlsxeval.model import Address
from xlsxeval.rules.entries import out_of_range
from xlsxeval.rules.lines import used_lines
from xlsxeval.rules.settings import is_off

_UNREADABLE = {
    Note.NOT_A_NUMBER: FaultCode.NOT_A_NUMBER,
    Note.NOT_FINITE: FaultCode.NUMBER_OUT_OF_REACH,
    Note.ERROR: FaultCode.ERROR_IN_INPUT,
    Note.NOT_A_DATE: FaultCode.NOT_A_DATE,
}
"""What reading noted about an input without a usable value, and the rule that reports it."""


@lru_cache(maxsize=1)
def unreadable(submission: Submission) -> frozenset[Address]:
    """The inputs whose value is not known, since it cannot be read or is missing, as far as a rule reports it."""
    settings = submission.identity.settings
    odd = {
        address
        for address, entry in submission.entries.items()
        if (code := _code(entry)) is not None and not is_off(code, settings)
    }
    if not is_off(FaultCode.REQUIRED_BLANK, settings):
        odd |= {entry.cell.address for entry in required_blanks(submission)}
    return frozenset(odd)


def _code(entry: Entry) -> FaultCode | None:
    """The rule that reports an entry without a usable value."""
    if entry.note is Note.FORMULA and isinstance(entry.value, str) and entry.raw is not None and entry.raw.kind == "e":
        return FaultCode.FORMULA_IN_INPUT
    if entry.note is None:
        return FaultCode.NUMBER_OUT_OF_RANGE if out_of_range(entry) is not None else None
    return _UNREADABLE.get(entry.note)


@lru_cache(maxsize=1)
def required_blanks(submission: Submission) -> tuple[Entry, ...]:
    """The inputs that must be filled in and are not."""
    return tuple(_required_blanks(submission))


def _required_blanks(submission: Submission) -> Iterator[Entry]:
    used = used_lines(submission)
    for entry in submission.entries.values():
        slot = entry.cell.slot
        if slot is None or not slot.field.required or not entry.blank or entry.note is not None:
            continue
        if entry.cell.carried is not None and submission.recomputed.get(entry.cell.carried):
            continue  # the class was written in a line above, as the printed form has it
        if submission.layout.is_grey(entry.cell.address, submission.recomputed):
            continue
        view = submission.views.get(entry.cell.address.sheet)
        if view is None or not view.has(entry.cell.address):
            continue  # T120, T110 and T111 say that the sheet, the row or the column is gone
        if slot.line is None or (slot.form, slot.instance, slot.field.block, slot.line) in used:
            yield entry


def rests_on(layout: Layout, address: Address, roots: Collection[Address]) -> bool:
    """Whether the value of a cell depends on one of the roots, directly or through other formulas."""
    seen = {address}
    waiting = [address]
    while waiting:
        cell = waiting.pop()
        if cell in roots:
            return True
        for other in layout.program.precedents(cell):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def inputs_of(layout: Layout, address: Address) -> Iterator[Address]:
    """The cells without a formula on which the value of a cell depends."""
    seen = {address}
    waiting = [address]
    while waiting:
        cell = waiting.pop()
        others = layout.program.precedents(cell)
        if not others and cell != address:
            yield cell
        for other in others:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
