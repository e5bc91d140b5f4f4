"""The JSON contracts of ``check`` and ``fields``; described in docs/formats.md, versioned by ``schema``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from xlsxeval.calc import to_formula
from xlsxeval.forms.layout import Layout, PlacedCell
from xlsxeval.model import Finding, Severity
from xlsxeval.rules.engine import Verdict

SCHEMA = 1


def check_json(verdicts: Sequence[Verdict]) -> str:
    """``check --format json``."""
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    summary = {
        "files": len(verdicts),
        "clean": sum(verdict.status == "clean" for verdict in verdicts),
        "rejected": sum(verdict.status == "rejected" for verdict in verdicts),
        "by_severity": {kind.value: sum(f.severity is kind for f in findings) for kind in Severity},
        "by_code": dict(sorted(Counter(finding.code for finding in findings).items())),
    }
    return _dump({"schema": SCHEMA, "files": [_file(verdict) for verdict in verdicts], "summary": summary})


def _file(verdict: Verdict) -> dict[str, Any]:
    subject = verdict.subject
    return {
        "path": verdict.path,
        "sha256": verdict.sha256 or None,
        "campaign": subject.campaign if subject else None,
        "edition": subject.edition if subject else None,
        "unit": {"code": subject.code, "name": subject.name} if subject else None,
        "forms": list(subject.forms) if subject else [],
        "seal": subject.seal_state if subject else None,
        "status": verdict.status,
        "findings": [_finding(finding, subject.code if subject else None) for finding in verdict.findings],
    }


def _finding(finding: Finding, unit: str | None) -> dict[str, Any]:
    return {
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
        "severity_set_by": finding.severity_set_by,
        "waived": None if finding.waived is None else asdict(finding.waived),
        "state": None if finding.state is None else finding.state.value,
        "related": [{"sheet": p.sheet, "cell": p.cell, "field": p.field} for p in finding.related],
        "fingerprint": finding.fingerprint(unit),
    }


def fields_json(layout: Layout) -> str:
    """``fields --format json``."""
    forms = []
    for sheet in layout.sheets:
        if sheet.form is None:
            continue
        cells = [cell for cell in sheet.cells if cell.slot is not None]
        forms.append(
            {
                "form": sheet.form.id,
                "attachment": sheet.attachment or None,
                "sheet": sheet.name,
                "fields": [_field(cell) for cell in cells],
            }
        )
    return _dump({"schema": SCHEMA, "edition": layout.edition.id, "forms": forms})


def _field(cell: PlacedCell) -> dict[str, Any]:
    assert cell.slot is not None
    field = cell.slot.field
    return {
        "field": cell.slot.path,
        "label": field.label,
        "cell": cell.address.a1,
        "kind": cell.kind.value,
        "type": field.type.name,
        "unit": field.type.unit or None,
        "required": field.required,
        "formula": None if cell.formula is None else to_formula(cell.formula),
    }


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
