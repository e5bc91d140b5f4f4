"""Families of words that prose uses for one thing: ``(总|)支出(额|)`` is 总支出额, 总支出, 支出额 and 支出."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

_CHOICE = re.compile(r"\(([^()]*)\)")


def phrases_of_families(families: Iterable[str]) -> tuple[str, ...]:
    """Every phrase of some families, each once."""
    return tuple(dict.fromkeys(phrase for family in families for phrase in members(family)))


@lru_cache(maxsize=4096)
def members(family: str) -> tuple[str, ...]:
    """The phrases of one family, in the order in which its choices are written."""
    parts = [part.split("|") if number % 2 else [part] for number, part in enumerate(_CHOICE.split(family))]
    return tuple(phrase for phrase in dict.fromkeys(map("".join, product(*parts))) if phrase)
