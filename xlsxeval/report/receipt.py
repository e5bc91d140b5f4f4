"""The receipt (回执) that a unit gets for a file: a page with a table, as a docx."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from xlsxeval.forms.yaml_file import NOT_IN_XML
from xlsxeval.report.package import document_bytes

_NOTE = "本回执由程序出具，写明收到了哪一份文件、什么时候收到、当时的状态。文件的 SHA-256 与您电脑上那一份相同，就是同一份。"
_FIRST, _SECOND = Cm(3), Cm(13)


def receipt_bytes(heading: str, lines: Sequence[tuple[str, str]], signed: str, made: str) -> bytes:
    """The receipt; ``lines`` are its facts with their titles, ``made`` is when it was written."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = "FangSong", Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = _written(title, heading)
    run.bold, run.font.size = True, Pt(18)
    run.font.name = "SimHei"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, text in lines:
        cells = table.add_row().cells
        for cell, words, width in zip(cells, (name, text), (_FIRST, _SECOND), strict=True):
            cell.width = width
            _written(cell.paragraphs[0], words)
    document.add_paragraph()
    _written(document.add_paragraph(), _NOTE).font.size = Pt(10.5)
    signature = document.add_paragraph()
    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _written(signature, f"{signed}\n{made}")
    return document_bytes(document)


def _written(paragraph: Paragraph, text: str) -> Run:
    return paragraph.add_run(NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text))
