"""PDF with text, by pdfplumber (extra ``pdf``): tables by their drawn lines, text around them as paragraphs.

A page without text is a scan, a table without lines is not one for the program: both are said, neither is guessed.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from xlsxeval.audit.documents.report_file import ReportBuilder, ReportFile
from xlsxeval.errors import UsageError
from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import Rejected, refusal

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_PAGES = 300
MOST_SIGNS = 60_000
"""Characters, and drawn lines, on one page; a page of small print has six thousand."""
_NEAR = 3.0
"""Points within which two drawn edges are one."""
_TABLE_WORDS = re.compile(r"三级指标|年度指标值|全年执行数|编制数")
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,3}(?:\s*页)?[-—–\s]*")
_ENDS = ("。", "；", "：", "!", "！", "？")
Char = dict[str, Any]


def read_pdf(data: bytes) -> ReportFile:
    """The report in a PDF. Raises Rejected, whatever the bytes are, and UsageError without the extra."""
    try:
        import pdfplumber
    except ImportError:
        raise UsageError("读 PDF 要装一个可选的组件：pip install 'xlsxeval[pdf]'。也可以请对方给 Word 版。") from None
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    report = ReportBuilder()
    scans: list[int] = []
    bare: list[int] = []
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(range(1, MOST_PAGES + 2))) as document:
            _bounded(len(document.pages))
            for page in document.pages:
                _page(report, page, scans, bare)
                page.close()
    except (UsageError, Rejected, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever a broken file made it meet
        causes = (error, error.__cause__, error.__context__, *error.args)
        locked = any(isinstance(one, PDFPasswordIncorrect) for one in causes)
        what = "PDF 设有打开密码，读不了" if locked else f"PDF 损坏了，读不出内容（{type(error).__name__}）"
        raise refusal(FaultCode.DOCUMENT_UNREADABLE, what) from error
    if scans:
        report.unread.append(f"{_pages(scans)}没有文字，是扫描件或图片，没有读")
    if bare:
        report.unread.append(f"{_pages(bare)}像有自评表，但没有画表格线，分不清哪一格，没有读")
    return report.done()


def _bounded(pages: int) -> None:
    if pages > MOST_PAGES:
        raise refusal(FaultCode.DOCUMENT_UNREADABLE, f"PDF 超过 {MOST_PAGES} 页，不像一份报告，没有读")


def _pages(numbers: Sequence[int]) -> str:
    shown = "、".join(str(number) for number in numbers[:10])
    return f"第 {shown} 页" if len(numbers) <= 10 else f"第 {shown} 页等 {len(numbers)} 页"


def _page(report: ReportBuilder, page: Page, scans: list[int], bare: list[int]) -> None:
    chars = page.chars
    number = page.page_number
    if not chars:
        if page.images:
            scans.append(number)
        return
    if max(len(chars), len(page.rects) + len(page.lines) + len(page.curves)) > MOST_SIGNS:
        report.unread.append(f"第 {number} 页的文字或线条超过 {MOST_SIGNS}，不像一份报告，没有读")
        return
    tables = sorted((table for table in page.find_tables() if len(table.cells) > 3), key=lambda table: table.bbox[1])
    if not tables and _TABLE_WORDS.search("".join(char["text"] for char in chars)):
        bare.append(number)
    boxes = [table.bbox for table in tables]
    inside: list[list[Char]] = [[] for _ in tables]
    between: list[list[Char]] = [[] for _ in range(len(tables) + 1)]
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        at = next((i for i, (x0, y0, x1, y1) in enumerate(boxes) if x0 <= x <= x1 and y0 <= y <= y1), None)
        if at is None:
            between[sum(box[1] < y for box in boxes)].append(char)
        else:
            inside[at].append(char)
    for index, table in enumerate(tables):
        _text(report, between[index], number)
        report.table(list(_cells(table.cells, inside[index], number)))
    _text(report, between[-1], number)


def _cells(boxes: Sequence[Any], chars: Iterable[Char], page: int) -> Iterator[tuple[int, int, float, float, str, str]]:
    """The cells by row, with the characters that lie in each."""
    tops = _edges([box[1] for box in boxes])
    bottoms = _edges([box[3] for box in boxes])
    ordered = sorted(boxes, key=lambda box: (_index(tops, box[1]), box[0]))
    held: list[list[Char]] = [[] for _ in ordered]
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        at = next((i for i, (x0, y0, x1, y1) in enumerate(ordered) if x0 <= x <= x1 and y0 <= y <= y1), None)
        if at is not None:
            held[at].append(char)
    number, before = 0, 0
    for box, own in zip(ordered, held, strict=True):
        row = _index(tops, box[1])
        last = max(_index(bottoms, box[3]), row)
        number, before = (number + 1 if row == before else 1), row
        spot = f"第{row}行第{number}格（第{page}页）"
        yield row, last - row + 1, box[0], box[2], "\n".join(_lines(own)), spot


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return max(1, bisect_right(edges, value + _NEAR / 2))


def _lines(chars: Iterable[Char]) -> list[str]:
    """The lines of some characters, from top to bottom; a wide gap is a blank."""
    ordered = sorted(chars, key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"]))
    rows: list[list[Char]] = []
    for char in ordered:
        middle = (char["top"] + char["bottom"]) / 2
        if rows and middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2 <= char["height"] * 0.5:
            rows[-1].append(char)
        else:
            rows.append([char])
    texts = []
    for row in rows:
        row.sort(key=lambda char: char["x0"])
        pieces = [row[0]["text"]]
        for one, other in pairwise(row):
            pieces.append(" " if other["x0"] - one["x1"] > one["size"] * 0.6 else "")
            pieces.append(other["text"])
        texts.append("".join(pieces).strip())
    return [text for text in texts if text]


def _text(report: ReportBuilder, chars: Sequence[Char], page: int) -> None:
    """Lines as paragraphs: one that begins further right, or follows an ended one, begins a paragraph."""
    if not chars:
        return
    left = min(char["x0"] for char in chars)
    right = max(char["x1"] for char in chars)
    paragraph = ""
    ordered = sorted(chars, key=lambda char: (char["top"] + char["bottom"]) / 2)
    rows: list[list[Char]] = []
    for char in ordered:
        middle = (char["top"] + char["bottom"]) / 2
        if rows and middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2 <= char["height"] * 0.5:
            rows[-1].append(char)
        else:
            rows.append([char])
    ended = True
    for row in rows:
        text = " ".join(_lines(row))
        if not text or _PAGE_NUMBER.fullmatch(text):
            continue
        size = row[0]["size"]
        begins = ended or min(char["x0"] for char in row) - left > size * 1.2
        if begins and paragraph:
            report.paragraph(paragraph, where=f"第{page}页")
            paragraph = ""
        paragraph += text
        ended = max(char["x1"] for char in row) < right - size * 2
    report.paragraph(paragraph, where=f"第{page}页")
