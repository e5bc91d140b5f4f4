"""The standing of a campaign's collection: by its ledger, and by the files set aside that still lie in their places."""

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
from xlsxeval.parcels import ARROW, Origin, ParcelLimits, open_parcel, written_out

if TYPE_CHECKING:
    from xlsxeval.ledger import CollectionStanding, Queries, Receipt


def standing_by_ledger(workspace: Workspace, r: Queries) -> CollectionStanding:
    """The present standing of all files and units of a campaign. Raises DefinitionError as ``collection_standing`` does."""
    from xlsxeval.ledger import collection_standing  # SQLAlchemy only where there is a ledger

    return collection_standing(r, workspace.campaign, workspace.edition, LyingFiles(workspace.folder, r))


def tell_uncollected(workspace: Workspace, known: Collection[str]) -> None:
    """Reports the number of files in 收回 that are not in the ledger, whose contents are ``known``."""
    fresh = uncollected(returned_files(workspace.campaign), set(known))
    if fresh:
        message = f"“{RETURNED}”里还有 {fresh} 份没有收进台账，没有算在内"
        workspace.listener.tell(message, Step(NextStep.COLLECT, fresh))


class LyingFiles:
    """Finds out whether received files still lie where they came from. Sources are relative to ``folder``."""

    def __init__(self, folder: Path, r: Queries) -> None:
        self.folder = folder
        self.contents = Counter(one.source for one in r.receipts())
        """Number of different contents that came from each place."""

    def __call__(self, receipt: Receipt) -> bool:
        """Whether the content is there, in its parcel where it came in one.

        A file that never lay in a folder, or whose folder is gone (a removed stick), is taken to be there. Files are
        read only if something else came from the same place.
        """
        place = receipt.source.partition(ARROW)[0]
        path = self.folder / place
        if "/" not in place or not path.parent.is_dir():
            return True
        if not path.exists():
            named = [one for one in path.parent.iterdir() if written_out(one.name) == path.name]
            if not named:
                return False
            path = named[0]
        return self.contents[place] < 2 or receipt.sha256 in _contents(path)


def _contents(path: Path) -> set[str]:
    """The SHA-256 of a file and of all its members; none where it cannot be read."""
    try:
        data = read_file(path, Limits(file_bytes=ParcelLimits().parcel_bytes))
    except Rejected:
        return set()
    pieces = open_parcel(path.name, data, Origin())
    return {hashlib.sha256(one).hexdigest() for one in (data, *(piece.data for piece in pieces))}
