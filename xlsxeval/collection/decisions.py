"""Decides on each arrival and records it: the unit's, newer, older, a duplicate, in doubt, or no unit's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlsxeval.collection.arrivals import Act, Arrival, record_receipt
from xlsxeval.collection.link_place import unit_of_place
from xlsxeval.collection.records import Recorder
from xlsxeval.collection.versions import Course, course
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.campaign import Campaign
from xlsxeval.judging.assessment import Assessed
from xlsxeval.ledger import SubmissionRecord, Writer
from xlsxeval.model import Finding, Severity
from xlsxeval.rules.verdict import Verdict


class Decider:
    """Decides on one arrival after another. ``doubtful``: the machine's clock was set back."""

    def __init__(self, campaign: Campaign, recorder: Recorder, *, replace: bool, doubtful: bool, step: Act) -> None:
        self.campaign = campaign
        self.recorder = recorder
        self.replace = replace
        self.doubtful = doubtful
        self.step = step

    def _receipt(self, w: Writer, arrival: Arrival) -> tuple[int, bool]:
        """The receipt of an arrival, and whether it was known: a file set aside is examined again, but recorded once."""
        known = next((one.id for one in w.receipts(arrival.sha256) if one.source == arrival.source), None)
        return (record_receipt(w, arrival), False) if known is None else (known, True)

    def decide(self, w: Writer, arrival: Arrival, assessed: Assessed | None) -> None:
        """Records an arrival and the decision on it; ``assessed`` is None where it could not be extracted."""
        receipt, is_known = self._receipt(w, arrival)
        self.step("recorded")
        if arrival.is_parcel or (is_known and _is_placed(w, receipt)):
            return
        if assessed is None:
            assert arrival.fault is not None
            holder = unit_of_place(arrival.source)
            self._set_aside(w, receipt, arrival.fault.code, arrival.fault.detail, holder or "")
            return
        subject, holder = assessed.verdict.subject, unit_of_place(arrival.source)
        if subject is None:
            self._set_aside(w, receipt, *refusal(assessed.verdict), holder or "")
        elif self.campaign.unit(subject.code) is None:
            (told,) = self.recorder.conclude([assessed.verdict])
            finding = next(one for one in told.findings if one.code == FaultCode.NOT_ON_ROSTER)
            self._set_aside(w, receipt, finding.code, _joined(finding.message, finding.fix), holder or subject.code)
        elif holder not in (None, subject.code):
            message = (
                f"这份表是发给 {subject.name}（{subject.code}）的，从 {holder} 的链接交来。请在发给本单位的表上填报"
            )
            self._set_aside(w, receipt, FaultCode.FORM_OF_ANOTHER_UNIT, message, holder or "")
        else:
            submission = w.submission(subject.code, subject.part, arrival.sha256, receipt)
            if submission.receipt == receipt:
                self.recorder.judged(w, submission, assessed.verdict)
                self.step("judged")
                self.place(w, submission, assessed)
            else:
                self._again(w, submission, receipt, by_link=holder is not None)

    def _set_aside(self, w: Writer, receipt: int, code: str, message: str, unit: str = "") -> None:
        """Sets a received file aside, unless that was done before for the same reason and on the same basis."""
        under = self.recorder.basis.of_nobody
        told = [(one.code, one.message, one.under) for one in w.decisions(receipt=receipt)]
        if told[-1:] != [(code, message, under)]:
            w.set_receipt_aside(receipt, code, message, unit, under)

    def _again(self, w: Writer, submission: SubmissionRecord, receipt: int, *, by_link: bool) -> None:
        """Records a duplicate. It changes nothing here; a superseded file returns only ``by_link``, by a decision of its own."""
        standing = w.standings(submission.unit).get((submission.unit, submission.part))
        message = None
        if standing is not None and standing.current not in (None, submission.id) and not by_link:
            message = f"与早先的第 {submission.version} 版相同，那一版已被替代；要改用它，请用 --choose"
        w.duplicate(submission, receipt, message)

    def place(self, w: Writer, new: SubmissionRecord, assessed: Assessed) -> None:
        """Ranks a submission among the earlier ones of its unit and part: it counts, is superseded, or conflicts.

        A mark that the campaign signed says which files it answers, and orders more surely than any day. Where nothing
        orders two different files, a person does.
        """
        remark = remark_of(assessed)
        rivals = _rivals(w, new)
        later = next((one for one in rivals if new.sha256 in self.recorder.answered_by(w, one)), None)
        if later is not None:
            message = f"第 {later.version} 版是照它的标注版改的，以那一版为准"
            w.supersede(new, by=later, message=_joined(message, remark))
            return
        others = [one for one in rivals if one.sha256 not in assessed.answers]
        mended = [one for one in rivals if one.sha256 in assessed.answers]
        if others:
            for one in mended:
                w.supersede(one, by=new)
            mended = []
        came = {one.sha256: _day(w, one) for one in others}
        day, source = _day(w, new), _source(w, new)
        replace = self.replace or (bool(others) and all(_source(w, one) == source for one in others))
        way = course(day, list(came.values()), replace=replace, doubtful=self.doubtful)
        if way is Course.UNDECIDED:
            difference = self.recorder.difference(w, others[-1], new)
            if difference:
                w.conflict(new, others[-1], _joined(difference, remark))
                self._put_together(w, new)
                return
            remark = _joined("内容与上一份相同，只是重新保存过", remark)
        if way is Course.OLDER:
            latest = max(others, key=lambda one: came[one.sha256])
            message = f"收到的日期 {day} 比现用的（{came[latest.sha256]}）早；如果它才是最后的，请用 --choose"
            w.supersede(new, by=latest, message=_joined(message, remark))
            return
        w.accept(new, remark)
        self.step("accepted")
        for one in [*mended, *others]:
            w.supersede(one, by=new)
        self._put_together(w, new)

    def _put_together(self, w: Writer, new: SubmissionRecord) -> None:
        if new.part is not None:
            self.recorder.put_together(w, new.unit)


def refusal(verdict: Verdict) -> tuple[str, str]:
    """Reason why a file is no return: the code and the message."""
    finding = _gravest(verdict)
    return finding.code, _joined(finding.message, finding.fix)


def _is_placed(w: Writer, receipt: int) -> bool:
    """Whether an arrival has been assigned to a unit. Another process may have received the same file meanwhile."""
    again = any(one.submission is not None for one in w.decisions(receipt=receipt))
    return again or w.submission_of_receipt(receipt) is not None


def _rivals(w: Writer, new: SubmissionRecord) -> Sequence[SubmissionRecord]:
    """The submission that counts for the same unit and part, or those in conflict there."""
    slot = (new.unit, new.part)
    current = w.current_submission(*slot)
    return w.open_conflicts(new.unit).get(slot, ()) if current is None else (current,)


def _day(w: Writer, submission: SubmissionRecord) -> dt.date:
    """The day on which a submission first arrived, in the time zone of this machine."""
    receipt = next(one for one in w.receipts(submission.sha256) if one.id == submission.receipt)
    moment = receipt.received_at or w.actions(receipt.action)[0].at
    return moment.astimezone().date()


def _source(w: Writer, submission: SubmissionRecord) -> str:
    """The place where a submission first lay. Another content there means that a person replaced the file."""
    return next(one.source for one in w.receipts(submission.sha256) if one.id == submission.receipt)


def _gravest(verdict: Verdict) -> Finding:
    """The finding for which a file was rejected: its first error, else its first finding."""
    return next((one for one in verdict.findings if one.severity is Severity.ERROR), verdict.findings[0])


def remark_of(assessed: Assessed) -> str | None:
    """Remark on a return that counts: changes in the campaign since its form was made; None where there are none."""
    if not assessed.changes and not assessed.outdated:
        return None
    advice = "表样已经不同，请给这个单位发新表" if assessed.outdated else ""
    return _joined("；".join(assessed.changes), advice)


def _joined(*parts: str | None) -> str:
    return "。".join(part for part in parts if part)
