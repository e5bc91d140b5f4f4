"""Files that count for nobody, and whose they are by their names: what a unit must be asked for again."""

from __future__ import annotations

from xlsxeval.board.state import BoardLine, CampaignState, SetAside
from xlsxeval.forms.unit_names import named_unit


def strays_of(state: CampaignState, unit: BoardLine) -> list[SetAside]:
    """What was set aside, is not settled, and is this unit's, by what the ledger knows or by the name of the file."""
    return [one for one in state.unsettled if (one.unit or named_unit(one.name, state.units)) == unit.code]
