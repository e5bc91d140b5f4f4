"""Which file a campaign is read from: campaign.yaml or 名册.xlsx, named or found in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.console import say
from xlsxeval.errors import UsageError
from xlsxeval.file_kinds import WORKBOOKS
from xlsxeval.forms.campaign import FILE_NAME, Campaign, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library


def load_source(path: Path, library: Library) -> tuple[Campaign, Edition]:
    """The campaign of a folder, of a campaign.yaml or of a roster.

    Raises UsageError where there is none, or where a folder has two that were both filled in: they could disagree.
    """
    if not path.exists():
        raise UsageError(f"没有这个任务：{path}。请检查路径，或用 xlsxeval new 新建一个。")
    source = _chosen(path) if path.is_dir() else path
    if source.suffix.casefold() in WORKBOOKS:
        from xlsxeval.roster import load_roster

        return load_roster(source, library)
    return load_campaign(source, library)


def is_campaign(folder: Path) -> bool:
    """Whether a folder is a campaign's."""
    from xlsxeval.roster import FILE_NAME as ROSTER

    return (folder / FILE_NAME).is_file() or (folder / ROSTER).is_file()


def _chosen(folder: Path) -> Path:
    """The one file of a folder that somebody filled in."""
    from xlsxeval.roster import FILE_NAME as ROSTER
    from xlsxeval.roster import is_skeleton, is_untouched

    yaml, roster = folder / FILE_NAME, folder / ROSTER
    if not roster.exists():
        return yaml
    if not yaml.exists():
        return roster
    if is_untouched(roster):
        _tell(f"任务读自 {yaml}：{ROSTER} 里还没有填单位。")
        return yaml
    if is_skeleton(yaml):
        _tell(f"任务读自 {roster}：{FILE_NAME} 还是新建时的样子。")
        return roster
    raise UsageError(
        f"{folder} 里的 {FILE_NAME} 和 {ROSTER} 都填过，不知道以哪个为准。"
        f"请写明用哪个（例如 {roster}），或把不用的那个移走。"
    )


def _tell(message: str) -> None:
    """Says it once a run, and only in the process that the user started."""
    context = click.get_current_context(silent=True)
    told = context.find_root().meta.setdefault(__name__, set()) if context else None
    if told is not None and message not in told:
        told.add(message)
        say(message)
