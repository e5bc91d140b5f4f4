"""A report template drafted from an outline: sections with the unit's texts, figures as tags, attachments at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn

from xlsxeval.importing.outline import TemplateSection
from xlsxeval.report.package import document_bytes

_HEADINGS = {1: "Heading 1", 2: "Heading 2"}


def drafted_template(base: Path, title: str, sections: Sequence[TemplateSection]) -> bytes:
    """The template as a docx, with the styles and the page of ``base``, which is a template of the program."""
    document = Document(str(base))
    body = document.element.body
    last = body.findall(qn("w:sectPr"))[-1]
    for child in list(body):
        if child is not last:
            body.remove(child)

    def put(text: str, style: str = "报告段落") -> None:
        document.add_paragraph(text, style=style)

    put("{{ year }}年度", "封面标题")
    put(title, "封面标题")
    put("单位名称：{{ unit.name }}", "封面单位")
    put("{{ narrative.date }}", "封面单位")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    put("{{ year }}年度{{ unit.name }}\n" + title, "Title")
    for section in sections:
        put(section.heading, _HEADINGS.get(section.level, "Heading 2"))
        if section.sentence:
            put(section.sentence)
        if section.project_sentence:
            put("{%p for project in projects %}")
            put(section.project_sentence)
            put("{%p endfor %}")
        if section.field:
            put(f"{{%p for paragraph in narrative.{section.field}|lines %}}")
            put("{{ paragraph|lead }}{{ paragraph|rest }}")
            put("{%p endfor %}")
    _attachment_list(put)
    put("{{ unit.name }}", "落款")
    put("{%p if narrative.date %}")
    put("{{ narrative.date }}", "落款")
    put("{%p endif %}")
    put("{{p attachments }}", "Normal")
    return document_bytes(document)


def _attachment_list(put) -> None:  # type: ignore[no-untyped-def]
    """附件：1.… 2.…, where there are any."""
    put("{%p if attachment_list %}", "Normal")
    put("", "附件说明")
    put("{%p for item in attachment_list %}")
    put("{%p if loop.first %}")
    put("附件：{% if attachment_list|length > 1 %}{{ item.number }}.{% endif %}{{ item.title }}", "附件说明")
    put("{%p else %}")
    put("{{ item.number }}.{{ item.title }}", "附件说明续")
    put("{%p endif %}")
    put("{%p endfor %}")
    put("{%p endif %}")
    put("", "落款")
