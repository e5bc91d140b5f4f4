"""A small PDF writer: text in a Chinese font that every reader has, lines around cells, tables over pages."""

from __future__ import annotations

import math

from tests.support.published.sources import PrintedCell, PrintedForm

_WIDTH, _HEIGHT = 595.0, 842.0
_MARGIN = 50.0
_SIZE = 8.0
_LINE = 11.0


class Sheet:
    """Pages of A4, written from the top."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self._new_page()

    def _new_page(self) -> None:
        self.pages.append([])
        self.y = _HEIGHT - _MARGIN

    def _say(self, x: float, y: float, text: str) -> None:
        code = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F1 {_SIZE} Tf {x:.1f} {y:.1f} Td <{code}> Tj ET")

    def paragraph(self, text: str) -> None:
        for line in _filled("　　" + text if len(text) > 30 else text, int((_WIDTH - 2 * _MARGIN) / _SIZE)):
            if self.y < _MARGIN + _LINE:
                self._new_page()
            self.y -= _LINE
            self._say(_MARGIN, self.y, line)

    def table(self, form: PrintedForm) -> None:
        """Rows as high as their texts need; where the page ends, cells end and go on with the rest of their text."""
        columns = max(cell.column + cell.columns - 1 for cell in form.cells)
        widths = [form.widths[i] if i < len(form.widths) else 10.0 for i in range(columns)]
        scale = (_WIDTH - 2 * _MARGIN) / sum(widths)
        edges = [_MARGIN]
        for width in widths:
            edges.append(edges[-1] + width * scale)
        heights = {row: self._height(form, row, edges) for row in range(1, form.rows + 1)}
        row = 1
        while row <= form.rows:
            last = row - 1
            room = self.y - _MARGIN - 6
            while last < form.rows and room >= heights[last + 1]:
                last += 1
                room -= heights[last]
            if last < row:
                self._new_page()
                if heights[row] > _HEIGHT - 2 * _MARGIN - 6:
                    heights[row] = _HEIGHT - 2 * _MARGIN - 6
                continue
            self._rows(form, row, last, heights, edges)
            row = last + 1
            if row <= form.rows:
                self._new_page()
        self.y -= _LINE

    def _height(self, form: PrintedForm, row: int, edges: list[float]) -> float:
        most = 1
        for cell in form.cells:
            if cell.row == row and cell.rows == 1:
                most = max(most, len(_lines(cell, edges)))
        tall = [len(_lines(cell, edges)) / cell.rows for cell in form.cells if cell.row <= row < cell.row + cell.rows]
        return max(most, math.ceil(max(tall, default=1))) * _LINE + 4

    def _rows(self, form: PrintedForm, first: int, last: int, heights: dict[int, float], edges: list[float]) -> None:
        top = self.y - 4
        tops = {first: top}
        for row in range(first, last + 1):
            tops[row + 1] = tops[row] - heights[row]
        for cell in form.cells:
            start, end = max(cell.row, first), min(cell.row + cell.rows - 1, last)
            if start > end:
                continue
            x0, x1 = edges[cell.column - 1], edges[cell.column + cell.columns - 1]
            self.pages[-1].append(f"{x0:.1f} {tops[end + 1]:.1f} {x1 - x0:.1f} {tops[start] - tops[end + 1]:.1f} re S")
            if cell.row >= first:
                for number, line in enumerate(_lines(cell, edges)):
                    self._say(x0 + 2, tops[start] - _LINE * (number + 1) + 1, line)
        self.y = tops[last + 1]

    def done(self) -> bytes:
        """The file."""
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(self.pages)} /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(self.pages)))}] >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /W [1 95 500 814 939 500] >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120"
            " /ItalicAngle 0 /CapHeight 880 /StemV 93 >>",
        ]
        for index, page in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {7 + 2 * index} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>"
            )
            stream = "\n".join(["0.5 w", *page])
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        out = "%PDF-1.4\n"
        offsets = []
        for number, text in enumerate(objects, start=1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n{text}\nendobj\n"
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        size = len(objects) + 1
        out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
        return out.encode("latin-1")


def _lines(cell: PrintedCell, edges: list[float]) -> list[str]:
    room = max(1, int((edges[cell.column + cell.columns - 1] - edges[cell.column - 1] - 4) / _SIZE))
    return [line for part in cell.text.split("\n") for line in _filled(part, room)]


def _filled(text: str, room: int) -> list[str]:
    """The text in lines of so many characters; two narrow ones count as one."""
    found = []
    line, width = "", 0.0
    for sign in text:
        step = 0.5 if ord(sign) < 256 else 1.0
        if width + step > room:
            found.append(line)
            line, width = "", 0.0
        line += sign
        width += step
    return [*found, line]
