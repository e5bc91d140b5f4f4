"""One field of a drafted form."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxeval.importing.blank import Spot


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field. ``spot`` is its cell on the form, ``headings`` the printed words that it was named by."""

    name: str
    label: str
    type: str
    spot: Spot
    formula: str = ""
    given: str = ""
    choices: tuple[str, ...] = ()
    strict: bool = True
    long: bool = False
    most: str = ""
    headings: tuple[str, ...] = field(default=(), compare=False)
    asks: tuple[str, ...] = ()
