"""The file that a campaign is read from: campaign.yaml or 名册.xlsx, named or found in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.bounds import bounded_reading
from xlsxeval.errors import UsageError
from xlsxeval.file_kinds import WORKBOOKS
from xlsxeval.forms.campaign import FILE_NAME, Campaign, load_campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.yaml_file import Place, YamlFile
from xlsxeval.resources import samples_directory

_ROSTER_SECONDS = 300
"""Seconds that a roster of a whole province may take."""


@dataclass(frozen=True, slots=True)
class CampaignSource:
    """The file that a campaign is read from. ``note`` says in Chinese why this one of two was chosen; else it is empty."""

    path: Path
    note: str = ""


def load_source(path: Path, library: Library) -> tuple[Campaign, Edition]:
    """Loads the campaign of a folder, of a campaign.yaml or of a roster, with the edition of its forms.

    Raises UsageError where there is none, or where a folder has two that were both filled in: they could disagree.
    """
    source = source_of(path).path
    if source.suffix.casefold() in WORKBOOKS:
        from xlsxeval.roster import load_roster

        with bounded_reading(source, _ROSTER_SECONDS):
            return load_roster(source, library)
    return load_campaign(source, library)


def places_of(path: Path, library: Library) -> Place:
    """The place of each part of a campaign by its path in the data: lines of campaign.yaml, cells of 名册.xlsx.

    Raises as :func:`load_source` does.
    """
    source = source_of(path).path
    if source.suffix.casefold() in WORKBOOKS:
        from xlsxeval.roster import roster_places

        with bounded_reading(source, _ROSTER_SECONDS):
            return roster_places(source, library)
    return YamlFile(source).position


def source_of(path: Path) -> CampaignSource:
    """The file behind a campaign's folder, or the named file itself. Raises UsageError as :func:`load_source` does."""
    if not path.exists():
        raise UsageError(f"没有这个任务：{path}。请检查路径，或用 xlsxeval new 新建一个。")
    return _chosen(path) if path.is_dir() else CampaignSource(path)


def is_campaign(folder: Path) -> bool:
    """Whether a folder holds a campaign."""
    from xlsxeval.roster import FILE_NAME as ROSTER

    return (folder / FILE_NAME).is_file() or (folder / ROSTER).is_file()


def sample_folder(name: str) -> Path:
    """The folder of a campaign that comes with the program. Raises UsageError, naming all, where there is none."""
    folder = samples_directory() / name
    if not (folder / FILE_NAME).is_file():
        known = sorted(path.parent.name for path in samples_directory().glob(f"*/{FILE_NAME}"))
        raise UsageError(f"没有「{name}」这个样例，请选一个现有的（{'、'.join(known)}）。")
    return folder


def _is_other_roster(path: Path, roster: str) -> bool:
    """Whether a file is a roster that was saved in a format that is not read."""
    return path.stem == Path(roster).stem and path.suffix.casefold() in WORKBOOKS and path.name.casefold() != roster


def _chosen(folder: Path) -> CampaignSource:
    """The one campaign file of a folder that was filled in. Raises UsageError where both were."""
    from xlsxeval.roster import FILE_NAME as ROSTER

    yaml, roster = folder / FILE_NAME, folder / ROSTER
    others = [path for path in sorted(folder.iterdir()) if _is_other_roster(path, ROSTER)]
    if not others and not (yaml.exists() and roster.exists()):
        return CampaignSource(roster if roster.exists() else yaml)
    from xlsxeval.roster import is_skeleton, is_untouched  # openpyxl only where there is a choice

    if others and (is_skeleton(yaml) if yaml.exists() else not roster.exists() or is_untouched(roster)):
        raise UsageError(
            f"{others[0]} 不是 .xlsx，没有读，而{f' {yaml.name} 还是新建时的样子' if yaml.exists() else '没有别的任务文件'}。"
            f"请在 Excel 或 WPS 里打开它，另存为“{ROSTER}”，再运行一次。"
        )
    if not roster.exists():
        return CampaignSource(yaml)
    if not yaml.exists():
        return CampaignSource(roster)
    if is_untouched(roster):
        return CampaignSource(yaml, f"任务读自 {yaml}：{ROSTER} 里还没有填单位。")
    if is_skeleton(yaml):
        return CampaignSource(roster, f"任务读自 {roster}：{FILE_NAME} 还是新建时的样子。")
    raise UsageError(
        f"{folder} 里的 {FILE_NAME} 和 {ROSTER} 都填过，不知道以哪个为准。"
        f"请写明用哪个（例如 {roster}），或把不用的那个移走。"
    )
