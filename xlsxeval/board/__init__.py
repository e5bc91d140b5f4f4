"""The board (看板): how far a campaign has come, from the ledger or from the files, told as text, JSON and a page.

Also the notices (催报) that follow from it. Nothing here reads files or the clock: the commands do.
"""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.board.assembly import Desk
    from xlsxeval.board.figures import figures_of
    from xlsxeval.board.state import BoardLine, CampaignState, SheetPoints, UnitStatus

__all__ = [
    "BoardLine",
    "CampaignState",
    "Desk",
    "SheetPoints",
    "UnitStatus",
    "figures_of",
]

__getattr__ = late_names(
    __name__,
    assembly=("Desk",),
    figures=("figures_of",),
    state=("BoardLine", "CampaignState", "SheetPoints", "UnitStatus"),
)
