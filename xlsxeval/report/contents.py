"""The table of contents (目录): ``{{p contents }}`` in a paragraph of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from markupsafe import Markup

from xlsxeval.intake.submission import Submission
from xlsxeval.report.drawn_sheets import Pen
from xlsxeval.report.errors import ReportError
from xlsxeval.report.table_xml import element
from xlsxeval.report.word_fields import code_run, field_runs, fields, mark_run, tab_run, text_run

BOOKMARK = "_Toc"
INSTRUCTION = 'TOC \\o "1-2" \\f A \\h \\z'
"""Headings of two levels, and what TC fields name for the list A: the attachments."""

_PLACE = "xlsxeval_contents"
_LEVELS = ("Heading 1", "Heading 2")
_STYLES = ("toc 1", "toc 2")
_UNKNOWN = " "


@dataclass(frozen=True, slots=True)
class Contents:
    """Written into a template as ``{{p contents }}`` it marks where the table of contents goes."""

    def __html__(self) -> str:
        return Markup('<w:p><w:bookmarkStart w:id="0" w:name="{0}"/><w:bookmarkEnd w:id="0"/></w:p>').format(_PLACE)


@dataclass(frozen=True, slots=True)
class _Entry:
    level: int
    text: str
    paragraph: etree._Element


def insert_contents(document: Document, submission: Submission) -> None:
    """Writes the table of contents with every entry, its page numbers blank; nothing where the template has no place.

    Word works the numbers out when it opens the document; :mod:`~xlsxeval.report.pages` fills them in before.
    Raises ReportError where the place is not a paragraph of its own, or where a style is missing.
    """
    body = document.element.body
    places = body.xpath(f'.//w:bookmarkStart[@w:name="{_PLACE}"]/parent::w:p')
    if not places:
        return
    place = places[0]
    if len(places) > 1 or place.getparent() is not body:
        raise ReportError("模板里的 {{p contents }} 应单独成段，放在正文里（不在表格里），而且只写一次。")
    pen = Pen(document, submission, [])
    lines = [_line(pen, number, entry) for number, entry in enumerate(_entries(document), start=1)]
    if lines:
        at = 1 if lines[0][0].tag == qn("w:pPr") else 0
        for run in reversed([mark_run("begin", dirty=True), code_run(INSTRUCTION), mark_run("separate")]):
            lines[0].insert(at, run)
        lines[-1].append(mark_run("end"))
    for line in lines:
        place.addprevious(line)
    body.remove(place)


def _entries(document: Document) -> Iterator[_Entry]:
    levels = {document.styles[name].style_id: level for level, name in enumerate(_LEVELS) if name in document.styles}
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = levels.get(style.get(qn("w:val"))) if style is not None else None
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()
        named = [field.instruction for field in fields(paragraph) if field.instruction.startswith("TC ")]
        if level is not None and text:
            yield _Entry(level, text, paragraph)
        elif named:
            yield _Entry(0, named[0].split('"')[1], paragraph)


def _line(pen: Pen, number: int, entry: _Entry) -> etree._Element:
    name = f"{BOOKMARK}{number:08}"
    start = element("w:bookmarkStart", id=number, name=name)
    properties = entry.paragraph.find(qn("w:pPr"))
    entry.paragraph.insert(0 if properties is None else 1, start)
    entry.paragraph.append(element("w:bookmarkEnd", id=number))
    line = pen.paragraph(_STYLES[entry.level])
    link = etree.SubElement(line, qn("w:hyperlink"))
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    link.extend([text_run(entry.text), tab_run(), *field_runs(f"PAGEREF {name} \\h", _UNKNOWN)])
    return line
