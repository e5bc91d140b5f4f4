"""The state as the files in a folder have it, where no ledger was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from xlsxeval.board.assembly import Desk, assemble
from xlsxeval.board.state import CampaignState, ReceivedFile, ReceivedPart, RecordedFinding, SetAside
from xlsxeval.forms.unit_names import named_unit
from xlsxeval.parcels import written_out
from xlsxeval.rules.organiser import of_the_unit
from xlsxeval.rules.unit_standings import unit_standings
from xlsxeval.rules.verdict import Subject, Verdict


def from_verdicts(desk: Desk, verdicts: Sequence[Verdict], days: Mapping[str, dt.date]) -> CampaignState:
    """The state that the verdicts of all files together give; ``days`` has the day of each path.

    Several contents of one unit's part are in conflict: a folder does not tell which of them came last. A file that
    cannot be read is settled where its unit, by the file's name, has sent all that it owes, and nothing of it earlier.
    """
    files = _contents(verdicts, days)
    versions: dict[str, int] = {}
    slots = []
    for (unit, part), group in _groups(files).items():
        versions[unit] = versions.get(unit, 0) + len(group)
        came = [day for _, day in group if day is not None]
        named = [
            ReceivedFile(
                written_out(PurePath(verdict.path).name), verdict.sha256, day, number, written_out(verdict.path)
            )
            for number, (verdict, day) in enumerate(group, start=1)
        ]
        current = named[0] if len(named) == 1 else None
        items = _items(group[0][0]) if current else ()
        held = frozenset(sheet for verdict, _ in group if verdict.subject for sheet in verdict.subject.holds)
        choice = () if current else tuple(named)
        slots.append(ReceivedPart(unit, part, current, choice, min(came, default=None), items, held or None))
    standings = unit_standings(desk.campaign, desk.edition, (verdict for verdict, _ in files))
    last = _last_days(slots)
    rejected = []
    for one in verdicts:
        if one.subject is None:
            aside, day = _rejected(one), days.get(one.path, dt.date.min)
            code = named_unit(aside.name, desk.campaign.units) or ""
            done = code in standings and standings[code].is_settled and last.get(code, dt.date.max) >= day
            rejected.append(replace(aside, settled=done))
    return assemble(desk, "folder", standings, slots, versions, rejected)


def _last_days(slots: Iterable[ReceivedPart]) -> Mapping[str, dt.date]:
    """By unit, the last day on which anything came that counts."""
    found: dict[str, dt.date] = {}
    for slot in slots:
        if slot.current is not None and slot.current.day is not None:
            found[slot.unit] = max(slot.current.day, found.get(slot.unit, slot.current.day))
    return found


_Dated = tuple[Verdict, dt.date | None]


def _contents(verdicts: Iterable[Verdict], days: Mapping[str, dt.date]) -> list[_Dated]:
    """Each content once, with the first of its days."""
    found: dict[str, _Dated] = {}
    for verdict in verdicts:
        if verdict.subject is None:
            continue
        day = days.get(verdict.path)
        known, before = found.get(verdict.sha256, (verdict, day))
        if before is not None and day is not None:
            day = min(day, before)
        found[verdict.sha256] = (known, day or before)
    return list(found.values())


def _groups(files: Iterable[_Dated]) -> Mapping[tuple[str, str | None], list[_Dated]]:
    """The contents of each unit and part."""
    found: dict[tuple[str, str | None], list[_Dated]] = {}
    for verdict, day in files:
        assert verdict.subject is not None
        found.setdefault((verdict.subject.code, verdict.subject.part), []).append((verdict, day))
    return found


def _items(verdict: Verdict) -> tuple[RecordedFinding, ...]:
    """The findings as a ledger keeps them: what only one run knows of them is left out."""
    assert isinstance(verdict.subject, Subject)
    kept = of_the_unit(verdict).findings
    plain = {"related": (), "severity_set_by": None, "state": None, "aspect": None, "occurrence": 1}
    unit = verdict.subject.code
    return tuple(RecordedFinding(replace(finding, **plain), finding.fingerprint(unit)) for finding in kept)  # type: ignore[arg-type]


def _rejected(verdict: Verdict) -> SetAside:
    worst = max(verdict.findings, key=lambda finding: finding.severity.rank)
    name = written_out(PurePath(verdict.path).name)
    return SetAside(name, worst.code, f"{worst.message}。{worst.fix}", source=written_out(verdict.path))
