"""Creates a campaign on disk, as a roster beside a campaign.yaml, and writes an existing campaign as a roster."""

from __future__ import annotations

import datetime as dt
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


def begin_campaign(directory: Path, edition: str, year: int | None, library: Library, advice: str) -> NewCampaign:
    """Writes a roster and a campaign.yaml; the user fills in one of them.

    ``year`` defaults to the year in the edition's name. ``advice`` is the roster's note on what to do next.
    Raises DefinitionError for an unknown edition, UsageError where the files exist already.
    """
    found = library.edition(edition)
    digits = "".join(char for char in found.id if char.isdigit())
    if year is None:
        year = int(digits) if len(digits) == 4 else 2024
    campaign = file_name(real(directory).name)
    if not campaign.isascii() or not campaign.replace("-", "").replace("_", "").isalnum():
        campaign = f"{example_id(found.id)}-{secrets.token_hex(2)}"  # two campaigns must not share an id
    task: dict[str, str | int | dt.date | None] = {
        "campaign": campaign,
        "edition": found.id,
        "year": year,
        "department": EXAMPLE_DEPARTMENT,
        "deadline": dt.date(year + 1, 5, 31),
    }
    roster = roster_bytes(found, tuple(library.editions()), task, advice)
    text = skeleton_text(found, campaign, year, str(directory))
    files = {directory / FILE_NAME: text.encode("utf-8"), directory / ROSTER: roster}
    write_new_files(files, way_out=_WAY_OUT)
    return NewCampaign(directory / ROSTER, directory / FILE_NAME)


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
