"""What the ledger knows, read in one transaction: events as they came, and the state that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, select

from xlsxeval.ledger import schema
from xlsxeval.ledger.extracts import Extract, extracts
from xlsxeval.ledger.records import (
    Action,
    CampaignVersion,
    Decision,
    DecisionKind,
    Distribution,
    Judgement,
    KnownFinding,
    LevelExport,
    Receipt,
    Report,
    ReviewRecord,
    ReviewState,
    SubmissionRecord,
    UnitVersion,
    WaiverLine,
)
from xlsxeval.ledger.standings import PartStanding, UnitPart, standings

Record = TypeVar("Record")


class Queries:
    """Questions about one campaign, answered in the transaction of ``connection``."""

    def __init__(self, connection: Connection, campaign: str) -> None:
        self._connection = connection
        self.campaign = campaign

    # events, each list in the order in which they came

    def actions(self, number: int | None = None) -> list[Action]:
        """Who did what when; or the one of that id."""
        return self._records(schema.actions, Action, id=number)

    def last_moment(self) -> dt.datetime | None:
        """The latest moment that was recorded, None in a new ledger; a clock that was set back has none of its own."""
        table = schema.actions
        found: dt.datetime | None = self._connection.execute(
            select(func.max(table.c.at)).where(table.c.campaign == self.campaign)
        ).scalar()
        return found

    def last_action(self) -> Action | None:
        """What was done last, None in a new ledger."""
        table = schema.actions
        query = select(table).where(table.c.campaign == self.campaign).order_by(table.c.id.desc()).limit(1)
        return next(iter(self._rows(Action, query)), None)

    def campaign_versions(self) -> list[CampaignVersion]:
        """The campaign's definition each time that it changed."""
        return self._records(schema.campaigns, CampaignVersion)

    def unit_versions(self, unit: str | None = None) -> list[UnitVersion]:
        """Units as they were named, from which action on."""
        return self._records(schema.units, UnitVersion, unit=unit)

    def distributions(self, unit: str | None = None) -> list[Distribution]:
        """The workbooks that were made for units."""
        return self._records(schema.distributions, Distribution, unit=unit)

    def receipts(self, sha256: str | None = None) -> list[Receipt]:
        """All arrivals, or those of one content."""
        return self._records(schema.receipts, Receipt, sha256=sha256)

    def receipt_numbers(self) -> dict[int, int]:
        """The place of each receipt among all of the campaign, from 1, by its id: people name files by it."""
        table = schema.receipts
        ids = self._connection.execute(select(table.c.id).where(table.c.campaign == self.campaign).order_by(table.c.id))
        return {number: place for place, number in enumerate(ids.scalars(), start=1)}

    def has_receipt(self, sha256: str, source: str) -> bool:
        """Whether this content was recorded from this source: a folder that is read again brings no new arrival."""
        return bool(self._records(schema.receipts, Receipt, sha256=sha256, source=source))

    def submissions(self, unit: str | None = None) -> list[SubmissionRecord]:
        """The different contents that belong to units, in their versions."""
        return self._records(schema.submissions, SubmissionRecord, unit=unit)

    def submission_of_receipt(self, number: int) -> SubmissionRecord | None:
        """The submission whose content came first with that receipt."""
        return next(iter(self._records(schema.submissions, SubmissionRecord, receipt=number)), None)

    def submission_of_id(self, number: int) -> SubmissionRecord | None:
        """The submission of that id."""
        return next(iter(self._records(schema.submissions, SubmissionRecord, id=number)), None)

    def judgements(self, submission: int | None = None) -> list[Judgement]:
        """Submissions judged, again where a later version of the program did so."""
        return self._records(schema.judgements, Judgement, submission=submission)

    def decisions(self, unit: str | None = None, receipt: int | None = None) -> list[Decision]:
        """What was decided, also about files of no unit (``unit`` is then empty); or of one unit or one arrival."""
        return self._records(schema.decisions, Decision, unit=unit, receipt=receipt)

    def waivers(self) -> list[WaiverLine]:
        """The mirror of the campaign's register of exceptions, line by line."""
        return self._records(schema.waivers, WaiverLine)

    def reports(self, unit: str | None = None) -> list[Report]:
        """The reports that were written."""
        return self._records(schema.reports, Report, unit=unit)

    def exports(self) -> list[LevelExport]:
        """What lower levels handed up, each time that it was judged."""
        return self._records(schema.exports, LevelExport)

    def reviews(self, unit: str | None = None) -> list[ReviewRecord]:
        """Reviews of units by the organiser."""
        return self._records(schema.reviews, ReviewRecord, unit=unit)

    def findings(self, submission: int) -> list[KnownFinding]:
        """The findings of a submission's last judgement."""
        judgement = self.last_judgement(submission)
        if judgement is None:
            return []
        table = schema.findings
        return self._rows(KnownFinding, select(table).where(table.c.judgement == judgement.id).order_by(table.c.id))

    # the state that follows

    def last_judgement(self, submission: int) -> Judgement | None:
        """The last word on a submission, None where it was not judged."""
        return next(reversed(self.judgements(submission)), None)

    def held(self) -> dict[int, frozenset[str] | None]:
        """By submission, the worksheets that it holds; None where nobody knows."""
        return {one.submission: one.holds for one in self.judgements()}

    def standings(self, unit: str | None = None) -> Mapping[UnitPart, PartStanding]:
        """Where each unit and part stands: see :mod:`xlsxeval.ledger.standings`."""
        return standings(self.decisions(unit))

    def current_submission(self, unit: str, part: str | None = None) -> SubmissionRecord | None:
        """The submission that counts, None where there is none or a conflict is open."""
        standing = self.standings(unit).get((unit, part), PartStanding())
        return None if standing.current is None else self.submission_of_id(standing.current)

    def current_submissions(self, unit: str | None = None) -> dict[UnitPart, SubmissionRecord]:
        """All submissions that count, by unit and part; or those of one unit."""
        known = {one.id: one for one in self.submissions(unit)}
        found = self.standings(unit).items()
        return {slot: known[standing.current] for slot, standing in found if standing.current is not None}

    def open_conflicts(self, unit: str | None = None) -> dict[UnitPart, tuple[SubmissionRecord, ...]]:
        """Units and parts of which somebody must choose one of several submissions; or those of one unit."""
        known = {one.id: one for one in self.submissions(unit)}
        found = self.standings(unit).items()
        return {slot: tuple(known[one] for one in standing.conflict) for slot, standing in found if standing.conflict}

    def live_submissions(self) -> list[SubmissionRecord]:
        """All submissions that count or wait for a choice, in the order in which they came."""
        live = {number for standing in self.standings().values() for number in standing.submissions}
        return [one for one in self.submissions() if one.id in live]

    def units(self) -> dict[str, UnitVersion]:
        """The units as they were last recorded, by code; also those that were taken out of the campaign."""
        return {version.unit: version for version in self.unit_versions()}

    def campaign_digests(self) -> tuple[str, str] | None:
        """The digests of the campaign and of its edition as they were last recorded."""
        table = schema.campaigns
        query = select(table.c.digest, table.c.edition_digest).where(table.c.campaign == self.campaign)
        last = self._connection.execute(query.order_by(table.c.id.desc()).limit(1)).one_or_none()
        return None if last is None else (last.digest, last.edition_digest)

    def definition(self, digest: str) -> str | None:
        """All that a campaign said when its digest was this one, as JSON; None where that is not on record."""
        table = schema.campaigns
        query = select(table.c.definition).where(table.c.campaign == self.campaign, table.c.digest == digest)
        return self._connection.execute(query.limit(1)).scalar()

    def finding_counts(self) -> dict[int, int]:
        """How many findings count, by judgement; those with an exception do not."""
        table, judged = schema.findings, schema.judgements
        query = select(table.c.judgement, func.count()).join(judged, table.c.judgement == judged.c.id)
        query = query.where(judged.c.campaign == self.campaign, table.c.waived_by.is_(None)).group_by(table.c.judgement)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def extracts(self) -> Iterator[Extract]:
        """Every table of events as a whole, for an export."""
        return extracts(self._connection, self.campaign)

    def _records(self, table: Table, kind: type[Record], **where: Any) -> list[Record]:
        query = select(*(table.c[field.name] for field in fields(kind)))  # type: ignore[arg-type]
        query = query.where(table.c.campaign == self.campaign, *self._bounds(table)).order_by(table.c.id)
        for name, value in where.items():
            if value is not None:
                query = query.where(table.c[name] == value)
        return self._rows(kind, query)

    def _bounds(self, table: Table) -> Sequence[ColumnElement[bool]]:
        """What rows of a table must fulfil to be among the answers."""
        return ()

    def _rows(self, kind: type[Record], query: Select[Any]) -> list[Record]:
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        return [kind(**{name: _value(name, row) for name in names}) for row in self._connection.execute(query)]


def _value(name: str, row: Row[Any]) -> Any:
    value = row._mapping[name]
    if name == "part":
        return value or None
    if name == "state":
        return ReviewState(value)
    return DecisionKind(value) if name == "kind" else value
