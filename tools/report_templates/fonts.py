"""The table of fonts: for each what stands in for it where it is not installed."""

from __future__ import annotations

from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from report_templates.styles import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
CHINESE, WESTERN = "86", "00"
FONTS = (
    (FANGSONG, "仿宋", CHINESE, "modern"),
    (KAITI, "楷体", CHINESE, "modern"),
    (XIAOBIAOSONG, "宋体", CHINESE, "auto"),
    (HEITI, "SimHei", CHINESE, "modern"),
    (SONGTI, "SimSun", CHINESE, "auto"),
    ("Times New Roman", "", WESTERN, "roman"),
)
"""Name, stand-in, character set and family. Windows has 仿宋 and 楷体, not those of GB2312 nor 小标宋."""


def name_fonts(document: OpenDocument) -> None:
    """Adds the part that Word calls fontTable."""
    root = etree.Element(qn("w:fonts"), nsmap={"w": qn("w:x")[1:-2]})
    for name, stand_in, charset, family in FONTS:
        font = etree.SubElement(root, qn("w:font"))
        font.set(qn("w:name"), name)
        for tag, value in (("altName", stand_in), ("charset", charset), ("family", family), ("pitch", "variable")):
            if value:
                etree.SubElement(font, qn(f"w:{tag}")).set(qn("w:val"), value)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE, data, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
