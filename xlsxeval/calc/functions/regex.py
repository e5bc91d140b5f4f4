"""Regular expressions in texts: REGEXTEST, REGEXEXTRACT, REGEXREPLACE."""

from __future__ import annotations

import re
from functools import lru_cache

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.functions.text import limited
from xlsxeval.calc.values import CellError, ExcelError, Grid

LONGEST_PATTERN = 1000
_RISKY = re.compile(r"[*+}]\)?\s*[*+{]|\([^()]*[*+][^()]*\)[*+{]")
"""Repeated repetition, which can run without end."""


@lru_cache(maxsize=256)
def pattern_of(text: str, ignore_case: bool = False) -> re.Pattern[str]:
    """A pattern as PCRE writes it. Raises CellError (``#VALUE!``) for one that cannot be read or may run without end."""
    require(len(text) <= LONGEST_PATTERN and _RISKY.search(text.replace("*?", "*").replace("+?", "+")) is None)
    try:
        return re.compile(text, re.IGNORECASE if ignore_case else 0)
    except (re.error, RecursionError, OverflowError):
        raise CellError(ExcelError.VALUE) from None


@function("REGEXTEST(text:text, pattern:text, [case_sensitivity:integer=])")
def regextest(text: str, pattern: str, case: int = 0) -> bool:
    """Whether a pattern is found in a text; 1 takes no account of case."""
    require(case in (0, 1))
    return pattern_of(pattern, case == 1).search(text) is not None


@function("REGEXEXTRACT(text:text, pattern:text, [return_mode:integer=], [case_sensitivity:integer=])", array=True)
def regexextract(text: str, pattern: str, mode: int = 0, case: int = 0) -> str | Grid:
    """The first match of a pattern, all matches (1), or the groups of the first (2)."""
    require(mode in (0, 1, 2) and case in (0, 1))
    first = pattern_of(pattern, case == 1).search(text)
    if first is None:
        raise CellError(ExcelError.NA)
    if mode == 0:
        return first[0]
    if mode == 1:
        found = [match[0] for match in pattern_of(pattern, case == 1).finditer(text)]
        return Grid(1, len(found), found)
    groups = [group or "" for group in first.groups()]
    require(bool(groups))
    return Grid(1, len(groups), groups)


@function("REGEXREPLACE(text:text, pattern:text, replacement:text, [occurrence:integer=], [case_sensitivity:integer=])")
def regexreplace(text: str, pattern: str, new: str, number: int = 0, case: int = 0) -> str:
    """A text with the matches of a pattern replaced: all, or one of them by its number, from the end if negative."""
    require(case in (0, 1))
    matches = list(pattern_of(pattern, case == 1).finditer(text))
    if number:
        place = number - 1 if number > 0 else len(matches) + number
        matches = [matches[place]] if 0 <= place < len(matches) else []
    template = re.sub(r"\$(\d+)", r"\\g<\1>", new.replace("\\", "\\\\"))
    pieces: list[str] = []
    end = 0
    try:
        for match in matches:
            pieces += [text[end : match.start()], match.expand(template)]
            end = match.end()
    except (re.error, IndexError):
        raise CellError(ExcelError.VALUE) from None
    return limited("".join(pieces) + text[end:])
