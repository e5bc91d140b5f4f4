"""Word documents, by the guarded reader of edited reports."""

from __future__ import annotations

import io
import zipfile

from xlsxeval.audit.documents.report_file import ReportBuilder, ReportFile
from xlsxeval.proofreading import Paragraph, read_document
from xlsxeval.proofreading.table_areas import table_areas

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff")


def read_word(data: bytes) -> ReportFile:
    """The report in a docx. Raises Rejected, whatever the bytes are."""
    report = ReportBuilder()
    for block in read_document(data).blocks:
        if isinstance(block, Paragraph):
            if not block.style.casefold().startswith(("toc", "目录")):
                report.paragraph(block.text, block.level)
            continue
        cells = [
            (area.row, area.rows, area.left, area.right, area.text, f"第{area.row}行第{area.cell}格")
            for area in table_areas(block)
        ]
        report.table(cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pictures = sum(
            name.startswith("word/media/") and name.lower().endswith(_PICTURES) for name in archive.namelist()
        )
    if pictures:
        report.unread.append(f"文档里有 {pictures} 张图片，图片里的字和表没有读")
    return report.done()
