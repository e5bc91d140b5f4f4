"""A campaign's ledger and archive as the commands use them: where they are, who asks, and what time it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.cli.options import now
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.keys import FOLDER

if TYPE_CHECKING:
    from xlsxeval.archive import Archive
    from xlsxeval.ledger import Ledger

ADDRESS = "XLSXEVAL_LEDGER"
"""The environment variable with the address: a password is better there than in a command."""


def has_ledger(campaign: Campaign, address: str | None) -> bool:
    """Whether a ledger was named or kept."""
    from xlsxeval.ledger import FILE_NAME  # SQLAlchemy only where it is needed

    if campaign.directory is None:
        raise UsageError(f"任务「{campaign.id}」没有文件夹。")
    return address is not None or (campaign.directory / FOLDER / FILE_NAME).is_file()


def open_ledger(campaign: Campaign, address: str | None = None, *, make: bool = True) -> Ledger:
    """The campaign's ledger. Raises UsageError where there is none and ``make`` is off; else as ``Ledger.open``."""
    from xlsxeval.ledger import FILE_NAME, Ledger  # SQLAlchemy only where it is needed

    assert campaign.directory is not None
    target: str | Path = address or campaign.directory / FOLDER / FILE_NAME
    if not make and "://" not in str(target) and not Path(target).is_file():
        raise UsageError(f"任务「{campaign.id}」还没有台账（{target}）。生成或收过一次表，就有了。")
    return Ledger.open(target, campaign.id, now())


def open_archive(campaign: Campaign) -> Archive:
    """The campaign's archive of received files."""
    from xlsxeval.archive import FOLDER as ARCHIVE
    from xlsxeval.archive import Archive

    assert campaign.directory is not None
    return Archive(campaign.directory / FOLDER / ARCHIVE)
