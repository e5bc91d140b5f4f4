"""What came, from whatever source, held against what each unit was to send."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxeval.board.state import (
    BoardLine,
    CampaignState,
    ExpectedSheet,
    ReceivedPart,
    RecordedFinding,
    SetAside,
    UnitStatus,
)
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.layout.placing import Instance, to_fill_in
from xlsxeval.layout.unit_standing import UnitStanding
from xlsxeval.model import Severity

_TAG = re.compile(r"[-－]?\s{0,9}\{\{[^{}]*\}\}")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a board is drawn up from besides the files: the campaign, its edition, the day, and who was sent a workbook.

    ``sent`` is None where that is not on record.
    """

    campaign: Campaign
    edition: Edition
    as_of: dt.date
    sent: Collection[str] | None = None


def assemble(
    desk: Desk,
    source: str,
    standings: Mapping[str, UnitStanding],
    slots: Iterable[ReceivedPart],
    versions: Mapping[str, int],
    aside: Iterable[SetAside],
    uncollected: int = 0,
) -> CampaignState:
    """The state that follows; ``standings`` say how far each unit is.

    What came from a unit that the campaign does not have counts for nobody.
    """
    campaign = desk.campaign
    of_unit: dict[str, list[ReceivedPart]] = {}
    strangers = []
    for slot in slots:
        if campaign.unit(slot.unit) is None:
            files = [file for file in (slot.current, *slot.conflict) if file]
            reason, code = "单位不在任务的名册里", FaultCode.NOT_ON_ROSTER
            strangers += [SetAside(file.name, code, reason, slot.unit, source=file.source) for file in files]
        else:
            of_unit.setdefault(slot.unit, []).append(slot)
    return CampaignState(
        id=campaign.id,
        edition=campaign.edition,
        year=campaign.year,
        department=campaign.department,
        deadline=campaign.deadline,
        as_of=desk.as_of,
        source=source,
        units=tuple(
            _line(desk, unit, standings[unit.code], of_unit.get(unit.code, []), versions.get(unit.code, 0))
            for unit in campaign.units
        ),
        set_aside=(*aside, *strangers),
        uncollected=uncollected,
    )


def _line(desk: Desk, unit: Unit, standing: UnitStanding, slots: Sequence[ReceivedPart], versions: int) -> BoardLine:
    sent = None if desk.sent is None else unit.code in desk.sent or standing.came
    absent = UnitStatus.UNSENT if sent is False else UnitStatus.MISSING
    slots = _doubled(slots) if standing.is_doubled else tuple(sorted(slots, key=lambda slot: slot.part or ""))
    attachments = tuple(
        ExpectedSheet(one.sheet, _form(one), absent if one.sheet in standing.missing else _of_sheet(one.sheet, slots))
        for one in to_fill_in(desk.campaign, unit, desk.edition)
    )
    days = [slot.first for slot in slots if slot.first is not None]
    received = max(days, default=None)
    reached = received if standing.is_complete else None if sent is False else desk.as_of
    return BoardLine(
        code=unit.code,
        name=unit.name,
        status=_of_unit(slots, standing, absent),
        sent=sent,
        deadline=desk.campaign.deadline,
        received=received,
        days_late=_days(desk.campaign.deadline, reached),
        attachments=attachments,
        slots=slots,
        versions=versions,
    )


def _doubled(slots: Sequence[ReceivedPart]) -> tuple[ReceivedPart, ...]:
    """A whole workbook beside parts of it says the same things twice: a conflict of all of them."""
    files = tuple(file for slot in slots for file in (slot.current, *slot.conflict) if file)
    first = min((slot.first for slot in slots if slot.first is not None), default=None)
    return (ReceivedPart(slots[0].unit, None, None, files, first, (), _together(slots)),)


def _together(slots: Sequence[ReceivedPart]) -> frozenset[str] | None:
    """What they hold, all of them; None where nobody knows."""
    held = [slot.holds if slot.part is None else frozenset({slot.part}) for slot in slots]
    return None if None in held else frozenset[str]().union(*(one for one in held if one is not None))


def _form(instance: Instance) -> str:
    """The name of a form for all units: without what differs from project to project."""
    form = instance.form
    if form.each is None:
        return instance.sheet
    return f"{_TAG.sub('', form.sheet).strip()}（各项目）"


def _of_sheet(sheet: str, slots: Sequence[ReceivedPart]) -> UnitStatus:
    holding = [slot for slot in slots if slot.has(sheet)]
    if any(slot.conflict for slot in holding):
        return UnitStatus.CHECK
    found = [item.finding for slot in holding for item in slot.items]
    renamed = [one for one in found if one.code == FaultCode.SHEET_MISSING_OR_RENAMED and one.shown]
    names = {one.place.sheet: one.expected for one in renamed}
    return _worst(
        (slot.items for slot in holding),
        lambda item: names.get(item.finding.place.sheet, item.finding.place.sheet) == sheet,
    )


def _of_unit(slots: Sequence[ReceivedPart], standing: UnitStanding, absent: UnitStatus) -> UnitStatus:
    """A unit of which a part is missing still has to send something: that weighs as an error."""
    if not standing.came:
        return absent
    worst = _worst((slot.items for slot in slots), lambda _: True)
    if not standing.is_complete:
        return UnitStatus.ERRORS
    if worst is UnitStatus.DONE and standing.waiting:
        return UnitStatus.CHECK
    return worst


def _worst(items: Iterable[Iterable[RecordedFinding]], counts: Callable[[RecordedFinding], bool]) -> UnitStatus:
    """What the findings make of it; a hint (提示) leaves nothing to do."""
    found = {item.finding.severity for one in items for item in one if item.finding.waived is None and counts(item)}
    if Severity.ERROR in found:
        return UnitStatus.ERRORS
    return UnitStatus.CHECK if Severity.WARNING in found else UnitStatus.DONE


def _days(deadline: dt.date | None, reached: dt.date | None) -> int:
    if deadline is None or reached is None:
        return 0
    return max((reached - deadline).days, 0)
