"""A Word document as a reader sees it: paragraphs and tables in order, tracked changes accepted, comments left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is not blank. ``level`` is 1 and more for a heading; ``style`` the name that people see."""

    text: str
    style: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """A cell of a table, its paragraphs as lines. ``continued``: it only goes on with the merged cell above.

    ``column`` is the first of the ``columns`` of the table's grid that it covers, from 1. Programs divide the same table
    into other grids, so these count in no comparison.
    """

    text: str
    continued: bool = False
    column: int = field(default=1, compare=False)
    columns: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """The rows of a table; a cell over several columns stands once, as Word counts them.

    ``widths`` are those of the grid's columns in twentieths of a point, where the document has them.
    """

    rows: tuple[tuple[DocumentCell, ...], ...]
    widths: tuple[int, ...] = field(default=(), compare=False)


Block = Paragraph | DocumentTable


@dataclass(frozen=True, slots=True)
class Document:
    """``revisions`` counts the tracked changes; ``properties`` are the custom ones (文件 → 信息)."""

    blocks: tuple[Block, ...] = ()
    revisions: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
