"""Events written in one transaction: all of them are kept, or none."""

from __future__ import annotations

import datetime as dt
import json
import socket
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, insert

from xlsxeval import __version__
from xlsxeval.forms.campaign import Campaign
from xlsxeval.ledger import schema
from xlsxeval.ledger.definition import campaign_digest, definition_text, unit_digest
from xlsxeval.ledger.queries import Queries
from xlsxeval.ledger.records import DecisionKind, ReviewState, SubmissionRecord, WaiverLine
from xlsxeval.model import Finding

NEAR = dt.timedelta(minutes=1)
"""Programs that write at once, and machines whose clocks differ a little, record moments so close in either order."""


def is_set_back(at: dt.datetime, last: dt.datetime) -> bool:
    """Whether a clock that shows ``at`` was set back: something was recorded before with a later moment."""
    return last - at > NEAR


class Writer(Queries):
    """Writes events, and sees its own at once. ``who`` and ``at`` are the caller's: nothing here reads the clock.

    ``clock_back`` tells that ``at`` is clearly before the last action: noted, never refused, for the order is that of the ids.
    """

    def __init__(self, connection: Connection, campaign: str, who: str, at: dt.datetime, what: str) -> None:
        super().__init__(connection, campaign)
        if at.tzinfo is None:
            raise ValueError(f"a moment without its zone: {at}")
        last = self.last_action()
        self.clock_back = last is not None and is_set_back(at, last.at)
        self._described = {"who": who, "at": at, "what": what}
        self._action: int | None = None

    def campaign_version(self, campaign: Campaign, edition_digest: str, digest: str | None = None) -> bool:
        """Records the campaign and its units where they differ from the last time; True where they did.

        ``digest`` is the campaign's, where it was made already.
        """
        digest = digest or campaign_digest(campaign)
        if (digest, edition_digest) == self.campaign_digests():
            return False
        self._record_units(campaign)
        self._write(
            schema.campaigns,
            digest=digest,
            edition=campaign.edition,
            edition_digest=edition_digest,
            year=campaign.year,
            department=campaign.department,
            deadline=str(campaign.deadline) if campaign.deadline else None,
            definition=definition_text(campaign),
        )
        return True

    def distribution(
        self, unit: str, part: str | None, file_name: str, sha256: str, campaign_digest: str, edition_digest: str
    ) -> int:
        """A workbook was made for a unit. Gives back the id of the event."""
        return self._write(
            schema.distributions,
            unit=unit,
            part=part or "",
            file_name=file_name,
            sha256=sha256,
            campaign_digest=campaign_digest,
            edition_digest=edition_digest,
        )

    def receipt(
        self,
        sha256: str,
        size: int,
        name: str,
        source: str,
        *,
        subject: str | None = None,
        sender: str | None = None,
        received_at: dt.datetime | None = None,
    ) -> int:
        """A file arrived. ``name`` is its own, ``source`` where it lay; ``received_at`` as far as it is known.

        Gives back the receipt's id; ask :meth:`has_receipt` first where a folder is read again.
        """
        values = {"subject": subject, "sender": sender, "received_at": received_at}
        return self._write(schema.receipts, sha256=sha256, size=size, name=name, source=source, **values)

    def submission(self, unit: str, part: str | None, sha256: str, receipt: int) -> SubmissionRecord:
        """The content as a version of a unit's part: a new one, or the one that came before with the same content."""
        own = [one for one in self.submissions(unit) if one.part == part]
        known = next((one for one in own if one.sha256 == sha256), None)
        if known is not None:
            return known
        values = {"unit": unit, "part": part or "", "sha256": sha256, "receipt": receipt}
        number = self._write(schema.submissions, version=len(own) + 1, **values)
        found = self.submission_of_id(number)
        assert found is not None
        return found

    def judgement(
        self,
        submission: SubmissionRecord,
        status: str,
        findings: Iterable[Finding],
        under: str | None = None,
        holds: Collection[str] | None = None,
    ) -> int:
        """A submission was judged by this version of the program; its findings are kept with their fingerprints.

        ``under`` is the caller's digest of all that the judgement follows from besides the file; ``holds`` are the
        worksheets in it, by their names as they were sent out.
        """
        worksheets = None if holds is None else json.dumps(list(holds), ensure_ascii=False)
        values = {"submission": submission.id, "program": __version__, "status": status, "under": under}
        values |= {"worksheets": worksheets}
        number = self._write(schema.judgements, **values)
        rows = [_finding(number, submission.unit, finding) for finding in findings]
        if rows:
            action = self._action
            self._connection.execute(insert(schema.findings), [{**row, "action": action} for row in rows])
        return number

    def accept(self, submission: SubmissionRecord, message: str | None = None) -> int:
        """It counts from now on; an open conflict of its part is closed by it."""
        return self._decide(DecisionKind.ACCEPTED, submission, message=message)

    def supersede(self, submission: SubmissionRecord, by: SubmissionRecord, message: str | None = None) -> int:
        """It counts no longer: where it did, the other does from now on. Out of a conflict, use :meth:`accept`."""
        return self._decide(DecisionKind.SUPERSEDED, submission, other=by.id, message=message)

    def duplicate(self, submission: SubmissionRecord, receipt: int, message: str | None = None) -> int:
        """Records that the content of a submission arrived once more; nothing changes."""
        return self._decide(DecisionKind.DUPLICATE, submission, receipt=receipt, message=message)

    def conflict(self, submission: SubmissionRecord, other: SubmissionRecord, message: str | None = None) -> int:
        """Nobody can tell which of the two counts: none does until one is chosen. More join by further calls."""
        return self._decide(DecisionKind.CONFLICT, submission, other=other.id, message=message)

    def choose(self, submission: SubmissionRecord, message: str) -> int:
        """A person chose it out of a conflict, for the reason in ``message``."""
        return self._decide(DecisionKind.CHOSEN, submission, message=message)

    def set_aside(self, submission: SubmissionRecord, code: str, message: str, under: str | None = None) -> int:
        """It does not count, for a reason with a code; ``under`` as in :meth:`judgement` where a person did not decide."""
        return self._decide(DecisionKind.SET_ASIDE, submission, code=code, message=message, under=under)

    def set_receipt_aside(self, receipt: int, code: str, message: str, unit: str = "", under: str | None = None) -> int:
        """A received file that is nobody's submission (unreadable, foreign, no table), for a reason with a code."""
        values = {"unit": unit, "part": "", "receipt": receipt, "code": code, "message": message, "under": under}
        return self._write(schema.decisions, kind=DecisionKind.SET_ASIDE.value, **values)

    def mirror_waivers(self, lines: Iterable[WaiverLine]) -> int:
        """Adds those lines of the campaign's register that are not mirrored yet; gives back how many."""
        known = {(line.number, line.act) for line in self.waivers()}
        new = [line for line in lines if (line.number, line.act) not in known]
        for line in new:
            values = asdict(line)
            del values["action"]
            self._write(schema.waivers, **values)
        return len(new)

    def report(self, unit: str, path: str, sha256: str, submission: SubmissionRecord | None = None) -> int:
        """A report was written for a unit, from a submission."""
        number = None if submission is None else submission.id
        return self._write(schema.reports, unit=unit, path=path, sha256=sha256, submission=number)

    def review(self, unit: str, state: ReviewState, files: Iterable[str], note: str | None = None) -> int:
        """A person reviewed a unit whose counting files have these SHA-256."""
        return self._write(schema.reviews, unit=unit, state=state.value, files=" ".join(sorted(files)), note=note)

    def level_export(self, level: str, name: str, receipt: int, sha256: str, **values: Any) -> int:
        """A lower level's export was judged: taken, or set aside. The other values are the columns of ``LevelExport``."""
        return self._write(schema.exports, level=level, name=name, receipt=receipt, sha256=sha256, **values)

    def _decide(self, kind: DecisionKind, submission: SubmissionRecord, **values: Any) -> int:
        slot = {"unit": submission.unit, "part": submission.part or ""}
        return self._write(schema.decisions, kind=kind.value, submission=submission.id, **slot, **values)

    def _record_units(self, campaign: Campaign) -> None:
        """Records the units that are new, that are not as they were last recorded, or that are gone."""
        known = self.units()
        for unit in campaign.units:
            before, digest = known.get(unit.code), unit_digest(unit)
            if before is None or not before.present or before.digest != digest:
                self._write(schema.units, unit=unit.code, name=unit.name, digest=digest, present=True)
        for code in known.keys() - {unit.code for unit in campaign.units}:
            gone = known[code]
            if gone.present:
                self._write(schema.units, unit=code, name=gone.name, digest=gone.digest, present=False)

    def _write(self, table: Table, **values: Any) -> int:
        return self._insert(table, action=self._begun(), campaign=self.campaign, **values)

    def _begun(self) -> int:
        """The action of this transaction, recorded when the first event is."""
        if self._action is None:
            self._action = self._insert(
                schema.actions,
                campaign=self.campaign,
                host=socket.gethostname(),
                program=__version__,
                clock_back=self.clock_back,
                **self._described,
            )
        return self._action

    def _insert(self, table: Table, **values: Any) -> int:
        key = self._connection.execute(insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])


def _finding(judgement: int, unit: str, finding: Finding) -> dict[str, Any]:
    waived = finding.waived
    return {
        "judgement": judgement,
        "fingerprint": finding.fingerprint(unit),
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "field": finding.place.field,
        "label": finding.label,
        "shown": finding.shown,
        "expected": finding.expected,
        "message": finding.message,
        "fix": finding.fix,
        "basis": finding.basis,
        "working": finding.working,
        "waived_by": waived.by if waived else None,
        "waived_reason": waived.reason if waived else None,
        "waived_date": waived.date if waived else None,
    }
