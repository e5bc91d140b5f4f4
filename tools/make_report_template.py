"""Makes templates/reports/hunan-2024.docx: outline H in the page format of GB/T 9704-2012.

Run once, then edit the result in Word; run again only to begin anew. The result is the same byte for byte.

    python tools/make_report_template.py [OUTPUT]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from xlsxeval.report.package import document_bytes

OUTPUT = Path(__file__).resolve().parent.parent / "templates" / "reports" / "hunan-2024.docx"

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
PITCH = Pt(28.95)  # 22 lines must fit into 225 mm; 29 pt would leave room for 21
CELL_PITCH = Pt(12.5)
CLOSER = -5  # twentieths of a point: 28 characters of 16 pt must fit into 156 mm, without it 27 do
CHARACTER = 16  # 三号, in points
LEFT, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
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
}


def main(output: Path) -> None:
    document = Document()
    strip(document)
    modernise(document)
    make_styles(document)
    make_pages(document)
    write_cover(document)
    write_text(document)
    properties = document.core_properties
    properties.title = "{{ year }}年度{{ unit.name }}部门整体支出绩效自评报告"
    properties.author = "{{ unit.name }}"
    properties.subject = "{{ edition.title }}"
    properties.comments = ""
    properties.last_modified_by = ""
    properties.language = "zh-CN"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(document_bytes(document))


# -- styles -----------------------------------------------------------------------------------------------------------


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
    footer = style(document, "Footer", SONGTI, 14, LEFT, latin=SONGTI, pitch=None, closer=False)
    for tabs in footer.element.pPr.findall(qn("w:tabs")):
        footer.element.pPr.remove(tabs)
    make_table_style(document)


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
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if new else document.styles[name]
    if new:
        made.element.set(qn("w:styleId"), STYLE_IDS[name])
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


# -- pages ------------------------------------------------------------------------------------------------------------


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


def add_field(paragraph: Paragraph, instruction: str) -> None:
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = f" {text} "
            run._r.append(field)


# -- text -------------------------------------------------------------------------------------------------------------


def add(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    """A run whose quotation marks and dashes are set in the Chinese font; ``⏎`` is a line break."""
    run = paragraph.add_run(text.replace("⏎", "\n"))
    if bold:
        run.bold = True
    fonts = run._r.get_or_add_rPr()._add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")


def write_cover(document: OpenDocument) -> None:
    title = write(document, "封面标题", "{{ year }}年度部门（单位）整体支出")
    title.paragraph_format.space_before = Pt(130)
    write(document, "封面标题", "绩效自评报告")
    unit = write(document, "封面单位", "部门（单位）名称：{{ unit.name }}")
    unit.paragraph_format.space_before = Pt(250)
    date = write(document, "封面单位", "{{ narrative.date }}")
    date.paragraph_format.space_before = Pt(29)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    number_pages(section)


def write(document: OpenDocument, style_name: str, *texts: str) -> Paragraph:
    paragraph = document.add_paragraph(style=style_name)
    for text in texts:
        add(paragraph, text)
    return paragraph


def write_text(document: OpenDocument) -> None:
    """The template's words. Lines: ``# ``, ``## ``, ``### `` headings; ``! `` title; ``@style `` a named style."""
    marks = {"# ": "Heading 1", "## ": "Heading 2", "### ": "Heading 3", "! ": "Title"}
    for line in TEXT.strip().split("\n"):
        if not line.strip():
            continue
        mark = next((mark for mark in marks if line.startswith(mark)), None)
        if mark is not None:
            write(document, marks[mark], line.removeprefix(mark))
        elif line.startswith("@"):
            name, _, words = line[1:].partition(" ")
            write(document, name, words)
        elif line.startswith("* "):
            prose(document, line[2:])
        elif line.startswith("*+ "):
            prose(document, line[3:], keep=True)
        else:
            write(document, "报告段落", line)


def prose(document: OpenDocument, field: str, *, keep: bool = False) -> None:
    """The paragraphs of a text of the unit, each with its opening in bold.

    ``keep`` holds the last section to the list of attachments and the signature, which must not have a page alone.
    """
    write(document, "报告段落", f"{{%p for paragraph in {field}|lines %}}")
    paragraph = document.add_paragraph(style="报告段落")
    paragraph.paragraph_format.keep_with_next = keep or None
    add(paragraph, "{{ paragraph|lead }}", bold=True)
    add(paragraph, "{{ paragraph|rest }}")
    write(document, "报告段落", "{%p endfor %}")


TEXT = """
! {{ year }}年度{{ unit.name }}⏎部门整体支出绩效自评报告
# 一、部门（单位）基本情况
## （一）基本情况
### 1.主要职能。
* narrative.functions
### 2.机构情况，包括当年变动情况及原因。
* narrative.organisation
### 3.人员情况。
{%p if basic %}
截至{{ year }}年末，本部门编制数{{ basic.staff.posts|number }}人，实有在职人员{{ basic.staff.actual|number }}人\
{% if basic.staff.rate %}，控制率{{ basic.staff.rate|percent }}{% endif %}；退休人员{{ narrative.retired|number }}人。
{%p endif %}
* narrative.personnel_note
# 二、一般公共预算支出情况
{%p set funds = overall.funds %}
{%p set change = funds.budget - funds.initial %}
{{ year }}年本部门年初预算{{ funds.initial|money }}万元\
{% if change > 0 %}，调整追加{{ change|money }}万元{% elif change < 0 %}，调减{{ change|abs|money }}万元{% endif %}\
，全年预算{{ funds.budget|money }}万元。{{ year }}年预算支出{{ funds.executed|money }}万元\
{% if funds.rate %}，预算执行率{{ funds.rate|percent }}{% endif %}；其中：基本支出{{ funds.basic|money }}万元，\
项目支出{{ funds.project|money }}万元。\
{% if narrative.surplus > 0 %}年末结转结余{{ narrative.surplus|money }}万元。\
{% elif narrative.surplus == 0 %}年末无结转结余。{% endif %}
## （一）基本支出情况
{{ year }}年本部门基本支出{{ funds.basic|money }}万元{% if basic %}，其中：人员经费{{ narrative.personnel_cost|money }}万元，\
公用经费{{ basic.public.final|money }}万元{% endif %}。
* narrative.basic_note
## （二）项目支出情况
{%p if projects %}
{{ year }}年本部门项目支出{{ funds.project|money }}万元，\
{% if projects|length > 1 %}包括{{ projects|map(attribute="name")|join("、") }}等{{ projects|length }}个项目\
{% else %}项目为{{ projects[0].name }}{% endif %}。
{%p else %}
{{ year }}年本部门无项目支出。
{%p endif %}
* narrative.project_note
# 三、政府性基金预算支出情况
* narrative.government_fund
# 四、国有资本经营预算支出情况
* narrative.state_capital
# 五、社会保险基金预算支出情况
* narrative.social_insurance
# 六、部门整体支出绩效情况
## （一）整体支出绩效情况
{{ year }}年本部门全年预算{{ funds.budget|money }}万元，全年执行{{ funds.executed|money }}万元\
{% if funds.rate %}，预算执行率{{ funds.rate|percent }}，预算执行得{{ funds.score|number }}分（分值{{ funds.weight|number }}分）\
{% endif %}。经自评，部门整体支出绩效自评总分{{ overall.total.score|number }}分。
* narrative.performance
{%p if projects %}
## （二）项目支出绩效情况
{%p for project in projects %}
{%p set money = project.funds %}
{%p set change = money.budget - money.initial %}
### {{ loop.index }}.{{ project.name }}
{% if money.initial == 0 and money.budget > 0 %}该项目为年中追加项目，全年预算{{ money.budget|money }}万元，\
{% elif change == 0 %}年初预算{{ money.initial|money }}万元，\
{% else %}年初预算{{ money.initial|money }}万元，\
{% if change > 0 %}追加{{ change|money }}万元，{% elif change < 0 %}调减{{ change|abs|money }}万元，{% endif %}\
全年预算{{ money.budget|money }}万元，{% endif %}\
实际支出{{ money.executed|money }}万元{% if money.rate %}，预算执行率{{ money.rate|percent }}{% endif %}。\
{% if narrative.projects[loop.index0].use %}资金主要用于{{ narrative.projects[loop.index0].use|clause }}。{% endif %}\
项目自评得分{{ project.total.score|number }}分，项目实施及绩效情况见{{ project.attachment }}。
{%p endfor %}
{%p endif %}
* narrative.projects_note
# 七、存在的问题及原因分析
* narrative.problems
# 八、下一步改进措施
* narrative.measures
# 九、部门整体支出绩效自评结果拟应用和公开情况
*+ narrative.publication
{%p if narrative.others %}
# 十、其他需要说明的情况
*+ narrative.others
{%p endif %}
@Normal {%p if attachment_list %}
@附件说明
{%p for item in attachment_list %}
{%p if loop.first %}
@附件说明 附件：{% if attachment_list|length > 1 %}{{ item.number }}.{% endif %}{{ item.title }}
{%p else %}
@附件说明续 {{ item.number }}.{{ item.title }}
{%p endif %}
{%p endfor %}
{%p endif %}
@落款
@落款
@落款 {{ unit.name }}
@落款 {{ narrative.date }}
@Normal {{p attachments }}
"""

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT)
