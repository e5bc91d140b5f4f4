"""The board for other programs; the keys are described in docs/internals/formats.md."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from xlsxeval.board.lower import lower_json
from xlsxeval.board.state import (
    BoardLine,
    CampaignState,
    ExpectedSheet,
    ReceivedFile,
    ReceivedPart,
    RecordedFinding,
    SetAside,
    SheetPoints,
    UnitReview,
)
from xlsxeval.model import Severity
from xlsxeval.output.characters import encodable

SCHEMA = 1


def status_json(state: CampaignState) -> str:
    """``status --format json``."""
    data = {
        "schema": SCHEMA,
        "campaign": state.id,
        "edition": state.edition,
        "year": state.year,
        "department": state.department,
        "deadline": _day(state.deadline),
        "as_of": _day(state.as_of),
        "source": state.source,
        "uncollected": state.uncollected,
        "stale": state.stale,
        "units": [_unit(unit) for unit in state.units],
        "set_aside": [_aside(one) for one in state.set_aside],
        "levels": [lower_json(line) for line in state.levels],
        "summary": {
            "units": len(state.units),
            "late": sum(unit.days_late > 0 for unit in state.units),
            "by_status": {status.value: count for status, count in state.statuses.items()},
            "by_form": {
                form: {status.value: count for status, count in counts.items()}
                for form, counts in state.forms().items()
            },
        },
    }
    return encodable(json.dumps(data, ensure_ascii=False, indent=2))


def _unit(unit: BoardLine) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "status": unit.status.value,
        "sent": unit.sent,
        "received": _day(unit.received),
        "days_late": unit.days_late,
        "versions": unit.versions,
        "form_changes": list(unit.form_changes),
        "review": None if unit.review is None else _review(unit.review),
        "missing": list(unit.missing),
        "attachments": [_attachment(one) for one in unit.attachments],
        "parts": [_slot(slot) for slot in unit.slots],
        "scores": [_figure(figure) for figure in unit.figures],
        "by_severity": {severity.value: unit.count(severity) for severity in Severity},
        "findings": [_item(item) for item in unit.items],
    }


def _review(review: UnitReview) -> dict[str, Any]:
    told = {"state": review.state, "note": review.note, "by": review.by, "at": review.at.isoformat()}
    return {**told, "current": review.is_current}


def _attachment(one: ExpectedSheet) -> dict[str, Any]:
    return {"sheet": one.sheet, "form": one.form, "status": one.status.value}


def _slot(slot: ReceivedPart) -> dict[str, Any]:
    return {
        "part": slot.part,
        "first": _day(slot.first),
        "current": None if slot.current is None else _file(slot.current),
        "conflict": [_file(file) for file in slot.conflict],
    }


def _file(file: ReceivedFile) -> dict[str, Any]:
    return {"name": file.name, "sha256": file.sha256, "received": _day(file.day), "version": file.version}


def _figure(figure: SheetPoints) -> dict[str, Any]:
    return {"sheet": figure.sheet, "score": figure.score, "rate": figure.rate}


def _item(item: RecordedFinding) -> dict[str, Any]:
    finding = item.finding
    waived = finding.waived
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
        "waived": waived and {"by": waived.by, "reason": waived.reason, "date": waived.date},
        "fingerprint": item.fingerprint,
    }


def _aside(one: SetAside) -> dict[str, Any]:
    told = {"name": one.name, "source": one.source, "code": one.code, "reason": one.reason}
    return {**told, "unit": one.unit, "settled": one.settled}


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
