"""The JSON contracts of ``check`` and ``fields``; described in docs/formats.md, versioned by ``schema``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from xlsxeval.calc import to_formula
from xlsxeval.forms.layout import Layout, PlacedCell
from xlsxeval.model import Severity, State
from xlsxeval.output.records import SCHEMA, dump, file_record, finding_record, fixed_record
from xlsxeval.rules.engine import Verdict


def check_json(verdicts: Sequence[Verdict]) -> str:
    """``check --format json``."""
    findings = [finding for verdict in verdicts for finding in verdict.open]
    summary = {
        "files": len(verdicts),
        "clean": sum(verdict.status == "clean" for verdict in verdicts),
        "rejected": sum(verdict.status == "rejected" for verdict in verdicts),
        "by_severity": {kind.value: sum(f.severity is kind for f in findings) for kind in Severity},
        "by_code": dict(sorted(Counter(finding.code for finding in findings).items())),
        "by_state": {state.value: sum(f.state is state for f in findings) for state in State},
        "waived": sum(len(verdict.findings) - len(verdict.open) for verdict in verdicts),
        "fixed": sum(len(verdict.fixed) for verdict in verdicts),
    }
    return dump({"schema": SCHEMA, "files": [_file(verdict) for verdict in verdicts], "summary": summary})


def _file(verdict: Verdict) -> dict[str, Any]:
    findings = [finding_record(finding, verdict) for finding in verdict.findings]
    return {**file_record(verdict), "findings": findings, "fixed": [fixed_record(fixed) for fixed in verdict.fixed]}


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
    return dump({"schema": SCHEMA, "edition": layout.edition.id, "forms": forms})


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
