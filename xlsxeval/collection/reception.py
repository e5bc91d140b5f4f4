"""Receives arrivals one at a time, from any number of threads and processes, whatever else goes on in the campaign."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from xlsxeval.campaign.glimpses import Glimpse
from xlsxeval.campaign.last_year_index import witness_digest, witness_glimpse
from xlsxeval.campaign.workspace import Author, Workspace
from xlsxeval.collection.admission import Admission
from xlsxeval.collection.arrivals import Act, unpacked
from xlsxeval.collection.arrivals import gathered as in_order
from xlsxeval.collection.examination import Chore, Examiner
from xlsxeval.collection.receipts import ArrivalReceipt, receipt_of
from xlsxeval.errors import UsageError, XlsxevalError
from xlsxeval.forms.campaign import Campaign
from xlsxeval.judging.basis import Basis
from xlsxeval.judging.judge import Conclusion, Judge, with_notes_told
from xlsxeval.judging.lone_files import LoneFile
from xlsxeval.ledger import campaign_digest
from xlsxeval.parcels import Origin
from xlsxeval.parcels.names import shown
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers.pool import Hands, each

WHAT = "receive"
PLACE = "来件"
"""Place of arrivals that come from no named place; each content has a folder of its own there."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivered file: its bytes and name; as far as known its sender, source, subject and time.

    ``source`` names the place that it came from (a unit's link, a mailbox). If two files of one name come from one
    place, the later replaces the other, as in a folder; without a source each content has a place of its own. ``at``
    has its time zone.
    """

    data: bytes
    name: str
    sender: str | None = None
    source: str | None = None
    subject: str | None = None
    at: dt.datetime | None = None

    @property
    def place(self) -> str:
        """Identity in the ledger, together with the content: the source, ending with the file's name."""
        name = shown(self.name.replace("\\", "/").rstrip("/").rpartition("/")[2])
        return f"{self.source or f'{PLACE}/{hashlib.sha256(self.data).hexdigest()[:16]}'}/{name}"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A campaign with its digest, the basis of its verdicts, and its examiner."""

    campaign: Campaign
    digest: str
    basis: Basis
    examiner: Examiner


class Reception:
    """Receives for one campaign. Preparations for an arrival are kept until something they depend on changes."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._known: _Prepared | None = None
        self._begun = False
        self._witness: tuple[Campaign, Glimpse, str] | None = None

    def receive(
        self,
        workspace: Workspace,
        delivery: Delivery,
        hands: Hands,
        *,
        replaces: bool = False,
        step: Act = lambda act: None,
    ) -> ArrivalReceipt:
        """Archives, judges and records one arrival, and reports the outcome.

        The bytes are on the disk before anything else is done. A parcel is taken apart, each file in it being an
        arrival of its own; a lower level's export is verified. A file that arrived before from the same place is not
        recorded again.

        Other runs of the campaign continue meanwhile: the ledger is held only while a few lines are written. With
        ``replaces``, the latest of several different files of one day counts. ``step`` is called before and after each
        act that writes. Raises UsageError, DefinitionError, StorageError (also where the ledger was busy for too long):
        the bytes are archived then, and receiving them again continues from there.
        """
        if delivery.at is not None and delivery.at.tzinfo is None:
            raise UsageError(
                f"收到 {delivery.name} 的时间 {delivery.at} 没有写明时区，算不出有没有逾期。请写成 2025-05-31T17:30+08:00 这样。"
            )
        author = workspace.author(WHAT)
        origin = Origin(delivery.subject, delivery.sender, delivery.at or workspace.clock())
        self._begin(workspace, author)
        arrivals = list(unpacked(delivery.place, delivery.data, origin, workspace.archive, step))
        prepared = self._prepared(workspace)
        with workspace.ledger() as ledger:
            admission = Admission(
                ledger, workspace, author, prepared.examiner, prepared.basis, hands=hands, replace=replaces, step=step
            )
            admission.record_campaign(prepared.digest)
            came = in_order(arrivals, admission.latest)
            with ledger.read() as r:
                fresh, again = admission.open(admission.excerpt(r, came.arrivals), came.arrivals)
            assessed = {one.key: found for one, found in admission.take([*fresh, *again])}
            keys = {one.key for one in fresh}
            if came.exports:
                keys |= admission.take_exports(came.exports, old=False)
            return receipt_of(admission, came, keys, assessed)

    def _begin(self, workspace: Workspace, author: Author) -> None:
        """Makes a ledger that knows the campaign, once: beside a full archive, one that does not means that it was lost."""
        with self._changing:
            if self._begun:
                return
            with suppress(XlsxevalError), workspace.ledger() as ledger:  # the bytes are archived all the same
                with ledger.read() as r:
                    known = r.last_moment() is not None
                if not known:
                    with ledger.write(*author.acts()) as w:
                        w.campaign_version(workspace.campaign, workspace.edition.digest)
                self._begun = True

    def check(self, workspace: Workspace, file: LoneFile, hands: Hands) -> Verdict:
        """Judges a file against the campaign without recording anything; the verdict marks exceptions on record."""
        examiner = self._prepared(workspace).examiner
        (found,) = with_notes_told(each(examiner, [file], hands), workspace.listener)
        (told,) = Conclusion(workspace.campaign)([found])
        return told

    def do(self, workspace: Workspace, chore: Chore, hands: Hands) -> Any:
        """The result of a chore, done where arrivals are judged, with their bounds."""
        (done,) = each(self._prepared(workspace).examiner, [chore], hands)
        return done

    def _prepared(self, workspace: Workspace) -> _Prepared:
        """Preparations for an arrival. The examiner is kept while the campaign and the shared basis stay the same."""
        campaign = workspace.campaign
        with self._changing:
            basis = Basis(workspace, self._last_year(workspace))
            known = self._known
            if known is not None and known.campaign is campaign and known.basis.shared == basis.shared:
                self._known = replace(known, basis=basis)
            else:
                examiner = Examiner(Judge.of(workspace), workspace.archive.folder)
                self._known = _Prepared(campaign, campaign_digest(campaign), basis, examiner)
            return self._known

    def _last_year(self, workspace: Workspace) -> str:
        """The digest of last year's record, made again where a glimpse of its files shows a change."""
        campaign = workspace.campaign
        seen = witness_glimpse(campaign, workspace.address)
        if seen is not None and self._witness is not None and self._witness[0] is campaign and self._witness[1] == seen:
            return self._witness[2]
        found = witness_digest(campaign, workspace.library, workspace.clock(), workspace.address)
        self._witness = None if seen is None else (campaign, seen, found)
        return found
