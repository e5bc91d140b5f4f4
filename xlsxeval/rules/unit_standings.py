"""How far units are by the verdicts of their files, where no ledger says it; and in words why files cannot stand for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.placing import part_names
from xlsxeval.layout.unit_standing import HeldSheets, UnitStanding, unit_standing
from xlsxeval.rules.verdict import Verdict

UNDECIDED = "收到几份不同的表，以哪一份为准没有定"
LACKING = "表没有收齐，还缺 {sheets}"


def unit_standings(campaign: Campaign, edition: Edition, verdicts: Iterable[Verdict]) -> dict[str, UnitStanding]:
    """How far every unit of the campaign is, by code: several contents of one part wait for a choice.

    Raises DefinitionError where the names of the worksheets are not possible.
    """
    of_unit: dict[str, dict[str, HeldSheets]] = {unit.code: {} for unit in campaign.units}
    for verdict in verdicts:
        subject = verdict.subject
        if subject is not None and subject.code in of_unit:
            of_unit[subject.code][verdict.sha256] = HeldSheets(subject.part, frozenset(subject.holds))
    return {
        unit.code: unit_standing(
            part_names(campaign, unit, edition), files := list(of_unit[unit.code].values()), _several(files)
        )
        for unit in campaign.units
    }


def doubt(standing: UnitStanding, without: str = "") -> str:
    """Why what came cannot stand for its unit; empty where nothing is in the way, or nothing came.

    ``without`` is what follows from a choice that is waited for.
    """
    parts = [f"「{part}」" for part in standing.waiting if part is not None]
    told = ["、".join(parts) + UNDECIDED + without] if standing.waiting else []
    if standing.came and standing.missing:
        told.append(LACKING.format(sheets="、".join(standing.missing)))
    return "；".join(told)


def _several(files: Iterable[HeldSheets]) -> set[str | None]:
    """The parts of which several files came."""
    return {part for part, count in Counter(file.part for file in files).items() if count > 1}
