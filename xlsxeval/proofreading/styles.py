"""The styles of a document: the name of each, and which level of heading it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlsxeval.intake.package import Package
from xlsxeval.intake.schema import Attributes, Element, Schema

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
"""What stands before the names of WordprocessingML, as the parser gives them."""
VAL = f"{W}val"
_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_DEEPEST = 12
"""Styles that are based on one another are followed so far; a circle ends there."""


@dataclass(slots=True)
class Style:
    """``level`` is 1 and more for a heading, 0 for what says nothing of it."""

    name: str = ""
    based_on: str = ""
    level: int = 0


def read_styles(package: Package, part: str | None) -> Mapping[str, Style]:
    """The styles by id, with the levels that they take from those they are based on."""
    found: dict[str, Style] = {}
    if part is None or part not in package:
        return found
    current = Style()

    def style(attributes: Attributes) -> None:
        nonlocal current
        current = found.setdefault(attributes.get(f"{W}styleId", ""), Style())

    def name(attributes: Attributes) -> None:
        current.name = attributes.get(VAL, "")[:80]
        if heading := _HEADING.fullmatch(current.name.strip()):
            current.level = int(heading[1])

    def based_on(attributes: Attributes) -> None:
        current.based_on = attributes.get(VAL, "")

    def outline(attributes: Attributes) -> None:
        current.level = level_of(attributes)

    inside = {
        f"{W}name": Element(name),
        f"{W}basedOn": Element(based_on),
        f"{W}pPr": Element(children={f"{W}outlineLvl": Element(outline)}),
    }
    schema = Schema()
    schema.root.children[f"{W}styles"] = Element(children={f"{W}style": Element(style, cost=20, children=inside)})
    package.parse(part, schema)
    for one in found.values():
        one.level = one.level or _inherited(one, found)
    return found


def level_of(attributes: Attributes) -> int:
    """The level of a heading that ``w:outlineLvl`` gives; 9 there means plain text."""
    text = attributes.get(VAL, "")
    return int(text) + 1 if text in set("012345678") else 0


def _inherited(style: Style, styles: Mapping[str, Style]) -> int:
    for _ in range(_DEEPEST):
        below = styles.get(style.based_on)
        if below is None or below.level:
            return below.level if below else 0
        style = below
    return 0
