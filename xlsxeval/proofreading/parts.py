"""A document as its parts: what stands before the first chapter, the chapters, the attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlsxeval.model import Place
from xlsxeval.proofreading.document import Document, DocumentTable, Paragraph
from xlsxeval.proofreading.plain_text import plain

FRONT = "封面"
_HEADING = "标题"
_MARK = re.compile(r"附件(?:\d{1,3}(?:-\d{1,3})?)?")
_CONTENTS = ("toc", "contents", "目录")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its place: part of the report, and which paragraph of it (第3段, 标题)."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """``name`` is the chapter's heading or the attachment's mark (附件3-1)."""

    name: str
    attachment: bool
    lines: tuple[Line, ...]
    tables: tuple[DocumentTable, ...]

    def place(self, table: int, row: int, cell: int) -> Place:
        """The place of a cell, all counted from 0: 第4行第2格, with the table where there are several."""
        which = f"表{table + 1} " if len(self.tables) > 1 else ""
        return Place(self.name, f"{which}第{row + 1}行第{cell + 1}格")


def parts(document: Document) -> tuple[DocumentPart, ...]:
    """The parts in order. The table of contents is left out: it repeats the headings."""
    return tuple(_parts(document))


def _parts(document: Document) -> Iterator[DocumentPart]:
    name, attachment = FRONT, False
    paragraphs: list[Paragraph] = []
    tables: list[DocumentTable] = []
    for block in document.blocks:
        if isinstance(block, DocumentTable):
            tables.append(block)
            continue
        if block.style.casefold().startswith(_CONTENTS):
            continue
        mark = _MARK.fullmatch(plain(block.text))
        if block.level == 1 or mark:
            if paragraphs or tables:
                yield DocumentPart(name, attachment, tuple(_lines(name, paragraphs)), tuple(tables))
            name, attachment = mark.group() if mark else " ".join(block.text.split())[:_LONGEST], mark is not None
            paragraphs, tables = [], []
        paragraphs.append(block)
    yield DocumentPart(name, attachment, tuple(_lines(name, paragraphs)), tuple(tables))


def _lines(name: str, paragraphs: Iterable[Paragraph]) -> Iterator[Line]:
    """The lines of a part; a chapter's own heading is not counted."""
    number = 0
    for index, paragraph in enumerate(paragraphs):
        own_heading = index == 0 and name != FRONT
        number += not own_heading
        yield Line(paragraph.text, paragraph.level, Place(name, _HEADING if own_heading else f"第{number}段"))
