"""Tags in Word's XML: a part of a template becomes Jinja source, and what Jinja made of it becomes a part of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from xlsxeval.report.errors import ReportError

_TAG: Final = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)
_OWNED: Final = re.compile(r"(\{[{%#])(p|tr|tc)(?=\s)")
_MARK: Final = re.compile("\ufdd0([0-9]+)\ufdd1|<\\?tag ([0-9]+)\\?>")
_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST_ID: Final = 1000


def jinja_source(root: etree._Element) -> str:
    """The Jinja source of a part: its XML, with every tag as it was typed, in one piece and in its place.

    Word parts a tag among runs and escapes what is in it; a tag with a letter (``{%p``, ``{%tr``, ``{%tc``) stands for the
    paragraph, row or cell that it is in. The part itself stays as it is.
    """
    root, tags = deepcopy(root), list[str]()
    for paragraph in list(root.iter(qn("w:p"))):
        _gather(_texts(paragraph))
    for text in list(root.iter(qn("w:t"))):
        if text.text and _TAG.search(text.text):
            _mark(text, tags)
    return _MARK.sub(lambda found: tags[int(found[1] or found[2])], etree.tostring(root, encoding="unicode"))


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """The texts of a paragraph, without those of paragraphs in its text boxes."""
    found = paragraph.iter(qn("w:t"))
    return [text for text in found if next(text.iterancestors(qn("w:p")), None) is paragraph]


def _gather(texts: list[etree._Element]) -> None:
    """Moves every tag that is spread over several texts into the first of them."""
    starts, whole = list[int](), ""
    for text in texts:
        starts.append(len(whole))
        whole += text.text or ""
    for found in reversed(list(_TAG.finditer(whole))):
        first = max(number for number, start in enumerate(starts) if start <= found.start())
        last = max(number for number, start in enumerate(starts) if start < found.end())
        if first == last:
            continue
        texts[first].text = (texts[first].text or "")[: found.start() - starts[first]] + found[0]
        for text in texts[first + 1 : last]:
            text.text = ""
        texts[last].text = (texts[last].text or "")[found.end() - starts[last] :]


def _mark(text: etree._Element, tags: list[str]) -> None:
    """Puts marks in place of a text's tags, or one in place of the paragraph, row or cell that a tag stands for."""
    owned = _OWNED.search(text.text or "")
    if owned is not None:
        owner = next(text.iterancestors(qn(f"w:{owned[2]}")), None)
        above = owner.getparent() if owner is not None else None
        if owner is not None and above is not None:
            found = _TAG.search(text.text or "", owned.start())
            above.replace(owner, etree.ProcessingInstruction("tag", str(len(tags))))
            tags.append(_OWNED.sub(r"\1", found[0] if found else "", count=1).translate(_QUOTES))
            return

    def marked(found: re.Match[str]) -> str:
        tags.append(found[0].translate(_QUOTES))
        return f"\ufdd0{len(tags) - 1}\ufdd1"

    text.text = _TAG.sub(marked, text.text or "")
    text.set(_SPACE, "preserve")


def rendered_part(xml: str) -> etree._Element:
    """The element that a rendered part is, its tables and identifiers put right. Raises ReportError where it is no XML."""
    try:
        root: etree._Element = parse_xml(xml)
    except etree.XMLSyntaxError as error:
        raise ReportError(
            "模板填写后不成文档：多半是 {%p … %} 没有单独成段，或者 {% if %}、{% for %} 跨越了段落、表格的边界。"
            "请检查成对的标记；有一段文字特别长的（一千万字以上），请删短。"
        ) from error
    for table in root.iter(qn("w:tbl")):
        _fit_grid(table)
    drawings = root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    for number, drawing in enumerate(drawings, start=_FIRST_ID):
        drawing.set("id", str(number))
    return root


def _fit_grid(table: etree._Element) -> None:
    """Gives a table as many grid columns as its longest row has, of one width, where a loop made more or fewer cells."""
    grid = table.find(qn("w:tblGrid"))
    rows = [[_span(cell) for cell in row.iterchildren(qn("w:tc"))] for row in table.iterchildren(qn("w:tr"))]
    before = [sum(_beside(row)) for row in table.iterchildren(qn("w:tr"))]
    longest = max((sum(spans) + more for spans, more in zip(rows, before, strict=True)), default=0)
    columns = [] if grid is None else list(grid.iterchildren(qn("w:gridCol")))
    if grid is None or not longest or longest == len(columns):
        return
    width = sum(int(column.get(qn("w:w"), "0")) for column in columns) // longest
    for column in columns:
        grid.remove(column)
    for _ in range(longest):
        etree.SubElement(grid, qn("w:gridCol")).set(qn("w:w"), str(width))
    for cell in table.iterfind(f"{qn('w:tr')}/{qn('w:tc')}"):
        told = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        if told is not None:
            told.set(qn("w:w"), str(width * _span(cell)))


def _span(cell: etree._Element) -> int:
    told = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if told is None else int(told.get(qn("w:val"), "1"))


def _beside(row: etree._Element) -> Iterator[int]:
    """Grid columns that a row leaves out before and behind its cells."""
    for name in ("w:gridBefore", "w:gridAfter"):
        told = row.find(f"{qn('w:trPr')}/{qn(name)}")
        yield 0 if told is None else int(told.get(qn("w:val"), "0"))
