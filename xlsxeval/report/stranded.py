"""Headings that a unit typed into its texts are held to what follows, so that none stands at the foot of a page."""

from __future__ import annotations

import re

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.report.table_xml import element

_STYLE = "报告段落"
_LONGEST = 40
"""Characters; what is longer is a paragraph, whatever it begins with."""
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d))\s*\S")
_ENDS = tuple("。；;：:！!？?，,")


def keep_typed_headings(document: Document) -> None:
    """Keeps short numbered lines without a full stop on the page of the next paragraph."""
    if _STYLE not in document.styles:
        return
    own = document.styles[_STYLE].style_id
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        properties = paragraph.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        if style is None or style.get(qn("w:val")) != own or properties.find(qn("w:keepNext")) is not None:
            continue
        if typed_heading(_text(paragraph)):
            style.addnext(element("w:keepNext"))


def typed_heading(text: str) -> bool:
    """``（五）基金监管工作`` or ``3.创新开展内控试点工作``, not ``1.贯彻执行法律法规。``."""
    text = text.strip()
    return len(text) <= _LONGEST and not text.endswith(_ENDS) and _NUMBERED.match(text) is not None


def _text(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
