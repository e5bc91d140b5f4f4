"""Reads a finished report back: its paragraphs, its tables square by square."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from lxml import etree

_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def opened(data: bytes) -> OpenDocument:
    return Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs]


def paragraph(data: bytes, beginning: str) -> str:
    """The one paragraph that begins so."""
    found = [text for text in paragraphs(data) if text.startswith(beginning)]
    assert len(found) == 1, found
    return found[0]


def numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


@dataclass
class Square:
    """A merged area as the document has it."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def squares(table: etree._Element) -> list[Square]:
    """The areas of a table, in reading order; fails where a continued merge has nothing above it."""
    found: list[Square] = []
    open_above: dict[int, Square] = {}
    grid = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
    for row, line in enumerate(table.findall(qn("w:tr"))):
        column = 0
        for cell in line.findall(qn("w:tc")):
            properties = cell.find(qn("w:tcPr"))
            span = properties.find(qn("w:gridSpan"))
            merge = properties.find(qn("w:vMerge"))
            columns = int(span.get(qn("w:val"))) if span is not None else 1
            text = "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.findall(qn("w:p")))
            if merge is not None and merge.get(qn("w:val")) == "continue":
                above = open_above[column]
                assert above.columns == columns
                assert text == ""
                above.rows += 1
            else:
                square = Square(row, column, 1, columns, text)
                found.append(square)
                open_above[column] = square
            column += columns
        assert column == grid
    return found
