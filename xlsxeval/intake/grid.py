"""Rows and cells of one worksheet, each once, in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake import literals
from xlsxeval.intake.cell_values import KINDS, ValueReader, table_index
from xlsxeval.intake.cells import RawCell
from xlsxeval.intake.reading import Reading
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.intake.schema import Attributes, Schema
from xlsxeval.intake.shared_formulas import SharedFormulas
from xlsxeval.intake.spans import SpanList
from xlsxeval.intake.strings import RichText
from xlsxeval.intake.styles import flag
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS, column_letters, column_number

_REFERENCE = re.compile(r"([A-Z]{1,9})([1-9][0-9]{0,11})", re.ASCII)
_ROW = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
_READ = frozenset({"r", "s", "t"})
"""The attributes of cells that are read."""
_MAX_FORMULA = 16_384
_ONE_LINE = 15.0
"""Points; the height of a row of one line."""


_ANY_BY_NUMBER = re.compile(rb"&#(?!(?:9|10|13|[xX]0*[9aAdD]);)")
"""A character by its number, but for the ends of lines and tabs, which programs write so."""
_BY_NUMBER = re.compile(
    rb"<(?:\w{1,60}:)?(?:row|c|v|f)\b[^<>]*&#"
    rb"|<(?:\w{1,60}:)?v\b[^<>]*>[0-9.eE+-]*&#(?:0*(?:4[35689]|5[0-7]|69|101)|[xX]0*(?:3[0-9]|2[bBdDeE]|[46]5));"
)
"""A place or type with a character that is written by its number, or a value with a digit so written."""


_FOREIGN = re.compile(rb":[rst]\s*=")
"""A name of a cell's attributes in another namespace, perhaps."""


def refuse_digits_by_number(content: bytes, sheet: str) -> None:
    """Raises Rejected F026 where some programs read a value or a place that is written with ``&#55;`` for 7, others none."""
    if _ANY_BY_NUMBER.search(content) and _BY_NUMBER.search(content):
        raise refusal(FaultCode.WRITTEN_TWICE, "数值或单元格位置用字符编号（&#…;）写成，有的软件读不出来", sheet=sheet)


class GridReader:
    """Receives the elements of sheetData and gathers cells and hidden rows."""

    def __init__(
        self,
        sheet: str,
        reading: Reading,
        schema: Schema,
        content: bytes,
        default_height: Callable[[], float | None],
    ) -> None:
        """``content`` is the part that will be read, for what can be seen of it at once.

        Raises Rejected F026 where programs read digits otherwise or not at all.
        """
        refuse_digits_by_number(content, sheet)
        self._look_at_names = any(not content.endswith(b"xmlns", 0, one.start()) for one in _FOREIGN.finditer(content))
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.hidden_rows = SpanList()
        self.low_rows: dict[int, float] = {}
        self._default_height = default_height
        self._sheet = sheet
        self._reading = reading
        self._shared = SharedFormulas()
        self._inline = RichText(reading.styles.palette)
        self._inlines = 0
        self._values = ValueReader(sheet, reading)
        self._grids = 0
        self._row = self._column = 0
        self._outside = False
        self._lost = 0
        self._far: list[str | None] = []
        self._bad_styles: list[str | None] = []
        self._cell: Attributes = {}
        self._value: str | None = None
        self._formula: tuple[Attributes, str] | None = None
        self._formula_attributes: Attributes = {}
        data = "worksheet/sheetData"
        schema.on(data, self._open_grid, plain=True)
        schema.on(f"{data}/row", self._open_row, cost=0)
        schema.on(f"{data}/row/c", self._open_cell, self._close_cell, cost=0)
        schema.on(f"{data}/row/c/v", closed=self._close_value, cost=0, exact=True)
        schema.on(f"{data}/row/c/f", self._open_formula, self._close_formula, cost=0, exact=True)
        schema.on(f"{data}/row/c/is", self._open_inline, cost=0)
        self._inline.watch(schema, f"{data}/row/c/is")

    def finish(self) -> None:
        """Report what is reported once a worksheet."""
        log = self._reading.log
        if self._lost:
            detail = f"有 {self._lost} 个单元格写在工作表的 {MAX_ROWS} 行、{MAX_COLUMNS} 列以外，没有读取"
            log.add(FaultCode.CELL_FAR_OUTSIDE, detail, self._sheet)
        if self._far:
            log.add(
                FaultCode.CELL_FAR_OUTSIDE,
                f"有 {len(self._far)} 个有内容的单元格远在表格以外",
                self._sheet,
                self._far[0],
            )
        if self._bad_styles:
            number = len(self._bad_styles)
            log.add(
                FaultCode.REPAIRED_STYLES,
                f"有 {number} 个单元格引用了不存在的样式，按默认样式读取",
                self._sheet,
                self._bad_styles[0],
            )

    def _open_grid(self, _: Attributes) -> None:
        self._grids += 1
        if self._grids > 1:
            raise self._twice("工作表的数据区写了两次")

    def _open_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        if written is not None and not _ROW.fullmatch(written):
            raise refusal(FaultCode.MALFORMED_XML, f"行号 {written[:20]!r} 不合规", sheet=self._sheet)
        before, self._row = self._row, int(written) if written is not None else self._row + 1
        self._column = 0
        if self._row == before:
            raise self._twice(f"第 {self._row} 行写了两次")
        if self._row < before:
            raise self._twice(f"第 {self._row} 行写在第 {before} 行后面")
        self._outside = not 1 <= self._row <= MAX_ROWS
        if self._outside:
            return
        height = literals.number(attributes["ht"]) if "ht" in attributes else self._default_height()
        if flag(attributes, "hidden") or height == 0:
            self.hidden_rows.add(self._row, self._row)
        elif height is not None and height < _ONE_LINE:
            self.low_rows[self._row] = height

    def _open_cell(self, attributes: Attributes) -> None:
        self._reading.count_cell()
        written = attributes.get("r")
        if self._look_at_names and any(name.rpartition(" ")[2] in _READ for name in attributes.keys() - _READ):
            raise self._twice("单元格的位置、类型或格式写在别的命名空间里", written)
        if written is None:
            self._column += 1
        else:
            match = _REFERENCE.fullmatch(written)
            if match is None:
                raise refusal(FaultCode.MALFORMED_XML, f"单元格位置 {written[:20]!r} 不合规", sheet=self._sheet)
            if int(match.group(2)) != self._row:
                raise self._twice(f"第 {self._row} 行里写着属于另一行的单元格 {written[:20]}")
            before, self._column = self._column, column_number(match.group(1))
            if self._column == before:
                raise self._twice("同一单元格写了两次", self._a1)
            if self._column < before:
                raise self._twice("同一行的单元格次序颠倒", self._a1)
        self._cell = attributes
        self._value = self._formula = None
        self._inlines = 0

    def _open_inline(self, _: Attributes) -> None:
        self._inlines += 1
        if self._inlines > 1:
            raise self._twice("一个单元格写了两段文字", self._a1)

    def _open_formula(self, attributes: Attributes) -> None:
        self._formula_attributes = attributes

    def _close_formula(self, text: str) -> None:
        if self._formula is not None:
            raise self._twice("一个单元格写了两个公式", self._a1)
        if len(text) > _MAX_FORMULA:
            raise refusal(FaultCode.TOO_LARGE, f"公式有 {len(text)} 个字符", sheet=self._sheet, cell=self._a1)
        self._formula = self._formula_attributes, text

    def _close_value(self, text: str) -> None:
        if self._value is not None:
            raise self._twice("一个单元格写了两个值", self._a1)
        if self._inlines:  # even an empty one: calamine forgets the text before it
            raise self._twice("单元格写了一段文字，又另写了一个值", self._a1)
        self._value = text

    def _close_cell(self, _: str) -> None:
        inline, runs = self._inline.take() if self._inlines else ("", None)
        row, column = self._row, self._column
        if self._outside or column > MAX_COLUMNS:
            self._lost += 1
            return
        formula, array = self._read_formula()
        kind, text, value = self._values.read(self._kind(), self._value, inline, self._where)
        if kind == "e" and "vm" in self._cell:
            value = self._reading.rich_errors.get(table_index(self._cell["vm"]), value)
        if runs is None and self._reading.strings.runs and self._cell.get("t") == "s":
            runs = self._reading.strings.runs.get(table_index(self._value or ""))
        cell = RawCell(row, column, kind, text, value, formula, self._read_style(), array, runs)
        self.cells[row, column] = cell
        limits = self._reading.limits
        if (row > limits.far_row or column > limits.far_column) and not cell.empty:
            self._far.append(self._a1)

    def _kind(self) -> str:
        """The declared type. Raises Rejected for one that there is not, and where the content stands in another's place."""
        kind = self._cell.get("t", "n")
        if kind not in KINDS:
            raise refusal(FaultCode.MALFORMED_XML, f"单元格的类型写作 {kind[:20]!r}", sheet=self._sheet, cell=self._a1)
        if kind == "inlineStr":
            if (self._value or "").strip():
                raise self._twice("单元格写了一段文字，又另写了一个值", self._a1)
        elif self._inlines:
            raise self._twice(f"单元格的类型是 {kind}，内容却按另一种类型写", self._a1)
        return kind

    def _read_style(self) -> int:
        index = table_index(self._cell.get("s", "0"))
        if 0 <= index < len(self._reading.styles.cells):
            if self._reading.styles.cells[index].disputed:
                raise self._twice("单元格的格式写在几个可选的分支里，写得不同", self._a1)
            return index
        self._bad_styles.append(self._a1)
        return 0

    def _read_formula(self) -> tuple[str | None, str | None]:
        if self._formula is None:
            return None, None
        attributes, text = self._formula
        text = literals.unescape(text).strip().removeprefix("=")
        kind = attributes.get("t", "normal")
        if kind == "shared":
            text = self._read_shared(attributes.get("si", ""), text)
        elif kind == "dataTable":
            text = f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        elif not text:
            raise self._twice("单元格写着一个空的公式", self._a1)
        self._reading.count_formula(text)
        return text, attributes.get("ref", self._a1 or "")[:40] if kind in ("array", "dataTable") else None

    def _read_shared(self, index: str, text: str) -> str:
        if text:
            if not self._shared.define(index, self._row, self._column, text):
                raise self._twice("同一个共享公式写了两种", self._a1)
            return text
        if index not in self._shared:
            raise refusal(
                FaultCode.DANGLING_REFERENCE, f"共享公式 {index[:20]!r} 没有定义", sheet=self._sheet, cell=self._a1
            )
        expanded = self._shared.expand(index, self._row, self._column)
        if expanded is None:
            self._reading.log.add(
                FaultCode.UNREADABLE_SHARED_FORMULA, "共享公式无法解读，没有展开", self._sheet, self._a1
            )
            return self._shared.text(index)
        return expanded

    @property
    def _a1(self) -> str | None:
        return self._where()

    def _where(self) -> str | None:
        """The place of the current cell; None where it lies outside a worksheet."""
        inside = 1 <= self._row <= MAX_ROWS and 1 <= self._column <= MAX_COLUMNS
        return f"{column_letters(self._column)}{self._row}" if inside else None

    def _twice(self, detail: str, cell: str | None = None) -> Rejected:
        return refusal(FaultCode.WRITTEN_TWICE, detail, sheet=self._sheet, cell=cell)
