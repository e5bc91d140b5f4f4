"""The figures of a paragraph, and which of them were changed by an edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xlsxeval.narrative.comparison import agrees
from xlsxeval.proofreading.plain_text import plain, wordless
from xlsxeval.quantities import Quantity, SpanKind, scan

_NUMBERING = SpanKind.ORDINAL


@dataclass(frozen=True, slots=True)
class Told:
    """A figure: its text, and what makes it the same as another however it is written (万元, full width)."""

    text: str
    key: tuple[object, ...]
    quantity: Quantity | None

    @property
    def spelled(self) -> bool:
        """Written in Chinese numerals: often a part of a word (进一步), so it counts only against another figure."""
        return self.quantity is not None and self.quantity.spelled


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that became another; one that is gone has no ``new``, one that was added no ``old``."""

    old: str | None
    new: str | None


def figures(text: str) -> tuple[Told, ...]:
    """The figures of a text in order, without numbers of headings and points."""
    return tuple(_told(text))


def in_digits(text: str) -> list[str]:
    """The figures of a text that are written in digits."""
    return [one.text for one in figures(text) if not one.spelled]


def changes(old: str, new: str) -> list[FigureChange]:
    """What became of the figures of a paragraph. Words that changed, another unit and a rounding are no change."""
    before, after = figures(old), figures(new)
    if [one.key for one in before] == [one.key for one in after]:
        return []
    if len(before) == len(after) and wordless(old) == wordless(new):
        return _replaced(before, after)
    if Counter(one.key for one in before) == Counter(one.key for one in after):
        return []  # the sentence was turned round
    found: list[FigureChange] = []
    matcher = SequenceMatcher(None, [one.key for one in before], [one.key for one in after], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            both = min(last - first, end - start)
            found += _replaced(before[first : first + both], after[start : start + both])
            found += [FigureChange(one.text, None) for one in before[first + both : last] if not one.spelled]
            found += [FigureChange(None, one.text) for one in after[start + both : end] if not one.spelled]
    return found


def _told(text: str) -> Iterator[Told]:
    for span in scan(text):
        if span.kind is _NUMBERING:
            continue
        if span.quantities:
            key: tuple[object, ...] = tuple((one.kind, one.unit, one.value) for one in span.quantities)
        else:
            key = (plain(span.text),)
        yield Told(text[span.start : span.end].strip(), key, span.quantity)


def _replaced(before: Sequence[Told], after: Sequence[Told]) -> list[FigureChange]:
    pairs = zip(before, after, strict=True)
    return [FigureChange(old.text, new.text) for old, new in pairs if not _is_same(old, new)]


def _is_same(old: Told, new: Told) -> bool:
    if old.key == new.key:
        return True
    was, now = old.quantity, new.quantity
    if was is None or now is None:
        return False
    if was.kind is not now.kind or was.unit != now.unit:
        return old.spelled or new.spelled
    return now.step > was.step and agrees(now, was.value, now.step * 0)
