"""Every case file: what a rule finds, where, and that everything else stays silent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests import hostile
from tests.support.actions import perform
from tests.support.agreeing import disagreements
from tests.support.base import Base, base, returned
from tests.support.cases import Case, case_files, load_cases, places_of
from tests.support.exports import received as received_export
from tests.support.published.counting import auditor
from tests.support.published.hostile import published_bytes
from tests.support.reports import verdict_of_report
from xlsxeval.intake.submission import read_returned
from xlsxeval.judging.lost import lost_verdict
from xlsxeval.model import Finding
from xlsxeval.rules.engine import judge, judge_batch
from xlsxeval.rules.exports import judge_export
from xlsxeval.rules.verdict import Verdict
from xlsxeval.workers import LossReason, Lost

CASES = [
    pytest.param(case, id=case.id, marks=[pytest.mark.xfail(reason=case.known_bug)] if case.known_bug else [])
    for path in case_files()
    for case in load_cases(path)
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    findings = findings_of(case)
    own = [finding for finding in findings if finding.code == case.rule]
    others = [finding for finding in findings if finding.code != case.rule]
    wanted = [expected.at for expected in case.finds]
    assert sorted(_spelled(own, wanted)) == sorted(wanted)
    assert {finding.code for finding in others} == set(case.also), [
        f"{finding.code} {places_of(finding)[0]} {finding.message}" for finding in others
    ]
    assert disagreements(findings) == []
    prints = [finding.fingerprint("001") for finding in findings]
    assert len(prints) == len(set(prints))
    for expected in case.finds:
        facts = [_facts(finding, expected.facts) for finding in own if expected.at in places_of(finding)]
        assert dict(expected.facts) in facts


def findings_of(case: Case) -> Sequence[Finding]:
    """Everything that is found in the case's workbook, or in the file that it names."""
    sent = base(case.campaign)
    if case.file is not None:
        recipe = next(recipe for recipe in hostile.RECIPES if recipe.name == case.file)
        return judge(read_returned(case.file, recipe.make(), sent.context, sent.layouts)).findings
    if case.lost is not None:
        return lost_verdict(case.received, "0" * 64, 1, Lost(LossReason(case.lost), "见这个例子")).findings
    if "report" in case.words:
        return verdict_of_report(case.words["report"]).findings
    if "published" in case.words:
        return auditor().judge("报告.docx", published_bytes(case.words["published"])).verdict.findings
    if "export" in case.words:
        return judge_export(received_export(case.words["export"]))
    others = [(words.get("before", False), verdict_of(sent, words, "other.xlsx")) for words in case.beside]
    before = [verdict for earlier, verdict in others if earlier]
    after = [verdict for earlier, verdict in others if not earlier]
    units = {unit.code: unit.name for unit in sent.campaign.units}
    batch = [*before, verdict_of(sent, case.words, case.received), *after]
    return judge_batch(batch, {**units, **case.roster})[len(before)].findings


def verdict_of(sent: Base, words: Mapping[str, Any], name: str) -> Verdict:
    """One file of a batch: files with the same words have the same bytes."""
    own = {word: value for word, value in words.items() if word not in ("received", "unit", "before")}
    received = perform(sent, own)
    back = returned(received.raw, received.context, received.layouts)
    digest = hashlib.sha256(repr(sorted(own.items())).encode()).hexdigest()
    verdict = judge(replace(back, path=words.get("received", name), sha256=digest))
    if "unit" not in words:
        return verdict
    assert verdict.subject is not None
    return replace(verdict, subject=replace(verdict.subject, **words["unit"]))


def _spelled(findings: Sequence[Finding], wanted: Sequence[str]) -> list[str]:
    """The findings' places, each written as the case writes it where it does."""
    return [
        next((place for place in places_of(finding) if place in wanted), places_of(finding)[0]) for finding in findings
    ]


def _facts(finding: Finding, names: object) -> dict[str, object]:
    """Those facts of a finding that a case asks about."""
    known = {
        "shown": finding.shown,
        "expected": finding.expected,
        "severity": str(finding.severity),
        "cell": finding.place.cell,
        "label": finding.label,
        "working": finding.working,
    }
    return {name: known[name] for name in names}  # type: ignore[attr-defined]
