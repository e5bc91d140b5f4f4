"""What is asked of the ledger, as values. Ids count in the order of events; moments are in UTC."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum


class DecisionKind(StrEnum):
    """What was decided about a received file."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    CHOSEN = "chosen"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Action:
    """Who did what when. ``clock_back``: the machine's clock then stood before that of the action before."""

    id: int
    at: dt.datetime
    who: str
    what: str
    host: str
    program: str
    clock_back: bool


@dataclass(frozen=True, slots=True)
class CampaignVersion:
    """The campaign as it was from an action on; the digests tell whether a workbook was made from it."""

    id: int
    action: int
    digest: str
    edition: str
    edition_digest: str
    year: int


@dataclass(frozen=True, slots=True)
class UnitVersion:
    """A unit as the campaign had it from an action on; ``present`` is False where the campaign no longer has it."""

    id: int
    action: int
    unit: str
    name: str
    digest: str
    present: bool


@dataclass(frozen=True, slots=True)
class Distribution:
    """A workbook that was made for a unit. ``part`` is None where it holds all forms."""

    id: int
    action: int
    unit: str
    part: str | None
    file_name: str
    sha256: str
    campaign_digest: str
    edition_digest: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One arrival of a file. ``source`` is where it lay (path, member of an archive, id of a mail)."""

    id: int
    action: int
    sha256: str
    size: int
    name: str
    source: str
    subject: str | None
    sender: str | None
    received_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """A received content that belongs to a unit; ``version`` counts the different contents of a unit's part from 1."""

    id: int
    action: int
    unit: str
    part: str | None
    version: int
    sha256: str
    receipt: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A submission judged by a version of the program. ``status``: clean, findings or rejected.

    ``under`` is the digest of all that the judgement follows from besides the file; None in a ledger of an older program.
    ``worksheets`` are those that a unit fills in and that the file holds, as JSON; None as before.
    """

    id: int
    action: int
    submission: int
    program: str
    status: str
    under: str | None
    worksheets: str | None

    @property
    def holds(self) -> frozenset[str] | None:
        """The worksheets by their names as they were sent out; None where nobody knows."""
        return None if self.worksheets is None else frozenset(json.loads(self.worksheets))


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``other`` is what superseded the submission, or what a duplicate or a conflict is held against.

    ``under`` is as in a judgement, where the program set a file aside for what it found; None where a person decided.
    """

    id: int
    action: int
    kind: DecisionKind
    unit: str
    part: str | None
    submission: int | None
    other: int | None
    receipt: int | None
    code: str | None
    message: str | None
    under: str | None


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding of a judgement as it was kept. ``waived_by`` is None for what counts."""

    id: int
    judgement: int
    fingerprint: str
    code: str
    slug: str
    severity: str
    sheet: str | None
    cell: str | None
    field: str | None
    label: str | None
    shown: str | None
    expected: str | None
    message: str
    fix: str
    basis: str
    working: str | None
    waived_by: str | None
    waived_reason: str | None
    waived_date: str | None


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """A line of the campaign's register of exceptions, mirrored; ``act`` is waive or withdraw.

    ``action`` is the ledger's own, and no part of the line.
    """

    number: int
    act: str
    by: str
    date: str
    unit: str | None = None
    code: str | None = None
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    shown: str | None = None
    reason: str | None = None
    action: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was written for a unit, from which submission."""

    id: int
    action: int
    unit: str
    path: str
    sha256: str
    submission: int | None


class ReviewState(StrEnum):
    """Result of an organiser's review of a unit's return."""

    PENDING = "pending"
    RETURNED = "returned"
    PASSED = "passed"

    @property
    def word(self) -> str:
        """The word for people."""
        return {"pending": "待核", "returned": "退回", "passed": "通过"}[self.value]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A review of a unit by a person. ``files`` are the SHA-256 of its counting files at that time, joined by blanks."""

    id: int
    action: int
    unit: str
    state: ReviewState
    files: str
    note: str | None


@dataclass(frozen=True, slots=True)
class LevelExport:
    """What a lower level handed up, as it was judged; ``level`` is its code, empty where nobody knows whose it is.

    ``made`` is when the level made it, ``key`` the public key that signed it. ``taken`` is False where it was set aside, for
    the reason in ``code`` and ``message``. ``standing`` and ``findings`` are JSON: what it comes to, and what is wrong with it;
    ``under`` is as in a judgement.
    """

    id: int
    action: int
    level: str
    name: str
    receipt: int
    sha256: str
    key: str
    made: dt.datetime | None
    taken: bool
    code: str | None
    message: str | None
    under: str | None
    standing: str
    findings: str
