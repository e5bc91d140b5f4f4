"""The paragraphs of the edited report against those of the one that is made today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from xlsxeval.model import Place
from xlsxeval.proofreading.alignment import aligned
from xlsxeval.proofreading.figures import FigureChange, changes, in_digits
from xlsxeval.proofreading.parts import DocumentPart, Line
from xlsxeval.proofreading.plain_text import plain, wordless

_ALIKE = 0.5
_LONG = 3_000
"""Of longer paragraphs the beginning is weighed."""


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A paragraph whose figures are not what they were. ``old`` or ``new`` is None where it was added or deleted."""

    old: Line | None
    new: Line | None
    changes: tuple[FigureChange, ...]


@dataclass(frozen=True, slots=True)
class TextChanges:
    """What an edit did to the paragraphs. ``origin`` leads from the place of a paragraph to what it was.

    ``missing`` are headings that are gone; one below a heading that is gone too is not listed.
    """

    figures: tuple[EditedLine, ...]
    missing: tuple[Line, ...]
    origin: Mapping[Place, Line]


def compare_texts(old: Sequence[DocumentPart], new: Sequence[DocumentPart]) -> TextChanges:
    """What differs in figures and headings; words that changed are no difference."""
    before = [line for part in old for line in part.lines]
    after = [line for part in new for line in part.lines]
    pairs = aligned(before, after, lambda line: plain(line.text), _likeness)
    origin = {after[became].place: before[was] for was, became in pairs if was is not None and became is not None}
    gone = {was for was, became in pairs if became is None and was is not None}
    missing = list(_missing(before, gone))
    edited: list[EditedLine] = []
    for was, became in pairs:
        one = None if was is None else before[was]
        other = None if became is None else after[became]
        if one is not None and other is not None:
            found = changes(one.text, other.text)
            if found:
                edited.append(EditedLine(one, other, tuple(found)))
        elif other is not None:
            edited.append(EditedLine(None, other, tuple(FigureChange(None, text) for text in in_digits(other.text))))
        elif one is not None and not _is_below(one, missing):
            edited.append(EditedLine(one, None, tuple(FigureChange(text, None) for text in in_digits(one.text))))
    return TextChanges(tuple(_without_moved(edited)), tuple(missing), origin)


def _without_moved(edited: Sequence[EditedLine]) -> Iterator[EditedLine]:
    """The changes without figures that only went to another paragraph: paragraphs are divided and joined."""
    every = [change for line in edited for change in line.changes]
    gone = Counter(plain(change.old) for change in every if change.old and change.new is None)
    came = Counter(plain(change.new) for change in every if change.new and change.old is None)
    moved = gone & came
    left = {"gone": moved.copy(), "came": moved.copy()}
    for line in edited:
        kept = []
        for change in line.changes:
            side = "gone" if change.new is None else "came"
            figure = plain(change.old or "") if change.new is None else plain(change.new)
            if (change.old is None or change.new is None) and left[side][figure]:
                left[side][figure] -= 1
            else:
                kept.append(change)
        if kept:
            yield replace(line, changes=tuple(kept))


def _likeness(old: Line, new: Line) -> float:
    if bool(old.level) != bool(new.level):
        return 0.0
    words = wordless(old.text)[:_LONG], wordless(new.text)[:_LONG]
    if words[0] == words[1]:
        return 1.0
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _missing(lines: Sequence[Line], gone: Iterable[int]) -> Iterator[Line]:
    """The headings that are gone, without those below another that is."""
    lost = set(gone)
    above: dict[int, bool] = {}
    for index, line in enumerate(lines):
        if line.level:
            above = {level: gone for level, gone in above.items() if level < line.level}
            if index in lost and not any(above.values()):
                yield line
            above[line.level] = index in lost


def _is_below(line: Line, missing: Iterable[Line]) -> bool:
    """Whether a paragraph went with its chapter."""
    return any(line.place.sheet == heading.place.sheet and heading.level == 1 for heading in missing)
