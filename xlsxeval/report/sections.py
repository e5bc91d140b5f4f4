"""Sections of a Word document: the page that they describe, upright or turned."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

_ROTATION = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page in twips; ``text_width`` and ``text_height`` are what lies between its margins."""

    width: int
    height: int
    text_width: int
    text_height: int

    @property
    def landscape(self) -> bool:
        return self.width > self.height


def page_of(section: etree._Element) -> PageSize:
    """The page of a ``w:sectPr``."""
    size, margins = child_of(section, "pgSz"), child_of(section, "pgMar")
    width, height = number_of(size, "w"), number_of(size, "h")
    across, down = (sum(number_of(margins, edge) for edge in pair) for pair in (("left", "right"), ("top", "bottom")))
    return PageSize(width, height, width - across, height - down)


def turned(section: etree._Element, *, landscape: bool) -> None:
    """Turns a section's page: the text block keeps its measure, and each margin goes with its edge.

    The page number keeps its distance from the text block.
    """
    if page_of(section).landscape == landscape:
        return
    size, margins = child_of(section, "pgSz"), child_of(section, "pgMar")
    width, height = size.get(qn("w:w"), ""), size.get(qn("w:h"), "")
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    _unset(size, "orient")
    if landscape:
        size.set(qn("w:orient"), "landscape")
    old = {edge: number_of(margins, edge) for edge in _ROTATION}
    gap = old["bottom"] - number_of(margins, "footer")
    for edge, source in _ROTATION.items():
        margins.set(qn(f"w:{edge}"), str(old[source] if landscape else old[_source_of(edge)]))
    margins.set(qn("w:footer"), str(max(number_of(margins, "bottom") - gap, 0)))
    grid = section.find(qn("w:docGrid"))
    if grid is not None:
        _unset(grid, "type")


def without_number_start(section: etree._Element) -> None:
    """Lets the section's pages be counted on from the section before."""
    numbers = section.find(qn("w:pgNumType"))
    if numbers is not None:
        _unset(numbers, "start")


def _source_of(edge: str) -> str:
    return next(target for target, source in _ROTATION.items() if source == edge)


def child_of(section: etree._Element, name: str) -> etree._Element:
    """A part of a section that every section has."""
    child = section.find(qn(f"w:{name}"))
    assert child is not None
    return child


def _unset(node: etree._Element, name: str) -> None:
    if qn(f"w:{name}") in node.attrib:
        del node.attrib[qn(f"w:{name}")]


def number_of(node: etree._Element, name: str) -> int:
    """A measure of a section in twips; 0 where it has none."""
    return int(float(node.get(qn(f"w:{name}"), "0")))
