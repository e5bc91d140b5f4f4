"""A failing input made smaller, as long as it fails in the same way: parts of a workbook put back as they were."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from tests.fuzz.kinds import KINDS, Kind
from tests.fuzz.packing import packed, parts_of
from tests.fuzz.running import Failure, made, tried
from tests.fuzz.seeds import FILES, seed

MOST = 300
"""How often a failing input is tried again."""
WORKBOOKS = ("bytes", "zip", "xml", "values", "formulas", "seal")


def reduced(kind: Kind, failure: Failure) -> Any:
    """The input of a failure with everything put back that it does not need."""
    given = made(kind, failure.number)
    left = MOST
    while True:
        for smaller in _smaller(kind.name, given):
            left -= 1
            if left < 0:
                return given
            again = tried(KINDS[kind.name], failure.number, smaller)
            if again is not None and again.alike == failure.alike:
                given = smaller
                break
        else:
            return given


def _smaller(name: str, given: Any) -> Iterator[Any]:
    """The input with one of its changes undone, as far as they can be told apart."""
    if name == "calc":
        yield from ({place: text for place, text in given.items() if place != gone} for gone in given if len(given) > 1)
    elif name == "definitions":
        for file, text in given.items():
            lines = text.splitlines(keepends=True)
            if text != FILES[file]:
                yield from ({**given, file: "".join(lines[:at] + lines[at + 1 :])} for at in range(len(lines)))
    elif name in WORKBOOKS:
        before = parts_of(seed().data)
        try:
            after = parts_of(given)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, KeyError):
            return
        for part, content in before.items():
            if part in after and after[part] != content:
                yield packed({**after, part: content})
