"""Writes lower levels as JSON for ``collect --format json``, described in docs/internals/formats.md."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xlsxeval.collection.lower_levels import LevelState
from xlsxeval.collection.result import HandedUp
from xlsxeval.levels.json_form import below_json, totals_json


def export_json(one: HandedUp) -> dict[str, Any]:
    """An export in the inboxes."""
    return {
        "source": one.receipt.source,
        "name": one.receipt.name,
        "sha256": one.receipt.sha256,
        "state": one.state.value,
        "new": one.new,
        "level": {"code": one.level, "name": one.name} if one.level is not None else None,
        "made": _moment(one.made),
        "totals": totals_json(one.totals),
        "proven": one.proven,
        "findings": [dict(finding) for finding in one.findings],
        "code": one.code,
        "message": one.message,
    }


def level_json(state: LevelState) -> dict[str, Any]:
    """The standing of a level, with those below it."""
    standing = state.standing
    return {
        "code": state.level.code,
        "name": state.level.name,
        "made": _moment(None if state.current is None else state.current.made),
        "sha256": None if state.current is None else state.current.sha256,
        "conflict": [one.sha256 for one in state.conflict],
        "own": totals_json(None if standing is None else standing.own),
        "totals": totals_json(None if standing is None else standing.total),
        "proven": 0 if standing is None else standing.proven,
        "below": [below_json(one) for one in (standing.below if standing is not None else ())],
    }


def _moment(at: dt.datetime | None) -> str | None:
    """A moment in UTC."""
    return None if at is None else at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
