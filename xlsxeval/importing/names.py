"""Names of fields, made from the printed headings: ``三公经费.决算数``. Letters of any script may stand in a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxeval.importing.headings import Headings
from xlsxeval.importing.texts import plain

_LONGEST = 24
_ASIDE = re.compile(r"[（(][^）)]{0,200}[)）]")
_CELL = re.compile(r"^[A-Za-z]{1,3}[0-9]+$")


class Names:
    """Gives every field a name of its own; no name is that of a group of others."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """The name, with a number behind it where it is taken."""
        found = _free(name, self._taken)
        self._taken.add(found)
        return found

    def block(self, heading: str, fields: set[str]) -> str:
        """A name for a block of lines; no name of another field begins with it."""
        heads = {name.partition(".")[0] for name in fields}
        found = _free(heading or "明细", self._taken | heads)
        self._taken.add(found)
        return found

    def field(self, around: Headings, row: int, column: int) -> str:
        """The name of a field outside blocks: heading of the row, then of the column; ``第5行.第3列`` without any."""
        beside = [part(text) for text in around.beside[:1]]
        above = [] if around.keyed else [part(text) for text in around.above[:1]]
        parts = [name for name in (*beside, *above) if name]
        return self.take(".".join(parts) or f"第{row}行.第{column}列")

    @staticmethod
    def short(headings: Sequence[str], column: int, taken: set[str]) -> str:
        """The name of a field inside a block: the heading of its column."""
        names = [part(text) for text in headings[:1]]
        return _free(next((name for name in names if name), f"第{column}列"), taken)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def part(heading: str) -> str:
    """One part of a name: no numbering, no remark in brackets, no signs; empty where nothing is left."""
    name = plain(heading)
    name = _ASIDE.sub("", name) or name
    name = re.sub(r"[^\w]+", "_", name).strip("_")[:_LONGEST]
    if name and not re.match(r"[^\W\d]", name):
        name = f"年_{name}" if re.match(r"[0-9]{4}年", name) else f"第_{name}"
    if _CELL.match(name) or (name.isascii() and name.casefold() in ("true", "false")):
        name += "_"
    return name
