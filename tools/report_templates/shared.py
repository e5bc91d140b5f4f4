"""What the outlines have in common: a cover with its page numbers after it, the list of attachments and the signature."""

from __future__ import annotations

from docx.document import Document as OpenDocument
from docx.enum.section import WD_SECTION
from docx.shared import Pt

from report_templates.page import number_pages
from report_templates.writing import write


def write_cover(document: OpenDocument, titles: list[str], unit: str, date: str, *, contents: bool = False) -> None:
    """Title, unit and date, then the table of contents, on pages without a number; the text is counted from 1."""
    for number, line in enumerate(titles):
        title = write(document, "封面标题", line)
        if number == 0:
            title.paragraph_format.space_before = Pt(130)
    name = write(document, "封面单位", unit)
    name.paragraph_format.space_before = Pt(250)
    day = write(document, "封面单位", date)
    day.paragraph_format.space_before = Pt(29)
    if contents:
        write(document, "目录标题", "目　录")
        write(document, "Normal", "{{p contents }}")
    number_pages(document.add_section(WD_SECTION.NEW_PAGE))
    document.paragraphs[-1].style = "表格分隔"  # carries the end of the section, and must not need a page of its own


ATTACHMENT_LIST = """
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
"""
"""附件：1.… after the text, hung under each other; nothing where there are no attachments."""

SIGNATURE = """
@落款
@落款
@落款 {{ unit.name }}
@落款 {{ narrative.date }}
"""

UNDATED_SIGNATURE = """
@落款
@落款
@落款 {{ unit.name }}
{%p if narrative.date %}
@落款 {{ narrative.date }}
{%p endif %}
"""
"""For editions in which the report need not have a date."""

ATTACHMENTS = """
@Normal {{p attachments }}
"""
