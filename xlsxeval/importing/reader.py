"""The file of official blank forms → its forms: worksheets of a workbook (.xlsx, .xls) or tables of a document (.docx)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.file_kinds import OLE
from xlsxeval.importing.blank import BlankSheet
from xlsxeval.importing.preparation import prepared
from xlsxeval.importing.sheets import read_sheets
from xlsxeval.importing.word_tables import read_tables
from xlsxeval.intake.reader import package_in, read_file
from xlsxeval.intake.rejected import Rejected
from xlsxeval.limits import Limits

_RESAVE = "请用 Excel、Word、WPS 或 LibreOffice 打开，另存为 .xlsx 或 .docx 再试"
_WORD = b"word/document.xml"
_OLD_WORD = "WordDocument".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class BlankFile:
    """The forms of a file in order; ``notes`` say, in Chinese, which parts of it were left out and why."""

    name: str
    sheets: tuple[BlankSheet, ...]
    notes: tuple[str, ...] = ()


def read_blanks(path: Path, sheet: str | None = None) -> BlankFile:
    """Every form of a file, or the one on the worksheet (in the table) of that name.

    Raises DefinitionError with every fault at its place where no form can be read.
    """
    try:
        data = read_file(path)
        if data.startswith(OLE) and _OLD_WORD in data:
            raise _fault(path, "是旧版 Word 文档（.doc），读不了。请在 Word 或 WPS 里另存为 .docx 再试")
        if _WORD in data:
            forms, problems = read_tables(data, path.name)
        else:
            forms, problems = read_sheets(package_in(data, Limits())[0], str(path))
    except Rejected as rejected:
        raise _fault(path, f"读不了：{rejected.fault.detail}。{_RESAVE}") from None
    if sheet is not None:
        names = "、".join(one.sheet for one in forms)
        forms = [one for one in forms if one.sheet == sheet]
        if not forms:
            about = [one for one in problems if f" {sheet}" in one.file]
            said = f"没有「{sheet}」这张能读的表（现有：{names or '没有'}）。请改 --sheet"
            raise DefinitionError(about or [Problem(str(path), 0, 0, said)])
        problems = []
    if not forms:
        raise DefinitionError(problems or [Problem(str(path), 0, 0, "里面没有表。请确认文件")])
    return BlankFile(path.name, tuple(map(prepared, forms)), tuple(str(problem) for problem in problems))


def _fault(path: Path, message: str) -> DefinitionError:
    return DefinitionError(Problem(str(path), 0, 0, message))
