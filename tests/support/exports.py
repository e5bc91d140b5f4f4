"""A lower level's export as the case files change it: made in memory, with what its workbooks would give when read again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from xlsxeval.levels import (
    Export,
    ExportedProject,
    ExportedUnit,
    FileRef,
    LevelTotals,
    Lower,
    Owner,
    Received,
    Refused,
    Reread,
    ReturnStatus,
    totals_of,
)

MADE = dt.datetime(2025, 6, 1, 8, 0, tzinfo=dt.UTC)
DIGEST = "a" * 64
_COUNTS = frozenset(LevelTotals().counts)


def unit(code: str, name: str, status: ReturnStatus, **amounts: str) -> ExportedUnit:
    """A unit with its workbook, where anything came of it."""
    digest = hashlib.sha256(code.encode()).hexdigest()
    files = () if status is ReturnStatus.MISSING else (FileRef(digest, f"{name}.xlsx"),)
    return ExportedUnit(code, name, status, True, {key: Decimal(value) for key, value in amounts.items()}, files=files)


COUNTY = (
    unit("001", "某某局", ReturnStatus.CLEAN, initial="90", budget="100", executed="93.48", score="95"),
    unit("002", "某某中心", ReturnStatus.ERRORS, budget="50.5", executed="40", score="90.5"),
    unit("003", "某某站", ReturnStatus.MISSING),
)
TOWN = (unit("101", "某某所", ReturnStatus.CLEAN, budget="7", executed="7", score="99"),)


def export(
    campaign: str, units: tuple[ExportedUnit, ...], lower: tuple[Lower, ...] = (), below: LevelTotals | None = None
) -> Export:
    """An export that adds up."""
    own = totals_of(units)
    total = own if below is None else own + below
    words = {"campaign": campaign, "year": 2024, "edition": "hunan-2024", "edition_digest": DIGEST, "digest": DIGEST}
    return Export(
        1, **words, department="某某局", made=MADE, program="1", workbooks=True, money=("基本支出", "项目支出"), units=units, own=own,
        lower=lower, total=total,
    )  # fmt: skip


def received(words: Mapping[str, Any]) -> Received:
    """某某县 with its 某某镇 after these changes. Raises KeyError for a word that nobody knows."""
    unknown = words.keys() - WORDS
    if unknown:
        raise KeyError(sorted(unknown)[0])
    town = Received("某某县 › 某某镇", export("town", TOWN))
    units = tuple(_changed(one, words) for one in COUNTY if one.code not in words.get("leave_out", ()))
    lower = (Lower("1", "某某镇", "", DIGEST),)
    made = export("county", units, lower, None if "refused" in words else town.total)
    made = replace(
        made,
        workbooks=not words.get("without_workbooks", False),
        own=_overridden(made.own, words.get("total", {})),
        total=_overridden(made.total, words.get("grand_total", {})),
        edition_digest=words.get("edition", DIGEST),
    )
    below = Refused("export-changed", words["refused"]) if "refused" in words else town
    names = {one.code: one.name for one in COUNTY}
    listed = [one for one in COUNTY if one.files and one.code not in words.get("no_workbook", ())]
    return Received(
        "某某县",
        made,
        {one.code: _reread(one, words) for one in listed if made.workbooks},
        ((lower[0], below),),
        words.get("registered"),
        export("county", COUNTY),
        {(code, names[code]): where for code, where in words.get("elsewhere", {}).items()},
        DIGEST,
        dt.datetime.fromisoformat(words["came"]) if "came" in words else None,
    )


def _changed(one: ExportedUnit, words: Mapping[str, Any]) -> ExportedUnit:
    amounts = {**one.amounts, **_decimals(words.get("stated", {}).get(one.code, {}))}
    projects = _projects(one, words.get("stated_projects", {}).get(one.code, 30))
    return replace(
        one,
        amounts=amounts,
        projects=projects,
        money=_money(one, words.get("stated_money", {}).get(one.code, 5)),
        files=() if one.code in words.get("no_workbook", ()) else one.files,
    )


def _reread(one: ExportedUnit, words: Mapping[str, Any]) -> Reread:
    owner = Owner("county", words.get("seal", {}).get(one.code, one.code), None)
    if one.code in words.get("unreadable", {}):
        return Reread((None,), fault=words["unreadable"][one.code])
    return Reread(
        (owner,), {**one.amounts, **_decimals(words.get("workbook", {}).get(one.code, {}))}, _projects(one), _money(one)
    )


def _projects(one: ExportedUnit, budget: Any = 30) -> tuple[ExportedProject, ...]:
    """A unit that came has a project."""
    return (ExportedProject("某某专项", _decimals({"budget": budget})),) if one.amounts else ()


def _money(one: ExportedUnit, value: Any = 5) -> tuple[Decimal | None, ...]:
    return (Decimal(str(value)), None) if one.amounts else ()


def _overridden(totals: LevelTotals, words: Mapping[str, Any]) -> LevelTotals:
    counts = {name: value for name, value in words.items() if name in _COUNTS}
    return replace(
        totals, **counts, amounts={**totals.amounts, **_decimals({k: v for k, v in words.items() if k not in counts})}
    )


def _decimals(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(str(value)) for name, value in figures.items()}


WORDS = frozenset(
    (
        *("stated", "stated_projects", "stated_money", "total", "grand_total", "workbook", "seal", "unreadable"),
        *("leave_out", "no_workbook", "registered", "elsewhere", "without_workbooks", "edition", "refused", "came"),
    )
)
