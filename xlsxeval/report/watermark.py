"""A watermark across every page: a drawn text in the headers, behind everything, as Word itself makes one."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree
from markupsafe import escape

OPEN_ERRORS = "有错误未改 仅供内部查看"

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_HEIGHT = 40
"""Points; a Chinese character is as wide as it is high."""
_COLOUR = "#c8c8c8"
"""Seen in print, and black text on it stays legible."""

_RUN = """<w:r {namespaces}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>
<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t"
 shapetype="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;z-index:-251658752;\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;\
mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="{colour}" stroked="f">
<v:fill opacity=".6"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{text}"/>
<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""


def stamp(document: Document, text: str) -> None:
    """Puts the text across every page of the document: first, odd and even pages of every section."""
    number = 1
    for index, section in enumerate(document.sections):
        for header in (section.header, section.first_page_header, section.even_page_header):
            if index and header.is_linked_to_previous:
                continue  # it shows what the section before shows
            _stamp(header, text, number)
            number += 1


def _stamp(header: Any, text: str, number: int) -> None:
    if header.is_linked_to_previous:
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]._p
        _flatten(paragraph)
    else:
        paragraph = header.paragraphs[0]._p if header.paragraphs else header.add_paragraph()._p
    width = sum(_HEIGHT if ord(letter) > 0x2E7F else _HEIGHT / 2 for letter in text)
    paragraph.append(
        parse_xml(
            _RUN.format(
                namespaces=_NAMESPACES,
                number=number,
                spid=2048 + number,
                width=width,
                height=_HEIGHT,
                colour=_COLOUR,
                text=escape(text),
            )
        )
    )


def _flatten(paragraph: etree._Element) -> None:
    """A header that is there for the watermark alone takes no room from the text."""
    properties = paragraph.get_or_add_pPr()  # type: ignore[attr-defined]
    for child in list(properties):
        properties.remove(child)
    spacing = etree.SubElement(properties, qn("w:spacing"))
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
