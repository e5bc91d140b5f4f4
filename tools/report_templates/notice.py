"""填报通知: one page that goes to a unit with its workbooks, from the office that collects them."""

from __future__ import annotations

from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from report_templates.style import style
from report_templates.styles import CENTER, FANGSONG, HEITI, JUSTIFY
from report_templates.writing import write, write_text

TITLE = "{{ unit.name }}{{ year }}年度绩效自评填报通知"
AUTHOR = "{{ department }}"
SIZE, LINE = 14, Pt(25)  # 四号: it must be one page


def build(document: OpenDocument) -> None:
    """Writes the template into an empty document."""
    for name, font, align, first in (
        ("Normal", FANGSONG, JUSTIFY, 0),
        ("报告段落", FANGSONG, JUSTIFY, 2),
        ("Heading 1", HEITI, JUSTIFY, 2),
        ("落款", FANGSONG, CENTER, 0),
    ):
        left = 16 if name == "落款" else 0
        style(document, name, font, SIZE, align, first=first, left=left, pitch=LINE, keep=name == "Heading 1")
    del document.sections[0]._sectPr.find(qn("w:docGrid")).attrib[qn("w:type")]  # more lines than the grid's 22
    title = write(document, "Title", "{{ year }}年度绩效自评填报通知")
    title.paragraph_format.space_after = Pt(12)
    write_text(document, TEXT)


TEXT = """
@Normal {{ unit.name }}：
现将“{{ edition.title|clause }}”的填报表发给你单位（单位代码{{ unit.code }}），请如实填写{{ year }}年度的数据，\
{% if deadline %}于{{ deadline }}前报送{{ department }}{% else %}填好后报送{{ department }}{% endif %}。
# 一、填报的表
{%p for file in files %}
{% if files|length > 1 %}{{ loop.index }}.{% endif %}{{ file }}
{%p endfor %}
{%p if projects %}
需要自评的项目{% if projects|length > 1 %}有{{ projects|length }}个{% endif %}：{{ projects[:5]|join("、") }}\
{% if projects|length > 5 %}等{% endif %}。
{%p endif %}
# 二、填报步骤
1.打开工作簿，先看“填报说明”。只填浅黄色的格，其他的格由公式计算或者已经给定，不用填。
2.逐张填写，金额单位为万元，没有的填0；没有得满分的指标，写明偏差原因和改进措施。
3.打开“自查”，标“✗”的必须改正，标“△”的再核对一遍；全部通过后保存，格式仍为.xlsx。
# 三、报送方式
{%p if link %}
打开你单位的上报页面：{{ link }}。在页面上下载表、交表，交上马上看到核对结果，\
改好可以再交；没有错误了，点“确认上报”。链接只给你单位用，请不要转发。
{%p else %}
把填好的工作簿发回{{ department }}，不改文件格式和工作表，不设打开密码，不用转成PDF。收到后统一核对，有问题的退回修改。
{%p endif %}
@落款
@落款 {{ department }}
"""
