"""The styles of every template: text, headings, cover, list of attachments, signature, tables."""

from __future__ import annotations

from typing import Any

from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from report_templates.style import LATIN, PITCH, STYLE_IDS, off_grid, set_fonts, style

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
CELL_PITCH = Pt(12.5)
LEFT, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def make_styles(document: OpenDocument) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(run):
        run.remove(child)
    set_fonts(run, FANGSONG, LATIN)
    language = OxmlElement("w:lang")
    for name, value in (("w:val", "en-US"), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")):
        language.set(qn(name), value)
    run.append(language)
    paragraph = defaults.find(qn("w:pPrDefault"))
    for child in list(paragraph):
        paragraph.remove(child)

    normal = style(document, "Normal", FANGSONG, 16, JUSTIFY)
    normal.paragraph_format.widow_control = True
    style(document, "报告段落", FANGSONG, 16, JUSTIFY, base="Normal", first=2)
    style(document, "Title", XIAOBIAOSONG, 22, CENTER, pitch=Pt(34), after=PITCH)
    style(document, "Heading 1", HEITI, 16, JUSTIFY, first=2, keep=True)
    style(document, "Heading 2", KAITI, 16, JUSTIFY, first=2, keep=True)
    style(document, "Heading 3", FANGSONG, 16, JUSTIFY, first=2, keep=True)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].next_paragraph_style = document.styles["报告段落"]
    style(document, "封面标题", XIAOBIAOSONG, 26, CENTER, base="Normal", pitch=Pt(46))
    style(document, "封面单位", FANGSONG, 16, CENTER, base="Normal")
    style(document, "目录标题", XIAOBIAOSONG, 22, CENTER, base="Normal", pitch=Pt(34), after=PITCH)
    document.styles["目录标题"].paragraph_format.page_break_before = True
    for name, left in (("toc 1", 0), ("toc 2", 2)):
        leaders(style(document, name, FANGSONG, 14, LEFT, base="Normal", pitch=Pt(24), left=left))
    style(document, "附件说明", FANGSONG, 16, LEFT, base="Normal", left=5.75, first=-3.75, keep=True)
    style(document, "附件说明续", FANGSONG, 16, LEFT, base="Normal", left=5.75, first=-0.75, keep=True)
    style(document, "落款", FANGSONG, 16, CENTER, base="Normal", left=13, keep=True)
    mark = style(document, "附件标记", HEITI, 16, LEFT, base="Normal", keep=True)
    mark.paragraph_format.page_break_before = True
    level = OxmlElement("w:outlineLvl")  # the navigation pane lists the attachments too
    level.set(qn("w:val"), "0")
    mark.element.pPr.append(level)
    style(document, "附件标题", XIAOBIAOSONG, 18, CENTER, base="Normal", keep=True, after=Pt(6))
    off_grid(
        style(document, "表格文字", SONGTI, 9.5, CENTER, base="Normal", latin=SONGTI, pitch=CELL_PITCH, closer=False)
    )
    off_grid(
        style(document, "表格标题", HEITI, 9.5, CENTER, base="Normal", latin=HEITI, pitch=CELL_PITCH, closer=False)
    )
    off_grid(style(document, "表格分隔", SONGTI, 1, LEFT, base="Normal", pitch=Pt(1), closer=False))
    style(document, "Caption", HEITI, 12, CENTER, base="Normal")
    style(document, "图表", FANGSONG, 12, CENTER, base="Normal", pitch=None, keep=True)
    footer = style(document, "Footer", SONGTI, 14, LEFT, latin=SONGTI, pitch=None, closer=False)
    for tabs in footer.element.pPr.findall(qn("w:tabs")):
        footer.element.pPr.remove(tabs)
    make_table_style(document)


def leaders(made: Any) -> None:
    """Dots up to the page number at the right edge of the text."""
    made.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.MIDDLE_DOT)
    off_grid(made)


def make_table_style(document: OpenDocument) -> None:
    made = document.styles.add_style("附件表格", WD_STYLE_TYPE.TABLE)
    made.element.set(qn("w:styleId"), STYLE_IDS["附件表格"])
    made.base_style = document.styles["Normal Table"]
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)
    made.element.append(properties)
