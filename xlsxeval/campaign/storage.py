"""The places of a campaign's ledger and archive. Every use case and every command finds them here."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.errors import UsageError
from xlsxeval.forms.keys import FOLDER

if TYPE_CHECKING:
    from xlsxeval.archive import Archive
    from xlsxeval.ledger import HeldEngine, Ledger

ADDRESS = "XLSXEVAL_LEDGER"
"""Environment variable with the ledger's address: a password is safer there than in a command."""


def named_address(address: str | None) -> str | None:
    """The ledger's address as named by the caller, else by the environment; None where neither names one."""
    return address or os.environ.get(ADDRESS) or None


def ledger_target(folder: Path, address: str | None) -> str | Path:
    """The ledger of the campaign in ``folder``: the one named, else the file that the campaign keeps."""
    return named_address(address) or _file(folder)


def record_target(folder: Path, address: str | None) -> str | Path:
    """The ledger of an earlier campaign: its own file where it has one, else the server named for this year's."""
    named = named_address(address) or ""
    return named if "://" in named and not _file(folder).is_file() else _file(folder)


def has_ledger(folder: Path, address: str | None) -> bool:
    """Whether a ledger was named for the campaign in ``folder``, or is kept there."""
    return named_address(address) is not None or _file(folder).is_file()


def open_ledger(target: str | Path, campaign: str, at: dt.datetime, *, make: bool = True) -> Ledger:
    """Opens a campaign's ledger. Raises UsageError where there is none and ``make`` is off; else as ``Ledger.open``."""
    from xlsxeval.ledger import Ledger  # SQLAlchemy only where it is needed

    if not make and "://" not in str(target) and not Path(target).is_file():
        raise UsageError(f"任务「{campaign}」还没有台账（{target}）。生成或收过一次表，就有了。")
    return Ledger.open(target, campaign, at)


def held_ledger(folder: Path, address: str | None) -> HeldEngine:
    """Keeps the connections of the ledger of the campaign in ``folder`` until it is let go; opens nothing."""
    from xlsxeval.ledger import hold  # SQLAlchemy only where it is needed

    return hold(ledger_target(folder, address))


def archive_of(folder: Path) -> Archive:
    """The archive of received files of the campaign in ``folder``."""
    from xlsxeval.archive import FOLDER as ARCHIVE
    from xlsxeval.archive import Archive

    return Archive(folder / FOLDER / ARCHIVE)


def _file(folder: Path) -> Path:
    from xlsxeval.ledger import FILE_NAME  # SQLAlchemy only where it is needed

    return folder / FOLDER / FILE_NAME
