"""Verifies and records exports of lower levels for ``collect``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xlsxeval.campaign.digests import digest
from xlsxeval.campaign.signing_key import own_public_key
from xlsxeval.campaign.workspace import Author, Workspace
from xlsxeval.collection.arrivals import Act, Arrival, record_receipt
from xlsxeval.collection.lower_levels import judged, level_states
from xlsxeval.collection.reread import Rereader, received_of, results_by_unit, tasks_of, told_elsewhere
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Level
from xlsxeval.judging.basis import basis_of_exports
from xlsxeval.levels import (
    Expected,
    Export,
    Opened,
    Received,
    Refused,
    open_export,
    read_standing,
    standing_of,
    standing_text,
)
from xlsxeval.model import Finding
from xlsxeval.rules.exports import judge_export
from xlsxeval.workers.pool import Hands, each

if TYPE_CHECKING:
    from xlsxeval.ledger import Ledger, LevelExport, Queries, Writer

HERE = "本级"


def take_exports(
    ledger: Ledger, receiver: Receiver, arrivals: Sequence[Arrival], author: Author, *, old: bool
) -> set[tuple[str, str]]:
    """Records each arrival and the decision on it, an export in one transaction; returns the keys of new ones.

    With ``old``, earlier exports that were judged on another basis are judged again.
    """
    with ledger.read() as r:
        fresh = [one for one in arrivals if not r.has_receipt(one.sha256, one.source)]
        waiting = receiver.waiting(r, arrivals, old=old)
    taken: set[str] = set()
    for _ in range(len(receiver.levels) + 1):
        for sha256 in waiting:
            _take(ledger, receiver, sha256, [one for one in fresh if one.sha256 == sha256], author)
        taken |= set(waiting)
        with ledger.read() as r:
            waiting = receiver.overtaken(r)
    again = [one for one in fresh if one.sha256 not in taken]
    if again:
        with ledger.write(*author.acts()) as w:
            _record(w, again)
    return {one.key for one in fresh}


def _take(ledger: Ledger, receiver: Receiver, sha256: str, fresh: Sequence[Arrival], author: Author) -> None:
    """Judges one export and records it with its arrivals, in one transaction."""
    with ledger.read() as r:
        row = receiver.take(r, sha256)
    with ledger.write(*author.acts()) as w:
        _record(w, fresh)
        known = judged(w).get(sha256)
        if known is None or known.under != row["under"]:
            w.level_export(receipt=w.receipts(sha256)[0].id, sha256=sha256, **row)
        receiver.step("export judged")
    receiver.step("export kept")


def _record(w: Writer, arrivals: Sequence[Arrival]) -> None:
    """Records that exports arrived. Another process may have received the same one meanwhile."""
    for one in arrivals:
        if not w.has_receipt(one.sha256, one.source):
            record_receipt(w, one)


class Receiver:
    """Judges one export after another for a campaign; ``hands`` read the workbooks in it."""

    def __init__(self, workspace: Workspace, hands: Hands, step: Act) -> None:
        campaign, library = workspace.campaign, workspace.library
        self.campaign = campaign
        self.library = library
        self.archive = workspace.archive
        self.listener = workspace.listener
        self.hands = hands
        self.step = step
        self.clock = workspace.clock
        self.own = own_public_key(workspace.folder)
        self.levels: Mapping[str, Level] = {level.key: level for level in campaign.levels}
        self.under = basis_of_exports(campaign, library, self.own)
        self._rereader = Rereader(library.directory)

    def waiting(self, r: Queries, arrivals: Sequence[Arrival], *, old: bool) -> list[str]:
        """Digests of exports to judge: new ones, and with ``old`` those that were judged on another basis."""
        known = judged(r)
        before = [sha256 for sha256, one in known.items() if old and not (one.under or "").startswith(self.under)]
        new = [one.sha256 for one in arrivals if one.sha256 not in known]
        return list(dict.fromkeys([*before, *new]))

    def overtaken(self, r: Queries) -> list[str]:
        """Digests of exports that count and list units which by now count at another level, or no longer do."""
        states = [state for state in level_states(r, self.campaign) if state.current is not None]
        return [
            one.sha256
            for state in states
            if (one := state.current) is not None
            and (one.under or "").startswith(self.under)
            and one.under != self._under(self._seen(r, state.level), read_standing(one.standing).units)
        ]

    def _under(self, seen: Mapping[tuple[str, str], str], units: Sequence[tuple[str, str]]) -> str:
        """The basis of a verdict on an export with these units, some of which may count in places that were ``seen``."""
        shared = [f"{code} {name} {seen[code, name]}" for code, name in sorted(set(units)) if (code, name) in seen]
        return f"{self.under}:{digest(*shared)}" if shared else self.under

    def _seen(self, r: Queries, level: Level) -> dict[tuple[str, str], str]:
        """Places where units count before any of this level, by code and name: here, and at the levels listed before it."""
        seen = {(unit.code, unit.name): HERE for unit in self.campaign.units}
        for state in level_states(r, self.campaign):
            if state.level.code == level.code:
                break
            if state.current is not None:
                units = read_standing(state.current.standing).units
                seen = {**dict.fromkeys(units, state.level.name), **seen}
        return seen

    def take(self, r: Queries, sha256: str) -> dict[str, Any]:
        """Columns of an export's record in the ledger."""
        data = self.archive.read(sha256)
        row: dict[str, Any] = {"key": "", "made": None, "taken": False, "standing": "{}", "findings": "[]"}
        try:
            opened = open_export(data, self._known(), self.own)
        except Refused as refused:
            return {**row, "level": "", "name": "", "code": refused.code, "message": str(refused), "under": self.under}
        level = self.levels[opened.key]
        self.step("export opened")
        seen = self._seen(r, level)
        received = self._received(r, level, opened, seen)
        findings, standing = judge_export(received), standing_of(received)
        return {
            "level": level.code,
            "name": level.name,
            "key": opened.key,
            "made": opened.export.made,
            "taken": True,
            "code": None,
            "message": None,
            "under": self._under(seen, standing.units),
            "standing": standing_text(standing),
            "findings": json.dumps([_plain(one) for one in findings], ensure_ascii=False),
        }

    def _known(self) -> Mapping[str, Expected]:
        year = self.campaign.year
        return {key: Expected(year, level.campaign, level.edition) for key, level in self.levels.items()}

    def _received(self, r: Queries, level: Level, opened: Opened, seen: Mapping[tuple[str, str], str]) -> Received:
        tasks = list(tasks_of(opened))
        work = each(self._rereader, tasks, self.hands)
        rereads = list(self.listener.counted(work, len(tasks), f"重算 {level.name}"))
        received = received_of(level.name, opened, results_by_unit(tasks, rereads), self._digests())
        receipts = r.receipts(opened.sha256)
        return replace(
            told_elsewhere(received, seen),
            units_expected=level.units,
            earlier=self._earlier(r, level, opened.export),
            came=r.actions(receipts[0].action)[0].at if receipts else self.clock(),
        )

    def _digests(self) -> Mapping[str, str]:
        """Digests of the editions that the levels use."""
        found = {}
        for name in {self.campaign.edition, *(level.edition for level in self.campaign.levels)}:
            with suppress(DefinitionError):
                found[name] = self.library.edition(name).digest
        return found

    def _earlier(self, r: Queries, level: Level, export: Export) -> Export | None:
        """The level's previous accepted export; None where there is none."""
        before: list[LevelExport] = [
            one for one in judged(r).values() if one.taken and one.level == level.code and one.made is not None
        ]
        older = [one for one in before if one.made is not None and one.made < export.made]
        last = max(older, key=lambda one: (one.made, one.id), default=None)
        if last is None:
            return None
        expected = {last.key: Expected(self.campaign.year)}
        with suppress(Refused):
            return open_export(self.archive.read(last.sha256), expected).export
        return None


def _plain(finding: Finding) -> dict[str, str | None]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "level": finding.place.sheet,
        "unit": finding.place.cell,
        "figure": finding.place.field,
        "label": finding.label,
        "shown": finding.shown,
        "expected": finding.expected,
        "message": finding.message,
        "fix": finding.fix,
        "working": finding.working,
    }
