"""Totals for other programs: what ``collect`` and ``status`` have in their JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxeval.levels.figures import LevelTotals, figure_text
from xlsxeval.levels.standing import Below


def totals_json(totals: LevelTotals | None) -> dict[str, Any] | None:
    """Numbers of units, and sums as texts so that no digit is lost; the rate and the score follow from them."""
    if totals is None:
        return None
    shares = {"rate": _text(totals.rate), "score": _text(totals.score)}
    return {**totals.counts, **{name: figure_text(value) for name, value in totals.sums.items()}, **shares}


def below_json(one: Below) -> dict[str, Any]:
    """A level below one that handed up."""
    return {
        "code": one.code,
        "name": one.name,
        "depth": one.depth,
        "made": None if one.made is None else one.made.isoformat().replace("+00:00", "Z"),
        "totals": totals_json(one.total),
        "proven": one.proven,
        "message": one.remark or None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else figure_text(value)
