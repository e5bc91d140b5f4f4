"""The made campaign driven through links: each unit hands in its own files, in the order in which they came.

What must become of a unit is what the table of kinds says, apart from the kinds in ``OTHERWISE``: there the way matters.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.made.planning import Dealt, deal
from xlsxeval.board import CampaignState

Post = Callable[[str, str, bytes, dt.datetime], object]
"""Uploads a unit's file: code, name, content, moment."""
END = dt.datetime(2025, 6, 20, 4, tzinfo=dt.UTC)

OTHERWISE: Mapping[str, tuple[str, list[str]]] = {
    "old_one_again": ("errors", ["S102"]),  # whoever uploads the old one once more means it
    "two_of_a_day": ("done", []),  # of two files of one day the later upload counts; by mail a person would choose
}
"""Status and findings of the kinds of which something else comes through a link."""


@dataclass(frozen=True)
class Parcel:
    """A file of a unit, to be uploaded through its link."""

    code: str
    name: str
    data: bytes
    moment: dt.datetime


def parcels(folder: Path, units: int, seed: int = 1) -> Sequence[Parcel]:
    """All files with a unit that can send them, in the order of their moments."""
    found = []
    for dealt in deal(units, seed):
        inbox = folder / "收回" / f"{dealt.number:03d}"
        files = sorted(path for path in inbox.rglob("*") if path.is_file())
        for path in files if dealt.codes else ():
            moment = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            found.append(Parcel(_sender(dealt, path), path.name, path.read_bytes(), moment))
    return sorted(found, key=lambda one: one.moment)


def _sender(dealt: Dealt, path: Path) -> str:
    """The unit that a file names, else the case's first."""
    named = [code for code in dealt.codes if code in os.fsdecode(path)]
    return named[0] if named else dealt.codes[0]


@dataclass(frozen=True)
class Sure:
    """What must become of a unit that is alone in its case."""

    kind: str
    status: str
    codes: Sequence[str]
    days_late: int
    versions: int


def sure_units(expected: Mapping[str, Any], units: int, seed: int = 1) -> Mapping[str, Sure]:
    """The units that are alone in their case, with what must become of them through their links."""
    found = {}
    for dealt in deal(units, seed):
        (code, *others) = dealt.codes or ("",)
        wanted = expected["units"].get(code)
        if wanted is None or others:
            continue
        kind = dealt.kind.name
        status, codes = OTHERWISE.get(kind, (wanted["status"], wanted["codes"]))
        found[code] = Sure(kind, status, codes, wanted["days_late"], wanted["versions"])
    return found


def upload_all(todo: Sequence[Parcel], post: Post) -> None:
    """Uploads every parcel in its order."""
    for one in todo:
        post(one.code, one.name, one.data, one.moment)


def differing(state: CampaignState, sure: Mapping[str, Sure]) -> list[str]:
    """Units that stand otherwise than they must, in words."""
    lines = {line.code: line for line in state.units}
    found = []
    for code, wanted in sure.items():
        line = lines[code]
        stands = (line.status.value, sorted(item.finding.code for item in line.items), line.days_late, line.versions)
        if stands != (wanted.status, sorted(wanted.codes), wanted.days_late, wanted.versions):
            found.append(f"{code} {wanted.kind}: {stands}, wanted {wanted}")
    return found
