"""A campaign on disk, opened: its definition, its ledger and archive, the person who works on it, and the clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.clock import Clock, today
from xlsxeval.campaign.drives import drive_note
from xlsxeval.campaign.glimpses import definition_glimpse
from xlsxeval.campaign.listener import SILENT, Listener
from xlsxeval.campaign.lost_ledger import refuse_lost, refuse_strange
from xlsxeval.campaign.sent_forms import SentFormStore
from xlsxeval.campaign.source import load_source, source_of
from xlsxeval.campaign.storage import archive_of, has_ledger, ledger_target, named_address, open_ledger
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library

if TYPE_CHECKING:
    from xlsxeval.archive import Archive
    from xlsxeval.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Author:
    """A person who writes into the ledger, and the action in whose course it is written."""

    who: str
    what: str
    clock: Clock

    def acts(self) -> tuple[str, dt.datetime, str]:
        """Person, present moment and action, as the ledger takes them."""
        return self.who, self.clock(), self.what


@dataclass(frozen=True)
class Workspace:
    """A campaign that was loaded from ``path`` (its folder, its campaign.yaml or its 名册.xlsx).

    ``address`` is the named address of its ledger, None for the one in its folder. ``by`` is the person on whose behalf
    things are recorded, None where no one is known. All use cases of a campaign share one workspace, so that they see
    the same definitions, the same ledger and the same day.
    """

    path: Path
    campaign: Campaign
    edition: Edition
    library: Library
    clock: Clock
    by: str | None = None
    address: str | None = None
    listener: Listener = SILENT
    glimpse: object = field(default=None, compare=False, repr=False)
    """Glimpse of the campaign's files when they were read."""

    @property
    def folder(self) -> Path:
        """The campaign's folder. Raises UsageError where it was read from no file."""
        if self.campaign.directory is None:
            raise UsageError(
                f"任务「{self.campaign.id}」没有存成文件夹，这一步要在它的文件夹里做。请先用 xlsxeval new 建一个任务文件夹。"
            )
        return self.campaign.directory

    @property
    def who(self) -> str:
        """Name of the person to record. Raises UsageError where no one is known."""
        if self.by is None:
            raise UsageError("不知道是谁在操作，请用 --by 写上姓名。")
        return self.by

    def author(self, what: str) -> Author:
        """Author of ledger entries made in the course of ``what``. Raises UsageError where no one is known."""
        return Author(self.who, what, self.clock)

    @property
    def today(self) -> dt.date:
        """The present day in the time zone of this machine."""
        return today(self.clock)

    @property
    def has_ledger(self) -> bool:
        """Whether a ledger was named, or one lies in the campaign's folder. Raises StorageError where it is gone."""
        refuse_lost(self.folder, self.address)
        return has_ledger(self.folder, self.address)

    def ledger(self, *, make: bool = True) -> Ledger:
        """Opens the campaign's ledger.

        Raises UsageError where there is none and ``make`` is off, or where a database knows nothing of a campaign that has
        received files; StorageError, also where the file is gone or empty and there are such files.
        """
        refuse_lost(self.folder, self.address)
        ledger = self.new_ledger(make=make)
        if "://" in (named_address(self.address) or ""):
            try:
                refuse_strange(self.folder, ledger)
            except BaseException:
                ledger.close()
                raise
        return ledger

    def new_ledger(self, *, make: bool = True) -> Ledger:
        """Opens the campaign's ledger, or begins one whatever lies in the archive. Raises as :meth:`ledger` else does."""
        return open_ledger(ledger_target(self.folder, self.address), self.campaign.id, self.clock(), make=make)

    @property
    def sent_forms(self) -> SentFormStore:
        """The forms of the workbooks that the campaign sent out."""
        return SentFormStore(self.folder)

    @property
    def archive(self) -> Archive:
        """The campaign's archive of received files."""
        return archive_of(self.folder)


def reopened(workspace: Workspace) -> Workspace:
    """The campaign as its files are now; the same object where none has changed since it was opened."""
    directory = workspace.library.directory
    seen = definition_glimpse(workspace.path, directory)
    if seen == workspace.glimpse:
        return workspace
    library = Library(directory)
    campaign, edition = load_source(workspace.path, library)
    return replace(workspace, campaign=campaign, edition=edition, library=library, glimpse=seen)


def open_workspace(
    path: Path,
    library: Library,
    *,
    clock: Clock,
    by: str | None = None,
    address: str | None = None,
    listener: Listener = SILENT,
) -> Workspace:
    """Loads the campaign of a folder, of a campaign.yaml or of a roster.

    Raises UsageError where there is none, or where two of them were filled in; DefinitionError with every fault.
    """
    note = source_of(path).note
    if note:
        listener.tell(note)
    seen = definition_glimpse(path, library.directory)
    campaign, edition = load_source(path, library)
    if campaign.directory is not None and "://" not in (named_address(address) or ""):
        warning = drive_note(campaign.directory)
        if warning:
            listener.tell(warning)
    return Workspace(path, campaign, edition, library, clock, by, address, listener, seen)
