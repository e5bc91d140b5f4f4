"""Creates a campaign on disk, as a roster beside a campaign.yaml, and writes an existing campaign as a roster."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.files import file_name, write_new_files
from xlsxeval.campaign.source import load_source
from xlsxeval.durable import real
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import FILE_NAME
from xlsxeval.forms.library import Library
from xlsxeval.forms.unready import EXAMPLE_DEPARTMENT, example_id
from xlsxeval.resources import OWN_FORMS, OWN_MARK
from xlsxeval.roster import FILE_NAME as ROSTER
from xlsxeval.roster import make_plan, roster_bytes, skeleton_text
from xlsxeval.roster.campaign_lines import campaign_lines

_WAY_OUT = "请换一个目录。"


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """Files of a new campaign: the roster, and the campaign.yaml beside it, None where there is none.

    ``units`` is the number of units in the roster.
    """

    roster: Path
    campaign: Path | None
    units: int = 0


@dataclass(frozen=True, slots=True)
class CampaignDetails:
    """Details of a new campaign. ``year`` defaults to the year in the edition's name.

    ``last_year`` is the folder of last year's campaign; ``advice`` the roster's note on what to do next. With
    ``roster_only`` no campaign.yaml is written beside the roster.
    """

    year: int | None = None
    department: str = EXAMPLE_DEPARTMENT
    deadline: dt.date | None = None
    last_year: Path | None = None
    advice: str = ""
    roster_only: bool = False


def begin_campaign(directory: Path, edition: str, library: Library, details: CampaignDetails) -> NewCampaign:
    """Writes a roster, and a campaign.yaml unless only the roster is asked for; the user fills in one of them.

    Raises DefinitionError for an unknown edition, UsageError where the files exist already.
    """
    year = details.year
    found = library.edition(edition)
    digits = "".join(char for char in found.id if char.isdigit())
    if year is None:
        year = int(digits) if len(digits) == 4 else 2024
    campaign = file_name(real(directory).name)
    if not campaign.isascii() or not campaign.replace("-", "").replace("_", "").isalnum():
        named = example_id(found.id if found.id.isascii() else "own")
        campaign = f"{named}-{secrets.token_hex(2)}"  # two campaigns must not share an id
    task: dict[str, str | int | dt.date | None] = {
        "campaign": campaign,
        "edition": found.id,
        "year": year,
        "department": details.department,
        "deadline": details.deadline or dt.date(year + 1, 5, 31),
        "last_year": None if details.last_year is None else _beside(details.last_year, directory),
    }
    files = {directory / ROSTER: roster_bytes(found, tuple(library.editions()), task, details.advice)}
    if not details.roster_only:
        files[directory / FILE_NAME] = skeleton_text(found, campaign, year, str(directory)).encode()
    files |= _own_forms(directory, library)
    write_new_files(files, way_out=_WAY_OUT)
    return NewCampaign(directory / ROSTER, None if details.roster_only else directory / FILE_NAME)


def _beside(other: Path, directory: Path) -> str:
    """A folder as seen from another, so that both can move together; in full where they have no drive in common."""
    try:
        return Path(os.path.relpath(other.absolute(), directory.absolute())).as_posix()
    except ValueError:
        return str(other.absolute())


def _own_forms(directory: Path, library: Library) -> dict[Path, bytes]:
    """A user's own forms, to be kept with the campaign that uses them; nothing where the program's are used."""
    own, kept = library.directory, directory / OWN_FORMS
    if not (own / OWN_MARK).is_file() or own.resolve() == kept.resolve():
        return {}
    names = (path for path in sorted(own.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {kept / path.relative_to(own): path.read_bytes() for path in names}


def roster_of(directory: Path, source: Path, library: Library, advice: str) -> NewCampaign:
    """Writes the campaign of ``source`` (a folder or a file) as a roster into ``directory``.

    Raises UsageError where a roster cannot hold all of it, or exists already; otherwise the errors of ``load_source``.
    """
    campaign, edition = load_source(source, library)
    lines = campaign_lines(campaign, edition, make_plan(edition))
    if lines.left_out:
        what = "".join(f"\n  {one}" for one in lines.left_out)
        raise UsageError(f"名册里写不了下面这些，没有写。请留着用 campaign.yaml，或先把它们删去：{what}")
    roster = roster_bytes(edition, tuple(library.editions()), lines.task, advice, lines.tables)
    write_new_files({directory / ROSTER: roster}, way_out=_WAY_OUT)
    other = directory / FILE_NAME
    return NewCampaign(directory / ROSTER, other if other.exists() else None, len(campaign.units))
