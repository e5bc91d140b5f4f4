"""Page numbers on pages across: where those of upright pages are once the sheet is bound (GB/T 9704-2012, 8).

A page across is bound with the others, its head to the left. What is the foot of an upright page is its left edge; the
number stands there, turned by a quarter, below the text block and outside as on every other page.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from docx.document import Document
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from xlsxeval.report.sections import child_of, number_of, page_of

_EMU: Final = 635
"""English metric units, in which drawings are placed, in a twip."""
_FIRST: Final = 9000
"""Numbers of drawings that no chart or picture of a report has."""
_GAP: Final = 57
"""Twips between the number's box and the text block."""

_BOX: Final = (
    f'<w:p {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"'
    ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    '<wp:docPr id="{number}" name="页码{number}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
    "<wps:txbx><w:txbxContent/></wps:txbx>"
    '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/>'
    "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
)


def turn_page_numbers(document: Document) -> None:
    """Gives the sections across footers of their own, with the template's numbers turned. The others keep theirs."""
    turned: dict[str, str] = {}
    for section in document.element.xpath("//w:sectPr"):
        if not page_of(section).landscape:
            continue
        for reference in section.findall(qn("w:footerReference")):
            upright = reference.get(qn("r:id"))
            if upright not in turned:
                turned[upright] = _turned_footer(document, upright, section, len(turned))
            reference.set(qn("r:id"), turned[upright])


def _turned_footer(document: Document, upright: str, section: etree._Element, number: int) -> str:
    """The identifier of a new footer with the paragraphs of another one in a box along the left edge of the page."""
    part, identifier = document.part.add_footer_part()  # type: ignore[no-untyped-call]
    height, margins = page_of(section).text_height, child_of(section, "pgMar")
    footer, bottom, left, top = (number_of(margins, name) for name in ("footer", "bottom", "left", "top"))
    below = bottom - footer
    box = parse_xml(
        _BOX.format(
            left=(left - below) * _EMU,
            top=top * _EMU,
            width=max(below - _GAP, 0) * _EMU,
            height=height * _EMU,
            number=_FIRST + number,
        )
    )
    content = next(box.iter(qn("w:txbxContent")))
    original = document.part.related_parts[upright].element
    content.extend(deepcopy(node) for node in original if node.tag == qn("w:p"))
    part.element[:] = [box]
    return str(identifier)
