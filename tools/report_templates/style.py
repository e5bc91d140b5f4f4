"""One style at a time: fonts, size, line pitch and indents, in the order of elements that Word demands."""

from __future__ import annotations

from typing import Any

from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

LATIN = "Times New Roman"
PITCH = Pt(28.95)  # 22 lines must fit into 225 mm; 29 pt would leave room for 21
CLOSER = -5  # twentieths of a point: 28 characters of 16 pt must fit into 156 mm, without it 27 do
STYLE_IDS = {
    "报告段落": "ReportText",
    "封面标题": "CoverTitle",
    "封面单位": "CoverText",
    "附件说明": "AttachmentList",
    "附件说明续": "AttachmentListNext",
    "落款": "ReportSignature",
    "附件标记": "AttachmentMark",
    "附件标题": "AttachmentTitle",
    "附件表格": "AttachmentTable",
    "表格文字": "TableText",
    "表格标题": "TableHeading",
    "表格分隔": "TableJoint",
    "目录标题": "ContentsTitle",
    "图表": "ChartPlace",
    "toc 1": "TOC1",
    "toc 2": "TOC2",
    "Caption": "Caption",
}
"""Ids of the styles that are added; Word shows their names."""
WORDS_OWN = ("toc 1", "toc 2", "Caption")
"""Those of them that Word itself knows: it writes tables of contents and captions in them."""


def style(
    document: OpenDocument,
    name: str,
    font: str,
    size: float,
    align: Any,
    *,
    base: str | None = None,
    latin: str = LATIN,
    pitch: Any = PITCH,
    left: float = 0,
    first: float = 0,
    after: Any = None,
    keep: bool = False,
    closer: bool = True,
) -> Any:
    """A paragraph style; ``left`` and ``first`` indents are characters of its size, ``pitch`` None is single spacing."""
    new = name not in document.styles
    made = document.styles[name] if not new else _added(document, name)
    if base is not None:
        made.base_style = document.styles[base]
    made.quick_style = True
    element = made.element
    for part in ("w:rPr", "w:pPr"):
        for child in element.findall(qn(part)):
            levels = child.findall(qn("w:outlineLvl"))
            for grandchild in list(child):
                if grandchild not in levels:
                    child.remove(grandchild)
    made.font.size = Pt(size)
    made.font.bold = False
    set_fonts(element.get_or_add_rPr(), font, latin)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CLOSER if closer else 0))
    insert(element.rPr, spacing, "w:sz")
    layout = made.paragraph_format
    layout.alignment = align
    layout.space_before, layout.space_after = Pt(0), after or Pt(0)
    if pitch is None:
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    layout.keep_with_next = keep or None
    if left or first:
        indent(element, left, first, size)
    return made


def _added(document: OpenDocument, name: str) -> Any:
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in WORDS_OWN)
    made.element.set(qn("w:styleId"), STYLE_IDS[name])
    return made


def off_grid(made: Any) -> None:
    """Lines as close as the font has them, not on the page's grid of 22 lines."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    insert(made.element.get_or_add_pPr(), snap, "w:spacing", "w:ind", "w:jc")


def indent(element: Any, left: float, first: float, size: float) -> None:
    """Indents in hundredths of a character, with twips for programs that know no characters."""
    node = element.get_or_add_pPr().get_or_add_ind()
    values = {"left": left, "hanging" if first < 0 else "firstLine": abs(first)}
    for name, characters in values.items():
        if characters:
            node.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
            node.set(qn(f"w:{name}"), str(round(characters * size * 20)))


def set_fonts(run_properties: Any, east_asian: str, latin: str) -> None:
    fonts = run_properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run_properties.insert(0, fonts)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), latin)
    fonts.set(qn("w:eastAsia"), east_asian)


def insert(parent: Any, child: Any, *before: str) -> None:
    """Puts a child before the first of the named siblings, as the order of elements demands."""
    for name in before:
        sibling = parent.find(qn(name))
        if sibling is not None:
            sibling.addprevious(child)
            return
    parent.append(child)
