"""Files that count for nobody, and whose they are by their names: what a unit must be asked for again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxeval.board.state import BoardLine, CampaignState, SetAside
from xlsxeval.forms.campaign import Unit


def strays_of(state: CampaignState, unit: BoardLine) -> list[SetAside]:
    """What was set aside and is this unit's, by what the ledger knows or by the name of the file.

    Nothing where all that the unit owes is there: a file that failed before is then no longer asked for.
    """
    if unit.came and not unit.missing:
        return []
    return [one for one in state.unsettled if (one.unit or named_unit(one.name, state.units)) == unit.code]


def named_unit(file: str, units: Sequence[BoardLine] | Sequence[Unit]) -> str | None:
    """The code of the one unit that a file's name names, by its code or its whole name; None where none or several are."""
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
