"""A stretch of a paragraph's text as whole runs, so that something can be anchored to it."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree


@dataclass(frozen=True, slots=True)
class RunSpan:
    """The first and the last run of a stretch of text; they are children of one paragraph."""

    first: etree._Element
    last: etree._Element


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph's own runs, without line breaks."""
    return "".join(text.text or "" for text in _texts(paragraph))


def whole(paragraph: etree._Element) -> RunSpan:
    """All runs of a paragraph; an empty one gets a run without text."""
    runs = [run for run in paragraph.iterchildren(qn("w:r")) if run.find(qn("w:t")) is not None]
    if not runs:
        runs = [etree.SubElement(paragraph, qn("w:r"))]
    return RunSpan(runs[0], runs[-1])


def part(paragraph: etree._Element, start: int, end: int) -> RunSpan:
    """The characters from ``start`` up to ``end`` of :func:`text_of`; runs are divided where they begin or end inside."""
    _divide(paragraph, start)
    _divide(paragraph, end)
    inside = []
    position = 0
    for run in paragraph.iterchildren(qn("w:r")):
        after = position + sum(len(text.text or "") for text in run.iterchildren(qn("w:t")))
        if start <= position < after <= end:
            inside.append(run)
        position = after
    return RunSpan(inside[0], inside[-1]) if inside else whole(paragraph)


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    return paragraph.findall(f"{qn('w:r')}/{qn('w:t')}")


def _divide(paragraph: etree._Element, offset: int) -> None:
    """Makes a run begin at ``offset``; the new run keeps the look."""
    position = 0
    for run in paragraph.iterchildren(qn("w:r")):
        for text in run.iterchildren(qn("w:t")):
            words = text.text or ""
            inside = offset - position
            position += len(words)
            if 0 <= inside < len(words):
                _cut(run, text, inside)
                return


def _cut(run: etree._Element, text: etree._Element, inside: int) -> None:
    """Moves what follows the first ``inside`` characters of one of a run's texts into a run of its own."""
    properties = run.find(qn("w:rPr"))
    following = [text, *text.itersiblings()]
    rest = etree.Element(qn("w:r"))
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    if inside:
        before = copy.deepcopy(text)
        before.text, text.text = (text.text or "")[:inside], (text.text or "")[inside:]
        for piece in (before, text):
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.addprevious(before)
    run.addnext(rest)
    rest.extend(following)
