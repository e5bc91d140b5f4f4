"""Messages between the organiser and a unit, and the settings of the portal; recorded with who and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import UsageError
from xlsxeval.ledger.portal import record_message, record_setting, settings

_WHAT = "message"
_LONGEST = 2000
_FORBID = "confirm_with_errors"
_CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """Settings of a campaign's portal.

    ``confirm_with_errors``: a unit may confirm (确认上报) though errors are open. ``closed``: nothing is taken any more;
    pages can still be read.
    """

    confirm_with_errors: bool = False
    closed: bool = False


def write_message(workspace: Workspace, code: str, text: str, *, from_unit: bool = False) -> None:
    """Records a message to a unit, or from it. Raises UsageError for an unknown unit, an empty or a long text."""
    chosen_units(workspace.campaign, (code,))
    text = text.strip()
    if not text:
        raise UsageError("没有写内容。请写一句话。")
    if len(text) > _LONGEST:
        raise UsageError(f"写了 {len(text)} 个字，最多 {_LONGEST} 个。请写短一些。")
    author = workspace.author(_WHAT)
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        record_message(w, code, text, from_unit=from_unit)


def portal_settings(workspace: Workspace) -> PortalSettings:
    """The settings as last recorded."""
    if not workspace.has_ledger:
        return PortalSettings()
    with workspace.ledger(make=False) as ledger, ledger.read() as r:
        return settings_in(settings(r))


def settings_in(known: Mapping[str, str]) -> PortalSettings:
    """The settings that were recorded under these names."""
    return PortalSettings(known.get(_FORBID) == "yes", known.get(_CLOSED) == "yes")


def change_settings(workspace: Workspace, new: PortalSettings) -> None:
    """Records the settings that differ from the present ones."""
    author = workspace.author("portal settings")
    with workspace.ledger() as ledger, ledger.write(*author.acts()) as w:
        old = settings_in(settings(w))
        for name, before, after in (
            (_FORBID, old.confirm_with_errors, new.confirm_with_errors),
            (_CLOSED, old.closed, new.closed),
        ):
            if before != after:
                record_setting(w, name, "yes" if after else "no")
