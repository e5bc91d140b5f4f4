"""The form of a workbook that another program sent, recovered from the workbook itself.

What is printed stands where this program lays it out, or nothing can be said. What the program adds to a form (自查, helper
columns) may stand anywhere and be computed in any way: it is taken from the workbook. The checks of this program are then
computed beside it, on sheets that no workbook has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from xlsxeval.calc import AreaRef, CellRef, FormulaSyntaxError, Node, parse, same_formula, transform, walk
from xlsxeval.intake.alignment import SheetView, align, align_printed
from xlsxeval.intake.cells import Box, RawCell, RawSheet, RawWorkbook
from xlsxeval.intake.comparison import Change, Difference, compare
from xlsxeval.layout.layout import CellKind, CellLook, Layout, PlacedCell, PlacedCheck, SheetLayout, WorkbookShape
from xlsxeval.layout.printed import Added, printed_sheet
from xlsxeval.model import Address

_APART = "##"
"""Begins the names of the sheets that no workbook has."""
_WORDED_OTHERWISE = (Change.FORMULA_CHANGED, Change.TEXT, Change.FORMAT)


def sent_layout(layout: Layout, sent: RawWorkbook) -> Layout | None:
    """The layout of a workbook just as it was sent; ``layout`` itself where this program lays it out alike.

    ``layout`` is what this program makes of the workbook's seal. None where that is printed otherwise.
    """
    if _is_laid_out(layout, sent):
        return layout
    views = align_printed(layout, sent)
    if not _stands(layout, views):
        return None
    printed = compare(layout, views, sent)
    if any(difference.change not in _WORDED_OTHERWISE for difference in printed):
        return None
    try:
        recovered = _Recovery(layout, sent, printed).layout()
    except (FormulaSyntaxError, _LostError):
        return None
    return recovered if _is_laid_out(recovered, sent) and not recovered.program.faults else None


def _is_laid_out(layout: Layout, sent: RawWorkbook) -> bool:
    views = align(layout, sent)
    return _stands(layout, views) and not compare(layout, views, sent)


def _stands(layout: Layout, views: Mapping[str, SheetView]) -> bool:
    """Whether every worksheet is there, with all rows and columns in their places."""
    whole = len(views) == len(layout.sheets)
    return whole and not any(view.moved or view.shifted or view.renamed for view in views.values())


def _is_in(areas: Iterable[Box], row: int, column: int) -> bool:
    return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)


class _LostError(Exception):
    """Something that the rules need does not stand in the workbook."""


class _Recovery:
    def __init__(self, layout: Layout, sent: RawWorkbook, printed: Sequence[Difference]) -> None:
        self.now = layout
        self.sent = sent
        self.added = Added(layout)
        self.differences: dict[Address, list[Difference]] = {}
        for difference in printed:
            assert difference.cell is not None
            self.differences.setdefault(difference.cell.address, []).append(difference)
        self.homes: dict[Address, Address] = {}
        """Where the fields beside the form stand in the workbook."""

    def layout(self) -> Layout:
        """The layout as it was sent. Raises FormulaSyntaxError, _LostError."""
        now, shape = self.now, self.now.shape
        pairs = [self._sheet(*pair) for pair in zip(shape.sheets, now.sheets, strict=True)]
        apart = {
            self._apart(cell.address): self._bound_apart(cell.formula, cell.address.sheet)
            for sheet in now.sheets
            for cell in sheet.cells
            if cell.formula is not None and self.added.holds(cell.address)
        }
        virtual = {at: self._bound_apart(formula, at.sheet) for at, formula in shape.virtual.items()}
        checks = tuple(map(self._check, shape.checks))
        recovered = WorkbookShape(tuple(bare for bare, _ in pairs), checks, {**virtual, **apart}, shape.greys)
        return replace(now, sheets=tuple(sheet for _, sheet in pairs), shape=recovered)

    def _sheet(self, bare: SheetLayout, sheet: SheetLayout) -> tuple[SheetLayout, SheetLayout]:
        """A worksheet without given values and with them."""
        raw = self.sent.sheet(sheet.name)
        assert raw is not None
        beside = self._beside(sheet, raw)
        rows = sheet.print_rows if sheet.form is not None else max((cell.address.row for cell in beside), default=1)
        both = []
        for one in (bare, sheet):
            printed = [self._printed(cell, raw, filled=one is sheet) for cell in printed_sheet(one).cells]
            both.append(replace(one, cells=(*printed, *beside), print_rows=rows))
        return both[0], both[1]

    def _printed(self, cell: PlacedCell, raw: RawSheet, *, filled: bool) -> PlacedCell:
        """A printed cell with the formula, text and number format that were sent."""
        if cell.carried is not None:
            cell = replace(cell, carried=self._class_of(cell.carried, raw))
        for difference in self.differences.get(cell.address, ()):
            there = raw.cells.get((cell.address.row, cell.address.column))
            if difference.change is Change.FORMAT:
                cell = replace(cell, look=replace(cell.look, number_format=difference.shown))
            elif difference.change is Change.FORMULA_CHANGED and there is not None and there.formula is not None:
                cell = replace(cell, formula=parse(there.formula))
            elif filled:
                cell = replace(cell, value=None if there is None else there.value)
        return cell

    def _class_of(self, carried: Address, raw: RawSheet) -> Address:
        """Where the class of a line is computed: where it was sent, if that is the same place."""
        own, there = self.now.cells[carried].formula, raw.cells.get((carried.row, carried.column))
        if own is None or there is None or there.formula is None or not same_formula(parse(there.formula), own):
            return self._apart(carried)
        return carried

    # -- beside what is printed ---------------------------------------------------------------------------------

    def _beside(self, sheet: SheetLayout, raw: RawSheet) -> list[PlacedCell]:
        """The cells that stand there in the workbook, with the fields that this program puts there."""
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in raw.merges}
        covered = {
            (row, column)
            for (top, left), (rows, columns) in spans.items()
            for row in range(top, top + rows)
            for column in range(left, left + columns)
        } - spans.keys()
        found = {}
        for place, cell in raw.cells.items():
            address = Address(sheet.name, *place)
            if self.added.holds(address) and place not in covered:
                coloured = _is_in(raw.conditional_formats, *place)
                role = "helper" if sheet.form is not None else "status" if coloured else "selfcheck"
                found[address] = self._taken(address, cell, role, spans.get(place, (1, 1)))
        fields = [cell for cell in sheet.cells if cell.slot is not None and self.added.holds(cell.address)]
        for own in fields:
            there = self._home(own, found.values())
            found[there.address] = replace(there, slot=own.slot, report=own.report)
            self.homes[own.address] = there.address
        if not all(self._means(own, found[self.homes[own.address]]) for own in fields):
            raise _LostError(sheet.name)
        return list(found.values())

    def _taken(self, address: Address, cell: RawCell, role: str, span: tuple[int, int]) -> PlacedCell:
        style = self.sent.style(cell)
        if cell.array is not None or not style.locked:
            raise _LostError(str(address))
        align = "left" if isinstance(cell.value, str) and cell.formula is None else "center"
        look = CellLook(role, align, style.number_format)
        if cell.formula is None:
            return PlacedCell(address, CellKind.LABEL, look, *span, value=cell.value, report=False)
        return PlacedCell(address, CellKind.COMPUTED, look, *span, formula=parse(cell.formula), report=False)

    def _home(self, own: PlacedCell, beside: Iterable[PlacedCell]) -> PlacedCell:
        """The first free cell of a field's row with its formula, wherever that takes from what stands beside the form."""
        assert own.formula is not None
        anywhere = self._anywhere(own.address.sheet)
        wanted = transform(own.formula, anywhere)
        for there in beside:
            free = there.slot is None and there.address.row == own.address.row
            if free and there.formula is not None and same_formula(transform(there.formula, anywhere), wanted):
                return there
        raise _LostError(str(own.address))

    def _anywhere(self, sheet: str) -> Callable[[Node], Node | None]:
        """Takes every cell beside the form for the same one."""

        def forget(node: Node) -> Node | None:
            if isinstance(node, CellRef) and self.added.holds(Address(node.sheet or sheet, node.row, node.column)):
                return CellRef(_APART, 1, 1)
            return None

        return forget

    def _means(self, own: PlacedCell, there: PlacedCell) -> bool:
        """Whether a formula takes the same fields beside the form as the one that it was found for."""
        assert own.formula is not None
        assert there.formula is not None
        sheet = own.address.sheet
        ours, theirs = (
            [Address(node.sheet or sheet, node.row, node.column) for node in walk(formula) if isinstance(node, CellRef)]
            for formula in (own.formula, there.formula)
        )
        return all(self.homes.get(one, other) == other for one, other in zip(ours, theirs, strict=True))

    # -- what this program adds, on sheets of its own -----------------------------------------------------------

    def _apart(self, address: Address) -> Address:
        return Address(_APART + address.sheet, *address[1:]) if self.added.holds(address) else address

    def _bound_apart(self, formula: Node, sheet: str) -> Node:
        """A formula of this program that takes what stands beside a form from there."""

        def bind(node: Node) -> Node | None:
            if isinstance(node, CellRef):
                there = self._apart(Address(node.sheet or sheet, node.row, node.column))
            elif isinstance(node, AreaRef):
                there = self._apart(Address(node.sheet or sheet, node.first_row, node.first_column))
            else:
                return None
            return replace(node, sheet=there.sheet)

        return transform(formula, bind)

    def _check(self, placed: PlacedCheck) -> PlacedCheck:
        return replace(
            placed,
            status=self._apart(placed.status),
            results=[self._apart(address) for address in placed.results],
            targets=[self.homes.get(address, address) for address in placed.targets],
            shown=[self.homes.get(address) or self._apart(address) for address in placed.shown],
            expected=[address and self._apart(address) for address in placed.expected],
        )
