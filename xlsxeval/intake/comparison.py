"""Every locked cell of a returned workbook against the layout: what differs, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from xlsxeval.calc import (
    AreaRef,
    Binary,
    Boolean,
    Call,
    CellRef,
    ErrorLiteral,
    ExcelError,
    FormulaSyntaxError,
    Node,
    Number,
    Text,
    Unary,
    parse,
    same_formula,
    to_formula,
    walk,
)
from xlsxeval.forms.types import TYPES
from xlsxeval.intake.alignment import SheetView, relocate
from xlsxeval.intake.cells import RawCell, RawStyle, RawWorkbook
from xlsxeval.layout.layout import CellKind, Layout, PlacedCell
from xlsxeval.layout.printed import Added
from xlsxeval.model import Address

_SAME_NUMBER = 1e-12


class Change(StrEnum):
    """How a locked cell was changed. Each is the business of one rule."""

    FORMULA_REPLACED = "formula-replaced"  # T101
    FORMULA_CHANGED = "formula-changed"  # T102
    TEXT = "text"  # T132
    FORMAT = "format"  # T135
    FOREIGN = "foreign"  # T136: content where the form has none
    MERGE = "merge"  # T131
    UNLOCKED = "unlocked"  # T003


@dataclass(frozen=True, slots=True)
class Difference:
    """One locked cell that is not as it was sent out. ``address`` is the place in the returned file.

    ``cell`` is None where the layout has no cell there. ``shown`` and ``expected`` are texts for people.
    """

    change: Change
    address: Address
    cell: PlacedCell | None
    shown: str
    expected: str
    formula: str | None = None
    """The formula that stands there in the place of what should."""


def compare(
    layout: Layout, views: Mapping[str, SheetView], book: RawWorkbook, *, printed: bool = False
) -> list[Difference]:
    """All differences, sheet by sheet in the layout's order.

    ``printed``: the program that sent the workbook laid out otherwise what programs add to a form. Neither number
    formats nor formulas that take anything from there are then compared; ``views`` show what is printed alone.
    """
    whole = len(views) == len(layout.sheets)
    straight = whole and not any(view.moved or view.shifted or view.renamed for view in views.values())
    added = Added(layout) if printed else None
    found: list[Difference] = []
    for view in views.values():
        comparer = _SheetComparer(layout, view, book, None if straight else views, added)
        found += comparer.cells()
        found += comparer.foreign()
        found += comparer.merges()
    return found


class _SheetComparer:
    def __init__(
        self,
        layout: Layout,
        view: SheetView,
        book: RawWorkbook,
        moved: Mapping[str, SheetView] | None,
        added: Added | None,
    ) -> None:
        self.texts = layout.formula_texts
        self.view = view
        self.book = book
        self.moved = moved
        self.added = added

    def cells(self) -> Iterator[Difference]:
        for cell, place in self.view.placed:
            if cell.kind is CellKind.INPUT:
                continue
            raw = self.view.raw.cells.get(place)
            difference = self._content(cell, raw)
            if difference is not None:
                yield difference
            if raw is not None:
                yield from self._style(cell, self.book.style(raw))

    def _content(self, cell: PlacedCell, raw: RawCell | None) -> Difference | None:
        if cell.formula is not None:
            return self._formula(cell, cell.formula, raw)
        if raw is not None and raw.formula is not None:
            return self._difference(Change.TEXT, cell, f"={raw.formula}", _text(cell.value), raw.formula)
        if not _same_value(cell.value, raw):
            shown, expected = (raw.text if raw else None) or "", _text(cell.value)
            return self._difference(Change.TEXT, cell, f"{shown}（文字）" if shown == expected else shown, expected)
        return None

    def _formula(self, cell: PlacedCell, expected: Node, raw: RawCell | None) -> Difference | None:
        text = self.texts[cell.address]
        if raw is None or raw.formula is None:
            shown = "" if raw is None else raw.text or ""
            return self._difference(Change.FORMULA_REPLACED, cell, shown, f"={text}")
        if self.added is not None and self.added.is_used_by(cell):
            return None
        if raw.array is not None or not self._same_formula(expected, text, raw.formula):
            shown = f"={raw.formula}" if raw.array is None else f"{{={raw.formula}}}"
            return self._difference(Change.FORMULA_CHANGED, cell, shown, f"={text}", raw.formula)
        return None

    def _same_formula(self, expected: Node, text: str, formula: str) -> bool:
        if self.moved is None:
            return formula == text or _alike(formula, text)
        expected = relocate(expected, self.moved, self.view)
        if formula == to_formula(expected):
            return True
        try:
            tree = parse(formula)
        except FormulaSyntaxError:
            return False
        if _REF in walk(tree) and any(view.lossy for view in self.moved.values()):
            return _skeleton(tree) == _skeleton(expected)
        return same_formula(tree, expected)

    def _style(self, cell: PlacedCell, style: RawStyle) -> Iterator[Difference]:
        """A changed number format shows another figure than the cell holds: 0.5 as 100 %, 99.5 as 100."""
        if not style.locked:
            yield self._difference(Change.UNLOCKED, cell, "未锁定", "锁定")
        if self.added is not None:
            return
        shown, expected = style.number_format, cell.look.number_format
        if shown != expected and _plain_format(shown) not in (_plain_format(expected), *_taken_over(cell)):
            yield self._difference(Change.FORMAT, cell, shown, expected)

    def foreign(self) -> Iterator[Difference]:
        """Content outside the layout's cells: beside the form, below it, or hidden under a merged cell."""
        own = {place for _, place in self.view.placed}
        for place, raw in self.view.raw.cells.items():
            if place in own or raw.empty or (raw.formula is None and not (raw.text or "").strip()):
                continue
            shown = raw.text or "" if raw.formula is None else f"={raw.formula}"
            yield Difference(Change.FOREIGN, Address(self.view.raw.name, *place), None, shown, "", raw.formula)

    def merges(self) -> Iterator[Difference]:
        expected: dict[tuple[int, int, int, int], PlacedCell | None] = {}
        for cell in self.view.layout.cells:
            if cell.rows > 1 or cell.columns > 1:
                row, column = cell.address.row, cell.address.column
                box = self.view.box(row, column, row + cell.rows - 1, column + cell.columns - 1)
                if box is not None and box[:2] != box[2:]:  # else the rows are gone, and with them the merge
                    expected[box] = cell
        actual = set(self.view.raw.merges)
        for box in sorted(actual ^ set(expected)):
            address = Address(self.view.raw.name, box[0], box[1])
            area = f"{address.a1}:{Address(address.sheet, box[2], box[3]).a1}"
            shown, wanted = (f"合并了 {area}", "不合并") if box in actual else ("没有合并", f"合并 {area}")
            yield Difference(Change.MERGE, address, expected.get(box), shown, wanted)

    def _difference(
        self, change: Change, cell: PlacedCell, shown: str, expected: str, formula: str | None = None
    ) -> Difference:
        return Difference(change, self.view.place(cell.address), cell, shown, expected, formula)


_REF = ErrorLiteral(ExcelError.REF)


def _skeleton(tree: Node) -> list[object]:
    """A formula but for its references: among blank lines nobody can tell which was deleted, and so which are lost."""
    found: list[object] = []
    for node in walk(tree):
        match node:
            case Call(name, args):
                found.append((name, len(args)))
            case Binary(operator) | Unary(operator):
                found.append(operator)
            case CellRef() | AreaRef() | ErrorLiteral(ExcelError.REF):
                found.append(_REF)
            case _:
                found.append(node if isinstance(node, (Number, Text, Boolean, ErrorLiteral)) else type(node))
    return found


@lru_cache(maxsize=256)
def _alike(formula: str, text: str) -> bool:
    """Whether a formula says what ``text`` says; the files of a batch hold the same few in another spelling."""
    try:
        return same_formula(parse(formula), parse(text))
    except FormulaSyntaxError:
        return False


def _same_value(expected: object, raw: RawCell | None) -> bool:
    """Whether a cell holds what it should; digits may be a text or a number, which some programs decide by themselves."""
    if raw is None or raw.empty or (raw.kind == "s" and not raw.text):
        return expected is None or expected == ""
    if isinstance(expected, bool) or isinstance(raw.value, bool):
        return expected is raw.value  # 1 is not TRUE: sums pass over it
    if isinstance(expected, float) and isinstance(raw.value, float):
        return abs(raw.value - expected) <= _SAME_NUMBER * max(1.0, abs(expected))
    if isinstance(expected, str) and isinstance(raw.value, str):
        return raw.value == expected or _plain_text(raw.value) == _plain_text(expected)
    if isinstance(expected, str | float) and isinstance(raw.value, str | float):
        return _text(expected).strip() in ((raw.text or "").strip(), _text(raw.value))
    return expected == raw.value and expected is not None


def _plain_text(text: str) -> str:
    """A text without what programs change on saving: kinds of line ends, blanks at the ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _taken_over(cell: PlacedCell) -> tuple[str, ...]:
    """The formats that LibreOffice gives a computed cell without one on saving: those of the percents and dates it reads."""
    if cell.formula is None or cell.look.number_format != "General":
        return ()
    return tuple(_plain_format(TYPES[name].number_format) for name in ("percent", "date"))


def _plain_format(code: str) -> str:
    """A number format without the quotation marks, backslashes and language marks that programs add or take."""
    code = re.sub(r"\[\$-[0-9A-Fa-f,]*\]", "", code.split(";@")[0])
    return re.sub(r'["\\]', "", code).casefold()
