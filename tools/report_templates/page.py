"""An empty document with the page of GB/T 9704-2012, and page numbers outside on odd and even pages."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from report_templates.fonts import name_fonts
from report_templates.style import insert
from report_templates.styles import make_styles
from report_templates.writing import add, add_field

KEPT_STYLES = {
    "Normal",
    "Heading1",
    "Heading2",
    "Heading3",
    "Title",
    "Footer",
    "DefaultParagraphFont",
    "TableNormal",
    "NoList",
}


RIGHT, LEFT = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


def new_document() -> OpenDocument:
    """An empty document with our page and our styles."""
    document = Document()
    strip(document)
    modernise(document)
    make_styles(document)
    name_fonts(document)
    make_pages(document)
    return document


def strip(document: OpenDocument) -> None:
    """Takes out what python-docx's own template brings and nobody needs."""
    unwanted = (
        "thumbnail",
        "customXml",
        "stylesWithEffects",
        "numbering",
        "webSettings",
        "fontTable",
        "extended-properties",
    )
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(unwanted)]:
            del relations[key]
    styles = document.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        if style.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.remove(style)
            continue
        for name in ("w:link", "w:next"):
            for child in style.findall(qn(name)):
                style.remove(child)


def modernise(document: OpenDocument) -> None:
    """Settings of a Chinese document of Word 2013 and later; python-docx brings those of a Japanese Mac of 2011."""
    settings = document.settings.element
    for name in ("w:rsids", "w:proofState", "w:savePreviewPicture", "w:doNotAutoCompressPictures", "w14:docId"):
        for child in settings.xpath(f"./*[name()='{name}']"):
            settings.remove(child)
    for option in settings.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        option.set(qn("w:val"), "15")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    section = document.sections[0]._sectPr
    for name in list(section.attrib):
        del section.attrib[name]


def make_pages(document: OpenDocument) -> None:
    """A cover without a number, then the text, counted from 1, numbers outside on odd and even pages."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    for columns in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(columns)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")


def number_pages(section: Any) -> None:
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    insert(section._sectPr, start, "w:cols", "w:titlePg", "w:docGrid")
    for footer, align, side in ((section.footer, RIGHT, "right"), (section.even_page_footer, LEFT, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        margin = paragraph._p.get_or_add_pPr().get_or_add_ind()
        margin.set(qn(f"w:{side}Chars"), "100")
        margin.set(qn(f"w:{side}"), "280")
        add(paragraph, "— ")
        add_field(paragraph, "PAGE")
        add(paragraph, " —")
