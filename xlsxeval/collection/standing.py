"""Where a campaign's collection stands: what its ledger says, and whether what was set aside still lies where it came from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.board.steps import NextStep, Step
from xlsxeval.campaign.folders import RETURNED, returned_files, uncollected
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.intake.files import read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.limits import Limits
from xlsxeval.parcels import ARROW, Origin, ParcelLimits, open_parcel

if TYPE_CHECKING:
    from xlsxeval.ledger import CollectionStanding, Queries, Receipt


def standing_by_ledger(workspace: Workspace, r: Queries) -> CollectionStanding:
    """Where all files and units of a campaign stand now. Raises DefinitionError as ``collection_standing`` does."""
    from xlsxeval.ledger import collection_standing  # SQLAlchemy only where there is a ledger

    return collection_standing(r, workspace.campaign, workspace.edition, LyingFiles(workspace.folder, r))


def tell_uncollected(workspace: Workspace, known: Collection[str]) -> None:
    """Reports how many of the files in 收回 the ledger, which has the contents that are ``known``, does not have yet."""
    fresh = uncollected(returned_files(workspace.campaign), set(known))
    if fresh:
        message = f"“{RETURNED}”里还有 {fresh} 份没有收进台账，没有算在内"
        workspace.listener.tell(message, Step(NextStep.COLLECT, fresh))


class LyingFiles:
    """Tells whether received files still lie where they came from. ``folder`` is the one that sources are told from."""

    def __init__(self, folder: Path, r: Queries) -> None:
        self.folder = folder
        self.contents = Counter(one.source for one in r.receipts())
        """How many different contents came from each place."""

    def __call__(self, receipt: Receipt) -> bool:
        """Whether the content is there, in its parcel where it came in one.

        Of a folder that is not there itself (a stick that was pulled out), and of what never lay in a folder, nobody can
        say: then it is taken to be there. Nothing is read unless something else came from the same place.
        """
        place = receipt.source.partition(ARROW)[0]
        path = self.folder / place
        if "/" not in place or not path.parent.is_dir():
            return True
        if not path.exists():
            return False
        return self.contents[place] < 2 or receipt.sha256 in _contents(path)


def _contents(path: Path) -> set[str]:
    """The SHA-256 of a file, and of all that is packed in it; nothing where it cannot be read."""
    try:
        data = read_file(path, Limits(file_bytes=ParcelLimits().parcel_bytes))
    except Rejected:
        return set()
    pieces = open_parcel(path.name, data, Origin())
    return {hashlib.sha256(one).hexdigest() for one in (data, *(piece.data for piece in pieces))}
