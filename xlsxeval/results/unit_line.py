"""One unit as the board shows it, without reading what the ledger knows of others."""

from __future__ import annotations

from dataclasses import replace

from xlsxeval.board import BoardLine, Desk
from xlsxeval.board.from_ledger import from_ledger
from xlsxeval.campaign.exceptions import load_register
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.standing import standing_by_ledger


def unit_line(workspace: Workspace, code: str) -> BoardLine | None:
    """The line of a unit on the board, None where the campaign has no ledger. Raises UsageError for an unknown unit."""
    chosen = tuple(chosen_units(workspace.campaign, (code,)))
    if not workspace.has_ledger:
        return None
    from xlsxeval.ledger import Excerpt  # SQLAlchemy only where there is a ledger

    own = replace(workspace, campaign=replace(workspace.campaign, units=chosen))
    waived = load_register(workspace.folder).waived
    with workspace.ledger(make=False) as ledger, ledger.read() as reader:
        excerpt = Excerpt(reader, [code], ())
        sent = {one.unit for one in excerpt.distributions()}
        desk = Desk(own.campaign, own.edition, own.today, sent)
        return from_ledger(desk, excerpt, standing_by_ledger(own, excerpt), waived).units[0]
