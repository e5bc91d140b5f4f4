"""Writes a collection's result as JSON for ``collect --format json``, described in docs/internals/formats.md."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from xlsxeval.collection.level_json_form import export_json, level_json
from xlsxeval.collection.result import CollectResult, Conflict, Filed
from xlsxeval.ledger import FileState
from xlsxeval.output.records import SCHEMA, dump

if TYPE_CHECKING:
    from xlsxeval.ledger import Receipt


def collect_json(result: CollectResult) -> str:
    """The whole result of a run as one document."""
    return dump(
        {
            "schema": SCHEMA,
            "campaign": result.campaign,
            "files": [_file(result, one) for one in result.files],
            "unread": [
                {"source": one.source, "code": one.fault.code, "message": one.fault.detail} for one in result.unread
            ],
            "conflicts": [_conflict(result, one) for one in result.conflicts],
            "whole_and_parts": [_unit(result, code) for code in result.both],
            "missing": [{"unit": _unit(result, one.unit), "parts": list(one.parts)} for one in result.missing],
            "exports": [export_json(one) for one in result.exports],
            "levels": [level_json(one) for one in result.levels],
            "judged_again": result.judged_again,
            "clock_back": result.clock_back,
            "summary": {
                "units": len(result.units),
                "complete": result.complete,
                "by_state": {state.value: len(result.of(state)) for state in FileState},
            },
        }
    )


def _file(result: CollectResult, one: Filed) -> dict[str, Any]:
    return {
        **_receipt(one.receipt),
        "state": one.state.value,
        "new": one.new,
        "unit": _unit(result, one.unit) if one.unit else None,
        "part": one.part,
        "version": one.version,
        "status": one.status,
        "errors": one.errors,
        "findings": one.findings,
        "code": one.code,
        "message": one.message,
        "settled": one.settled,
        "companion": one.companion,
    }


def _conflict(result: CollectResult, one: Conflict) -> dict[str, Any]:
    return {
        "unit": _unit(result, one.unit),
        "part": one.part,
        "message": one.message,
        "files": [
            {**_receipt(receipt), "version": number} for receipt, number in zip(one.files, one.numbers, strict=True)
        ],
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "source": receipt.source,
        "name": receipt.name,
        "sha256": receipt.sha256,
        "size": receipt.size,
        "received_at": _moment(receipt.received_at),
        "sender": receipt.sender,
        "subject": receipt.subject,
    }


def _unit(result: CollectResult, code: str) -> dict[str, str | None]:
    return {"code": code, "name": result.units.get(code)}


def _moment(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
