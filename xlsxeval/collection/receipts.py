"""Report on one arrival for the sender."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlsxeval.collection.admission import Admission
from xlsxeval.collection.arrivals import Gathered
from xlsxeval.collection.outcome import collected
from xlsxeval.collection.result import Conflict, Filed, HandedUp, MissingForms
from xlsxeval.judging.assessment import Assessed
from xlsxeval.judging.memory import Wanted
from xlsxeval.rules.verdict import Verdict

if TYPE_CHECKING:
    from xlsxeval.ledger import KnownFinding, Queries


@dataclass(frozen=True, slots=True)
class ReceivedPiece:
    """Outcome for one file of an arrival.

    ``filed`` is its standing: whose it is, which version, the number of findings, why it was set aside. ``findings``
    are those on record, including those between the parts of its unit; none where the file does not count. ``verdict``
    has the findings in the file alone, with exceptions marked; None where it is no unit's and was judged before.
    """

    filed: Filed
    findings: tuple[KnownFinding, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ArrivalReceipt:
    """Outcome of an arrival: for each file in it, in the order of arrival, and for each lower level's export.

    ``conflicts`` are the units for which a person must choose a file, ``missing`` the worksheets that its units still
    owe. ``at`` is the time of arrival, ``clock_back`` whether this machine's clock stands before the last recorded
    moment.
    """

    at: dt.datetime
    pieces: tuple[ReceivedPiece, ...]
    exports: tuple[HandedUp, ...]
    conflicts: tuple[Conflict, ...]
    missing: tuple[MissingForms, ...]
    clock_back: bool

    @property
    def is_new(self) -> bool:
        """Whether any part of it was not received before."""
        return any(one.filed.new for one in self.pieces) or any(one.new for one in self.exports)


def receipt_of(
    admission: Admission,
    came: Gathered,
    fresh: Collection[tuple[str, str]],
    assessed: Mapping[tuple[str, str], Assessed | None],
) -> ArrivalReceipt:
    """The outcome of an arrival; ``fresh`` are the keys of new files, ``assessed`` the assessments just made."""
    workspace, campaign = admission.workspace, admission.workspace.campaign
    with admission.ledger.read() as r:
        excerpt = admission.excerpt(r, [*came.arrivals, *came.exports])
        own = replace(campaign, units=tuple(unit for unit in campaign.units if unit.code in excerpt.about))
        result = collected(excerpt, replace(workspace, campaign=own), came, fresh, clock_back=admission.clock_back)
        known = [_findings(excerpt, one) for one in result.files]
    pieces = [
        ReceivedPiece(one, findings, _verdict(admission, one, assessed))
        for one, findings in zip(result.files, known, strict=True)
    ]
    moments = [one.origin.received_at for one in [*came.arrivals, *came.exports]]
    at = max((one for one in moments if one is not None), default=admission.latest)
    return ArrivalReceipt(at, tuple(pieces), result.exports, result.conflicts, result.missing, admission.clock_back)


def _findings(r: Queries, one: Filed) -> tuple[KnownFinding, ...]:
    submission = r.submission_of_receipt(one.receipt.id) if one.counts else None
    return () if submission is None else tuple(r.findings(submission.id))


def _verdict(admission: Admission, one: Filed, assessed: Mapping[tuple[str, str], Assessed | None]) -> Verdict | None:
    found = assessed.get((one.receipt.sha256, one.receipt.source))
    if found is None and one.unit is not None and one.version is not None:
        wanted = Wanted(one.unit, one.receipt.sha256, one.receipt.name)
        (found,) = admission.memory.of([wanted], admission.hands)
    if found is None:
        return None
    (told,) = admission.decider.recorder.conclude([replace(found.verdict, path=one.receipt.source)])
    return told
