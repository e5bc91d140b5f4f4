"""A Word report as PDF, by an installed LibreOffice."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from zipfile import ZipFile

from xlsxeval.errors import UsageError
from xlsxeval.office import OfficeBounds, OfficeError, converted, missing_fonts, office_program

_NAMED_FONT = re.compile(r'w:eastAsia="([^"]{1,64})"')
TIMEOUT = 180
"""Seconds that one conversion may take."""


def to_pdf(docx: Path, out_dir: Path) -> Path:
    """Converts a docx to a PDF of the same name in ``out_dir`` and returns its path.

    A PDF of that name is replaced only when the new one is complete. Raises UsageError without LibreOffice, without the
    file, or where it makes no PDF.
    """
    require_office()
    if not docx.is_file():
        raise UsageError(f"找不到要转换的文件 {docx}，请检查路径。")
    out_dir.mkdir(parents=True, exist_ok=True)
    try:
        content = converted(docx.read_bytes(), "docx", "pdf", OfficeBounds(seconds=TIMEOUT))
    except OfficeError as error:
        raise UsageError(f"{docx.name} 没有转成 PDF：{error}。请重试，或者在 Word 里另存为 PDF。") from None
    target = out_dir / f"{docx.stem}.pdf"
    partial = out_dir / f".{docx.stem}.pdf.part"
    partial.write_bytes(content)
    os.replace(partial, target)  # noqa: PTH105
    return target


def require_office() -> None:
    """Raises UsageError where there is no LibreOffice, so that it can be told before any work."""
    if office_program() is None:
        raise UsageError(
            "转成 PDF 需要 LibreOffice，这台机器上没有找到 soffice。请安装 LibreOffice，或者在 Word 里另存为 PDF。"
        )


def missing_fonts_note(docx: bytes) -> str:
    """Says which fonts that a document names are not on this machine, and what its PDF has instead; empty where none."""
    with ZipFile(io.BytesIO(docx)) as package:
        styles = package.read("word/styles.xml").decode()
    gone = missing_fonts(_NAMED_FONT.findall(styles))
    if not gone:
        return ""
    listed = "、".join(f"{name}（用了 {other}）" if other else name for name, other in gone.items())
    return f"这台机器没有这些字体，PDF 里的字样与 Word 里的不同：{listed}。可以免费用的字体：xlsxeval doctor。"
