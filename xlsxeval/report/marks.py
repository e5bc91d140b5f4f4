"""Tags that stand for a whole paragraph, row or cell: they take its place, and whatever is beside them is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from xlsxeval.report.errors import ReportError

_PLACES = {"p": ("w:p", "单独成段"), "tr": ("w:tr", "单独占表格的一行"), "tc": ("w:tc", "单独占表格的一格")}
_ANY = re.compile(r"\{[{%#](p|tr|tc)\s")
_ALONE = {
    kind: re.compile(rf"\s*(\{{%{kind}\s[^%}}]*%\}}|\{{\{{{kind}\s[^%}}]*\}}\}}|\{{#{kind}\s[^#}}]*#\}})\s*")
    for kind in _PLACES
}


def check_marks(document: Document) -> None:
    """Raises ReportError for a ``{%p … %}`` that has company in its paragraph, or ``%`` or ``}`` inside."""
    for root in _parts(document):
        for paragraph in root.iter(qn("w:p")):
            text = _text(paragraph)
            found = _ANY.search(text)
            if found is None:
                continue
            kind = found[1]
            tag, alone = _PLACES[kind]
            owner = paragraph if kind == "p" else next(paragraph.iterancestors(qn(tag)), None)
            if owner is None:
                raise ReportError(f"在「{text[:80]}」处：{{%{kind} … %}} 只能写在表格里。")
            if not _ALONE[kind].fullmatch(_text(owner)):
                raise ReportError(
                    f"在「{text[:80]}」处：{{%{kind} … %}} 这样的标记应{alone}，旁边的文字会丢掉；"
                    "标记里面不能有 % 或 }。写在一句话里的，请用不带字母的 {% … %}。"
                )


def _parts(document: Document) -> Iterator[etree._Element]:
    yield document.element.body
    for section in document.sections:
        for part in (section.header, section.footer, section.even_page_header, section.even_page_footer):
            if not part.is_linked_to_previous:
                yield part._element


def _text(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))
