"""Web pages: nothing is fetched, no script runs; what is hidden is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from xlsxeval.audit.documents.report_file import ReportBuilder, ReportFile
from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.rejected import refusal

MOST_ELEMENTS = 400_000
MOST_CELLS = 50_000
_MOST_SPAN = 1_000
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "s", "small", "span"}
    | {"strike", "strong", "sub", "sup", "tt", "u"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f\u3000\xa0]+")


def read_web_page(data: bytes) -> ReportFile:
    """The report on a page. Raises Rejected for what is no page or has more elements than any report."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, recover=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise refusal(FaultCode.DOCUMENT_UNREADABLE, "网页是空的，或者损坏了，读不出内容") from error
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise refusal(FaultCode.DOCUMENT_UNREADABLE, f"网页的元素超过 {MOST_ELEMENTS} 个，不像一份报告")
    page = _Page()
    page.read(root)
    return page.report.done()


class _Page:
    def __init__(self) -> None:
        self.report = ReportBuilder()
        self._text: list[str] = []
        self._cells = 0

    def read(self, root: html.HtmlElement) -> None:
        """Walks the page without recursion; a table that holds other tables only arranges the page."""
        skipped: html.HtmlElement | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._text.append(element.tail or "")
                continue
            tag = element.tag
            if event == "start" and (_unseen(element) or (tag == "table" and element.find(".//table") is None)):
                if tag == "table" and not _unseen(element):
                    self._flush()
                    self._table(element)
                skipped = element
                if tag not in _INLINE:
                    self._flush()
                continue
            if tag not in _INLINE:
                self._flush()
            if event == "start":
                self._text.append(element.text or "")
                if (
                    tag == "img"
                    and int(
                        element.get("width", "0").rstrip("px") or 0
                        if element.get("width", "0").rstrip("px").isdigit()
                        else 0
                    )
                    >= 300
                ):
                    self.report.unread.append("网页里有大的图片，图片里的字和表没有读")
            else:
                self._text.append(element.tail or "")
        self._flush()
        self.report.unread[:] = list(dict.fromkeys(self.report.unread))

    def _flush(self) -> None:
        text = _BLANK.sub(" ", "".join(self._text)).strip()
        self._text = []
        if text:
            self.report.paragraph(text)

    def _table(self, table: html.HtmlElement) -> None:
        cells: list[tuple[int, int, float, float, str, str]] = []
        taken: dict[int, int] = {}
        """Column → the last row that a cell from above covers there."""
        for row, line in enumerate(table.iter("tr"), start=1):
            column = 0
            for number, cell in enumerate(line.iterchildren("td", "th"), start=1):
                while taken.get(column, 0) >= row:
                    column += 1
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                self._cells += width
                if self._cells > MOST_CELLS:
                    raise refusal(FaultCode.DOCUMENT_UNREADABLE, f"网页里的表超过 {MOST_CELLS} 格，不像一份报告")
                taken |= dict.fromkeys(range(column, column + width), row + height - 1)
                spot = f"第{row}行第{number}格"
                cells.append((row, height, float(column), float(column + width), "\n".join(_lines(cell)), spot))
                column += width
        self.report.table(_within(cells))


def _within(cells: list[tuple[int, int, float, float, str, str]]) -> list[tuple[int, int, float, float, str, str]]:
    """The cells with rowspans that end with the table."""
    last = max((cell[0] for cell in cells), default=0)
    return [(row, min(rows, last - row + 1), *rest) for row, rows, *rest in cells]  # type: ignore[misc]


def _span(cell: html.HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _lines(cell: html.HtmlElement) -> Iterator[str]:
    """The texts of a cell, a line for each block in it."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element is not cell and element.tag not in _INLINE:
            pieces.append("\n")
        if event == "start" and not _unseen(element):
            pieces.append(_BLANK.sub(" ", element.text or ""))
        elif event == "end" and element is not cell:
            pieces.append(_BLANK.sub(" ", element.tail or ""))
    return (line.strip() for line in "".join(pieces).split("\n") if line.strip())


def _unseen(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))
