"""Checks between worksheets that were sent out apart, once the parts of a unit are put together.

Such a check is in no part; 自查 leaves it to the collection. Once all parts are there, the unit's whole workbook is
generated anew with their content, and judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlsxeval.calc import Scalar
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.submission import Submission
from xlsxeval.judging.judge import Judge, JudgedFile
from xlsxeval.judging.remarks import refilled
from xlsxeval.layout.layout import Layout, SlotKey
from xlsxeval.model import Address, Finding
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workbook import Refilled, refilled_bytes


def assembled(judge: Judge, whole: Layout, parts: Mapping[str, JudgedFile]) -> JudgedFile | None:
    """The whole workbook and its verdict, in the form in which the parts were sent, else in today's form ``whole``.

    None where the parts fit into neither.
    """
    submissions = {part: one.submission for part, one in parts.items() if one.submission is not None}
    fitting = (
        form
        for form in judge.sent_wholes(whole)
        if all(_fits(submission, form, part) for part, submission in submissions.items())
    )
    layout = next(fitting, None) if len(submissions) == len(parts) else None
    if layout is None:
        return None
    values: dict[Address, Scalar] = {}
    for part, submission in submissions.items():
        own = refilled(submission, "").values
        values |= {address: value for address, value in own.items() if address.sheet == part}
    digest = judge.shapes.writer.kept(layout).digest
    seal = make_seal(layout.campaign, layout.unit, layout.edition, judge.context.key or b"", form=digest)
    form = Refilled(layout, seal, "", values, layout.compute(values), set())
    return judge.read_bytes(whole.unit.code, refilled_bytes(form))


def between(whole: Layout, verdict: Verdict, parts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Each part's verdict, extended by findings at its fields that only the parts together show."""
    code = whole.unit.code
    known = {finding.fingerprint(code) for part in parts.values() for finding in part.findings}
    checks = {placed.check.code for placed in whole.checks}
    new = [one for one in verdict.findings if one.code in checks and one.fingerprint(code) not in known]
    return {part: _with(found, tuple(one for one in new if one.place.sheet == part)) for part, found in parts.items()}


def _with(verdict: Verdict, more: tuple[Finding, ...]) -> Verdict:
    return replace(verdict, findings=(*verdict.findings, *more)) if more else verdict


def _fits(submission: Submission, whole: Layout, part: str) -> bool:
    """Whether every printed field of a part has the same place in the whole workbook."""
    return _printed(submission.layout, part) == _printed(whole, part)


def _printed(layout: Layout, sheet: str) -> dict[SlotKey, Address]:
    fields = ((slot, cell) for slot, cell in layout.slots.items() if cell.address.sheet == sheet)
    return {slot: cell.address for slot, cell in fields if cell.look.role != "helper"}
