"""名册.xlsx as flat cells: read as a return is, which has bounds, then by openpyxl. Whatever the bytes, no traceback."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.fault_codes import FaultCode
from xlsxeval.forms.yaml_file import Position
from xlsxeval.intake.encrypted import decrypted
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.rejected import Rejected
from xlsxeval.limits import Limits
from xlsxeval.model import column_letters

_KINDS = {"s": "text", "n": "number", "b": "boolean", "d": "date", "e": "error", "f": "formula"}
_REPAIR = "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx 再试；打不开的，用 xlsxeval new 重新生成一份"
_SCIENTIFIC = re.compile(r"[eE][+-]")


@dataclass(frozen=True, slots=True)
class StoredCell:
    """One cell as it is stored. ``kind``: text, number, boolean, date, error, formula."""

    book: Path
    sheet: str
    row: int
    column: int
    kind: str = "text"
    value: Any = None
    number_format: str = "General"

    @property
    def position(self) -> Position:
        """``名册.xlsx 单位!B5``."""
        return Position(f"{self.book} {self.sheet}!{column_letters(self.column)}{self.row}")


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """One worksheet: what stands in it, and what a reader could overlook."""

    book: Path
    name: str
    rows: Mapping[int, Mapping[int, StoredCell]]
    merges: tuple[str, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    hidden: bool

    def position(self, place: str = "") -> Position:
        """A place of this sheet, such as ``A3:A5``; the sheet itself where there is none."""
        return Position(f"{self.book} {self.name}{'!' if place else ''}{place}")

    def cell(self, row: int, column: int) -> StoredCell:
        """The cell there, empty where nothing is stored."""
        return self.rows.get(row, {}).get(column) or StoredCell(self.book, self.name, row, column)


def read_book(path: Path) -> dict[str, StoredSheet]:
    """All worksheets by name. Raises DefinitionError where the file is none, is broken, or is no xlsx."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(path, "文件不存在，请检查路径") from None
    except OSError as error:
        raise _unreadable(path, f"读不了：{error.strerror}。文件如果正开着，请先关上") from None
    if not data:
        raise _unreadable(path, f"文件是空的（0 字节）。{_REPAIR}")
    limits = Limits()
    try:
        data = decrypted(data, limits)
        read_workbook(data, limits)  # what is too much for it is too much for openpyxl, which has no bounds
    except Rejected as rejected:
        if rejected.fault.code != FaultCode.INCOMPLETE_FILE:  # a lost worksheet is told with all else
            raise _unreadable(path, f"{rejected.fault.detail}。{_REPAIR}") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data))
            return {page.title: _sheet(path, page) for page in book.worksheets}
    except Exception as error:  # a file can be broken in any way, and openpyxl then raises whatever it met
        raise _unreadable(path, f"工作簿已损坏（{type(error).__name__}）。{_REPAIR}") from None


def _unreadable(path: Path, message: str) -> DefinitionError:
    return DefinitionError(Problem(str(path), 0, 0, message))


def _sheet(path: Path, page: Worksheet) -> StoredSheet:
    rows: dict[int, dict[int, StoredCell]] = {}
    # The stored cells only: iterating over rows would make every blank one up to the last row, which may be 1048576.
    for (row, column), cell in sorted(page._cells.items()):
        if cell.value is not None:
            kind = _KINDS.get(str(cell.data_type), "text")
            found = StoredCell(path, page.title, row, column, kind, cell.value, str(cell.number_format))
            rows.setdefault(row, {})[column] = found
    hidden_columns: set[int] = set()
    for dimension in page.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden_columns |= set(range(dimension.min, min(dimension.max, 1000) + 1))
    return StoredSheet(
        book=path,
        name=page.title,
        rows=rows,
        merges=tuple(str(merged) for merged in page.merged_cells.ranges),
        hidden_rows=frozenset(number for number, dimension in page.row_dimensions.items() if dimension.hidden),
        hidden_columns=frozenset(hidden_columns),
        hidden=page.sheet_state != "visible",
    )
