"""A mutated return: judged by xlsxeval, then read by the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.differential.readers import READERS, Values, alike, by_xlsxeval
from tests.fuzz.bounds import bounded
from tests.fuzz.judging import told
from tests.fuzz.seeds import seed
from xlsxeval.intake.rejected import Rejected
from xlsxeval.intake.submission import read_returned
from xlsxeval.rules.engine import judge


@dataclass(frozen=True)
class Outcome:
    """What became of one file. ``answer``: ``refused``, ``told`` or ``clean``; ``differs`` by reader, in words."""

    answer: str
    differs: dict[str, list[str]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Readers that could not read it at all."""


def compared(data: bytes) -> Outcome:
    """The answer of xlsxeval, and for what it reads the cells of the form that others read otherwise.

    Raises TooMuch or whatever else xlsxeval raises, which is a fault of its own.
    """
    base = seed()
    with bounded():
        try:
            ours = by_xlsxeval(data)
        except Rejected:
            return Outcome("refused")
        returned = read_returned("变.xlsx", data, base.context, base.layouts)
        answer = "told" if returned.submission is None or told(judge(returned)) else "clean"
    differs: dict[str, list[str]] = {}
    unread = []
    for name, read in READERS.items():
        try:
            with bounded():
                found = read(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic of calamine is no Exception, nor is what takes too long
            unread.append(name)
            continue
        if lines := list(differences(ours, found)):
            differs[name] = lines
    return Outcome(answer, differs, tuple(unread))


def differences(ours: Values, theirs: Values, *, computed: bool = True) -> Iterator[str]:
    """The cells of the form that two readers read differently, computed ones among them unless told.

    A worksheet that the other reader does not find at all (openpyxl, where the case of a part's name differs) it does not
    read differently.
    """
    found = {address.sheet for address in theirs}
    for address, cell in seed().layout.cells.items():
        if address.sheet not in found or (cell.formula is not None and not computed):
            continue
        one, other = ours.get(address), theirs.get(address)
        if not alike(one, other):
            yield f"{address}: {one!r}, not {other!r}"
