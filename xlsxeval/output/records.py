"""A verdict and a finding as the JSON outputs have them; the keys are described in docs/internals/formats.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from xlsxeval.forms.settings import RuleSetting
from xlsxeval.model import Finding, Fixed, Place
from xlsxeval.output.characters import encodable
from xlsxeval.rules.verdict import Verdict

SCHEMA = 1


def file_record(verdict: Verdict) -> dict[str, Any]:
    """What is told of the file itself, without its findings."""
    subject = verdict.subject
    return {
        "path": verdict.path,
        "sha256": verdict.sha256 or None,
        "campaign": subject.campaign if subject else None,
        "edition": subject.edition if subject else None,
        "unit": {"code": subject.code, "name": subject.name} if subject else None,
        "forms": list(subject.forms) if subject else [],
        "seal": subject.seal_state if subject else None,
        "settings": [_setting(setting) for setting in verdict.settings],
        "status": verdict.status,
    }


def finding_record(finding: Finding, verdict: Verdict) -> dict[str, Any]:
    """A finding of that verdict."""
    return {
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        **_place(finding.place),
        "label": finding.label,
        "shown": finding.shown,
        "expected": finding.expected,
        "message": finding.message,
        "fix": finding.fix,
        "basis": finding.basis,
        "working": finding.working,
        "severity_set_by": finding.severity_set_by,
        "waived": None if finding.waived is None else asdict(finding.waived),
        "state": None if finding.state is None else finding.state.value,
        "related": [_place(place) for place in finding.related],
        "fingerprint": fingerprint(finding, verdict),
    }


def fixed_record(fixed: Fixed) -> dict[str, Any]:
    """What an earlier run had found and this one does not."""
    return {
        "code": fixed.code,
        "severity": fixed.severity.value,
        **_place(fixed.place),
        "label": fixed.label,
        "shown": fixed.shown,
        "message": fixed.message,
        "fingerprint": fixed.fingerprint,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"sheet": place.sheet, "cell": place.cell, "field": place.field}


def _setting(setting: RuleSetting) -> dict[str, Any]:
    return {"code": setting.code, "severity": setting.level, "set_by": setting.set_by, "basis": setting.basis}


def fingerprint(finding: Finding, verdict: Verdict) -> str:
    """The finding's fingerprint as one of the verdict's unit."""
    return finding.fingerprint(verdict.subject.code if verdict.subject else None)


def dump(data: Any, indent: int | None = 2) -> str:
    """The data as JSON; what no UTF-8 can hold is replaced."""
    return encodable(json.dumps(data, ensure_ascii=False, indent=indent))
