"""How much is told of one file: so much as a person looks through, and how much more there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, TypeVar

from xlsxeval.model import Finding
from xlsxeval.rules.hit import Hit

MOST_OF_A_RULE: Final = 500
"""Findings of one rule in one file that are listed one by one; the rest is counted."""
MOST_TEXT: Final = 1_000_000
"""Characters that the findings of one file quote whole, some thirty full cells; from there on each text is cut."""
_CUT: Final = 200
Text = TypeVar("Text", str, str | None)


def listed(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits of one rule in one file up to the bound, then one that counts the rest."""
    rest = iter(hits)
    yield from islice(rest, MOST_OF_A_RULE)
    more = sum(1 for _ in rest)
    if more:
        yield Hit(f"这条规则另有 {more} 处，没有逐条列出", aspect="more")


def quoted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one file in their order, with long texts cut once the bound is reached."""
    left = MOST_TEXT
    for one in findings:
        left -= sum(len(text or "") for text in (one.message, one.shown, one.expected, one.working))
        if left < 0:
            one = replace(
                one,
                message=_cut(one.message),
                shown=_cut(one.shown),
                expected=_cut(one.expected),
                working=_cut(one.working),
            )
        yield one


def _cut(text: Text) -> Text:
    return text if text is None or len(text) <= _CUT else f"{text[:_CUT]}…（共 {len(text)} 个字符）"
