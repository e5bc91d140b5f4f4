"""Texts that make a regular expression work hardest, derived from the expression itself.

For each repetition in it: what comes before, then what it repeats many times over, then something that fits nothing. A
search that tries every start of such a text, or every way to divide it, takes a time that grows with its square or faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ALPHABET = "0a一 .,%:!-/'\"()<>=*#&_^年①９\n\t万¥"
"""Characters that stand for the classes that expressions distinguish; then what fits nothing."""
_MANY = 300
ENDS = ("\x00", "!", "一", "")


@dataclass(frozen=True)
class HardText:
    """A text that can be made of any length."""

    prefix: str
    pump: str
    end: str

    def of(self, length: int) -> str:
        """The text with so many characters between its beginning and its end."""
        return self.prefix + (self.pump * (length // len(self.pump) + 1))[:length] + self.end


def hard_texts(pattern: re.Pattern[Any]) -> list[HardText]:
    """Hard texts for one expression, each once."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = parser.parse(text, pattern.flags & (re.VERBOSE | re.IGNORECASE | re.DOTALL | re.MULTILINE))
    pumps = dict.fromkeys((prefix, pump) for prefix, pump in _pumps(tree, pattern.flags & re.IGNORECASE) if pump)
    ends = ENDS if len(pumps) < _MANY else ENDS[:1]
    return [HardText(prefix, pump, end) for prefix, pump in pumps for end in ends]


def _pumps(tree: Any, flags: int, before: str = "") -> Iterator[tuple[str, str]]:
    """Every repetition without a small bound: a text that leads to it, and texts that it repeats."""
    prefix = before
    for op, value in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most is ops.MAXREPEAT or most > 50:
                for pump in dict.fromkeys((_sample(inner, flags), *_members(inner, flags))):
                    yield prefix, pump
                    yield "", prefix + pump
            yield from _pumps(inner, flags, prefix)
        elif op is ops.SUBPATTERN:
            yield from _pumps(value[-1], flags, prefix)
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, flags, prefix)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _pumps(value[1], flags, prefix)
        elif op is getattr(ops, "ATOMIC_GROUP", None):
            yield from _pumps(value, flags, prefix)
        prefix += _sample([(op, value)], flags)
    if prefix != before:
        yield "", prefix[len(before) :]


def _members(inner: Any, flags: int) -> Iterator[str]:
    """Single characters that a repeated class takes."""
    if len(inner) == 1 and inner[0][0] in (ops.IN, ops.NOT_LITERAL, ops.ANY, ops.CATEGORY):
        yield from [char for char in ALPHABET if _fits(inner, char, flags)][:6]


def _sample(items: Sequence[Any], flags: int) -> str:
    """A text that the items match, as far as that is easily said."""
    made = ""
    for op, value in items:
        if op is ops.LITERAL:
            made += chr(value)
        elif op in (ops.NOT_LITERAL, ops.ANY, ops.IN):
            made += _one_of(op, value, flags)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            least, _, inner = value
            made += _sample(inner, flags) * max(1, min(least, 3))
        elif op is ops.SUBPATTERN:
            made += _sample(value[-1], flags)
        elif op is ops.BRANCH:
            made += _sample(value[1][0], flags)
        elif op is getattr(ops, "ATOMIC_GROUP", None):
            made += _sample(value, flags)
    return made


def _one_of(op: Any, value: Any, flags: int) -> str:
    if op is ops.IN:
        for kind, what in value:
            if kind is ops.LITERAL and value[0][0] is not ops.NEGATE:
                return chr(what)
            if kind is ops.RANGE and value[0][0] is not ops.NEGATE:
                return chr(what[0])
    return next((char for char in ALPHABET if _fits([(op, value)], char, flags)), "a")


def _fits(items: Any, char: str, flags: int) -> bool:
    state = parser.State()
    state.str = ""
    state.flags = flags
    tree = parser.SubPattern(state, list(items))
    try:
        from re import _compiler as compiler  # type: ignore[attr-defined]

        return compiler.compile(tree, flags).fullmatch(char) is not None  # type: ignore[no-any-return]
    except Exception:
        return False
