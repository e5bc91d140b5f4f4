"""Standing of a unit: the forms that it owes, those that came, those that are missing, and those that await a choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldSheets:
    """Worksheets in a received file of a unit.

    ``part`` is the worksheet that was sent out apart, None for a whole workbook. ``sheets`` are the worksheets of a
    whole workbook by their names when sent; None where these are not known: then all that the unit owes.
    """

    part: str | None
    sheets: frozenset[str] | None = None

    def has(self, sheet: str) -> bool:
        """Whether the file holds that worksheet."""
        return self.part == sheet if self.part is not None else not self.sheets or sheet in self.sheets


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Standing of a unit, regardless of errors in its files.

    ``owed`` are the worksheets that the campaign asks of it today; ``missing`` are those of them that no file holds,
    all of them where nothing came. ``waiting`` are the parts for which a person must choose one of several files, None
    standing for the whole workbook. ``is_doubled``: a whole workbook came beside single parts; all its files wait.
    """

    owed: tuple[str, ...]
    came: bool
    missing: tuple[str, ...]
    waiting: tuple[str | None, ...] = ()
    is_doubled: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether every worksheet that the unit owes came (报齐), though several files of one may wait for a choice."""
        return self.came and not self.missing

    @property
    def is_settled(self) -> bool:
        """Whether everything came and nothing waits for a choice: the unit has nothing left to send."""
        return self.is_complete and not self.waiting

    def counts(self, part: str | None) -> bool:
        """Whether a file of that part can count: no choice is waited for."""
        return part not in self.waiting and not self.is_doubled


def unit_standing(
    owed: Sequence[str], files: Collection[HeldSheets], undecided: Collection[str | None] = ()
) -> UnitStanding:
    """Holds the ``files`` of a unit that count or wait for a choice against the worksheets that it owes.

    ``undecided`` are the parts of which several files came. Superseded and rejected files are none of the ``files``.
    """
    parts = {file.part for file in files}
    doubled = None in parts and len(parts) > 1
    waiting = {None} if doubled else set(undecided)
    return UnitStanding(
        owed=tuple(owed),
        came=bool(files),
        missing=tuple(sheet for sheet in owed if not any(file.has(sheet) for file in files)),
        waiting=tuple(sorted(waiting, key=lambda part: part or "")),
        is_doubled=doubled,
    )
