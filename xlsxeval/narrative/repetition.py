"""How much of a text was there before: sentences that stand word for word in an earlier one, whatever year they name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LEAST = 12
"""Shorter sentences and headings are the same in any two reports."""
_END = re.compile(r"[。！？；!?;\n\r]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEFT_OUT = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Repeated:
    """``same`` of ``all`` characters stand in sentences that were there before; ``longest`` is such a sentence as written."""

    same: int
    all: int
    longest: str

    @property
    def share(self) -> float:
        return self.same / self.all if self.all else 0.0


def repeated(now: str, before: str) -> Repeated:
    """What a text has in common with an earlier one. Signs, blanks, widths and the numbers of years make no difference."""
    known = {core for _, core in _sentences(before)}
    found = list(_sentences(now))
    old = [(written, core) for written, core in found if core in known]
    longest = max((written for written, _ in old), key=len, default="")
    return Repeated(sum(len(core) for _, core in old), sum(len(core) for _, core in found), longest)


def _sentences(text: str) -> list[tuple[str, str]]:
    """The sentences that are long enough, as written and as compared."""
    written = [part.strip() for part in _END.split(text)]
    pairs = [(one, _LEFT_OUT.sub("", _YEAR.sub("Y", unicodedata.normalize("NFKC", one)))) for one in written]
    return [(one, core) for one, core in pairs if len(core) >= _LEAST]
