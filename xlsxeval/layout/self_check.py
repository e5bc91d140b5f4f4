"""The 自查 sheet: every check live, what is open counted on top, a link to each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlsxeval.calc import Node
from xlsxeval.forms.definition import Check, Form, Formula
from xlsxeval.layout.binding import AbsentFormError, Binder, Scope
from xlsxeval.layout.check_formulas import (
    blank_if_blank,
    blank_if_error,
    form_status,
    line_status,
    lines_status,
    required_status,
    summary,
)
from xlsxeval.layout.grid import HELPER_WIDTH
from xlsxeval.layout.layout import SELF_CHECK_SHEET, CellKind, PlacedCell, PlacedCheck, SheetLayout, looked
from xlsxeval.layout.metrics import row_height, wrapped_lines
from xlsxeval.model import Address, Place, Severity

VIRTUAL_SHEET = "#自查"
_WIDTHS = (5.0, 11.0, 50.0, 14.0, 14.0, 14.0, 15.0)
_HEADER = ("序号", "附件", "检查内容", "结果", "现为", "应为", "位置")
_FIRST_ROW = 5
_NOTHING = "没有需要自查的项目"


class SelfCheck:
    """Lays the checks out: one row each in 自查; a check of every line also has a helper column at its lines.

    ``severities`` are those that were set, by code; None where a check is switched off.
    """

    def __init__(self, binder: Binder, severities: Mapping[str, Severity | None], *, split: bool = False) -> None:
        self.binder = binder
        self.severities = severities
        self.virtual: dict[Address, Node] = {}
        self.placed: list[PlacedCheck] = []
        self.cells: list[PlacedCell] = []
        self.greys: dict[Address, Address] = {}
        self.heights: dict[int, float] = {}
        self.row = _FIRST_ROW
        self.split = split
        self.left_out = 0

    def build(self, sheets: Sequence[SheetLayout]) -> tuple[list[SheetLayout], list[PlacedCheck], dict[Address, Node]]:
        """The sheets with their helper columns and 自查 at the end, the checks, and formulas that stand nowhere."""
        done = []
        for sheet in sheets:
            if sheet.form is not None:
                self._required(sheet)
                sheet = self._checks(sheet, sheet.form)
            done.append(sheet)
        return [*done, self._sheet()], self.placed, self.virtual

    # -- rows ---------------------------------------------------------------------------------------------------

    def _required(self, sheet: SheetLayout) -> None:
        found = required_status(sheet, self._greys(sheet))
        if found is not None:
            status, first = found
            self._line(sheet, "必填项已全部填写", status, None, None, "General", first)

    def _greys(self, sheet: SheetLayout) -> dict[str, Node]:
        """Conditions that make inputs grey, by their text; the cell with each input's result is recorded in ``greys``."""
        assert sheet.form is not None
        scope = Scope(sheet.form, sheet.instance)
        bound: dict[str, Node] = {}
        results: dict[str, Address] = {}
        for cell in sheet.cells:
            formula = cell.slot.field.grey_when if cell.slot and cell.grey is not None else None
            if formula is None or cell.kind is not CellKind.INPUT:
                continue
            if formula.text not in bound:
                bound[formula.text] = self.binder.bind(formula, scope, SELF_CHECK_SHEET)
                results[formula.text] = self._virtual(formula, scope)
            self.greys[cell.address] = results[formula.text]
        return bound

    def _checks(self, sheet: SheetLayout, form: Form) -> SheetLayout:
        helpers: list[PlacedCell] = []
        widths = list(sheet.column_widths)
        for check in form.checks:
            severity = self._severity(check)
            try:
                if severity is None:
                    self._unseen(sheet, form, check)
                elif check.each:
                    column = max(len(widths), sheet.print_columns + 1) + 1
                    added = self._line_check(sheet, form, check, severity, column)
                    widths += [2.0] * (column - 1 - len(widths)) + [HELPER_WIDTH]
                    helpers += added
                else:
                    self._form_check(sheet, form, check, severity)
            except AbsentFormError:
                self.left_out += severity is not None
            except KeyError as error:
                self.binder.problems.append(check.position.problem(f"检查 {check.code} 的字段 {error} 不存在"))
        return replace(sheet, cells=(*sheet.cells, *helpers), column_widths=tuple(widths))

    def _severity(self, check: Check) -> Severity | None:
        """The severity of a check here; None where it is switched off."""
        return self.severities.get(check.code, check.severity)

    def _form_check(self, sheet: SheetLayout, form: Form, check: Check, severity: Severity) -> None:
        scope = Scope(form, sheet.instance)
        target = self.binder.addresses(check.at, scope)[0]
        field = form.fields.get(check.at)
        that = self.binder.bind(check.that, scope, SELF_CHECK_SHEET)
        where = self._optional(check.where, scope, SELF_CHECK_SHEET)
        shown = self._optional(check.shown, scope, SELF_CHECK_SHEET) or blank_if_blank(target)
        expected = self._optional(check.expected, scope, SELF_CHECK_SHEET)
        number_format = field.number_format if field else "General"
        row = self._line(
            sheet,
            check.say,
            form_status(severity, that, where),
            shown,
            expected and blank_if_error(expected),
            number_format,
            target,
        )
        self.placed.append(
            PlacedCheck(
                check=check,
                sheet=sheet.name,
                instance=sheet.instance,
                status=Address(SELF_CHECK_SHEET, row, 4),
                results=[Address(SELF_CHECK_SHEET, row, 4)],
                targets=[target],
                shown=[Address(SELF_CHECK_SHEET, row, 5)],
                expected=[Address(SELF_CHECK_SHEET, row, 6) if expected is not None else None],
                related=[self._related(check, scope)],
                severity=severity,
            )
        )

    def _unseen(self, sheet: SheetLayout, form: Form, check: Check) -> None:
        """A check that is switched off: in no worksheet, yet computed, for it may be switched on after the sending out."""
        block = sheet.block(check.each) if check.each else None
        scopes = [Scope(form, sheet.instance)]
        if block is not None:
            scopes = [Scope(form, sheet.instance, check.each, line) for line in range(1, block.lines + 1)]
        results, targets, shown, expected, related = [], [], [], [], []
        for scope in scopes:
            that = self.binder.bind(check.that, scope, VIRTUAL_SHEET)
            where = self._optional(check.where, scope, VIRTUAL_SHEET)
            target = self.binder.addresses(check.at, scope)[0]
            results.append(self._hidden(form_status(check.severity, that, where)))
            targets.append(target)
            shown.append(target if check.shown is None else self._virtual(check.shown, scope))
            expected.append(None if check.expected is None else self._virtual(check.expected, scope))
            related.append(self._related(check, scope))
        name, number = sheet.name, sheet.instance
        self.placed.append(
            PlacedCheck(check, name, number, results[0], results, targets, shown, expected, related, check.severity)
        )

    def _line_check(
        self, sheet: SheetLayout, form: Form, check: Check, severity: Severity, column: int
    ) -> list[PlacedCell]:
        block = sheet.block(str(check.each))
        assert block is not None
        if block.first_row == 1:
            message = f"检查 {check.code} 的标题要写在「{block.id}」这一组行的上一行，请在上面加一行"
            self.binder.problems.append(check.position.problem(message))
            return []
        cells = [
            PlacedCell(
                Address(sheet.name, block.first_row - 1, column), CellKind.LABEL, looked("helper"), value=check.title
            )
        ]
        results, targets, shown, expected, related = [], [], [], [], []
        for line in range(1, block.lines + 1):
            scope = Scope(form, sheet.instance, check.each, line)
            address = Address(sheet.name, block.first_row + line - 1, column)
            that = self.binder.bind(check.that, scope, sheet.name)
            where = self._optional(check.where, scope, sheet.name)
            cells.append(
                PlacedCell(
                    address, CellKind.COMPUTED, looked("helper", "left"), formula=line_status(severity, that, where)
                )
            )
            target = self.binder.addresses(check.at, scope)[0]
            results.append(address)
            targets.append(target)
            shown.append(target)
            expected.append(None if check.expected is None else self._virtual(check.expected, scope))
            related.append(self._related(check, scope))
        row = self._line(sheet, check.say, lines_status(severity, results), None, None, "General", targets[0])
        self.placed.append(
            PlacedCheck(
                check,
                sheet.name,
                sheet.instance,
                Address(SELF_CHECK_SHEET, row, 4),
                results,
                targets,
                shown,
                expected,
                related,
                severity,
            )
        )
        return cells

    # -- helpers ------------------------------------------------------------------------------------------------

    def _line(
        self,
        sheet: SheetLayout,
        say: str,
        status: Node,
        shown: Node | None,
        expected: Node | None,
        number_format: str,
        target: Address,
    ) -> int:
        row, self.row = self.row, self.row + 1
        name = SELF_CHECK_SHEET
        value = looked("selfcheck", "right", number_format)
        label = looked("selfcheck")
        self.cells += [
            PlacedCell(Address(name, row, 1), CellKind.LABEL, label, value=float(row - _FIRST_ROW + 1)),
            PlacedCell(Address(name, row, 2), CellKind.LABEL, label, value=sheet.name),
            PlacedCell(Address(name, row, 3), CellKind.LABEL, looked("selfcheck", "left"), value=say),
            PlacedCell(Address(name, row, 4), CellKind.COMPUTED, looked("status"), formula=status),
            PlacedCell(Address(name, row, 5), _kind(shown), value, formula=shown),
            PlacedCell(Address(name, row, 6), _kind(expected), value, formula=expected),
            PlacedCell(Address(name, row, 7), CellKind.LABEL, looked("link"), value=str(target), link=target),
        ]
        self.heights[row] = row_height(wrapped_lines(say, _WIDTHS[2]))
        return row

    def _sheet(self) -> SheetLayout:
        name = SELF_CHECK_SHEET
        width = len(_WIDTHS)
        if self.row == _FIRST_ROW:  # the count on top needs a row to count in
            address = Address(name, self.row, 1)
            nothing = PlacedCell(address, CellKind.LABEL, looked("selfcheck"), columns=width, value=_NOTHING)
            self.cells.append(nothing)
        last = max(self.row - 1, _FIRST_ROW)
        overall = summary(Address(name, _FIRST_ROW, 4), Address(name, last, 4))
        note = "结果随填随算：✗ 必须改正；△ 请核对，属实的不用改；— 待填 表示所需的数还没填。点“位置”可跳到单元格。"
        if self.split and self.left_out:
            note += f"另有 {self.left_out} 项要与别的附件对照，收回以后由组织部门核对。"
        top = [
            PlacedCell(Address(name, 1, 1), CellKind.LABEL, looked("title"), columns=width, value="自查"),
            PlacedCell(Address(name, 2, 1), CellKind.COMPUTED, looked("summary"), columns=width, formula=overall),
            PlacedCell(Address(name, 3, 1), CellKind.LABEL, looked("note", "left"), columns=width, value=note),
        ]
        top += [
            PlacedCell(Address(name, 4, index), CellKind.LABEL, looked("heading"), value=text)
            for index, text in enumerate(_HEADER, start=1)
        ]
        heights = {1: 30.0, 2: row_height(1.4), 3: row_height(wrapped_lines(note, sum(_WIDTHS))), 4: row_height(1)}
        return SheetLayout(
            name=name,
            form=None,
            instance=None,
            project=None,
            attachment="",
            title="自查",
            cells=(*top, *self.cells),
            column_widths=_WIDTHS,
            row_heights=heights | self.heights,
            print_rows=last,
            print_columns=width,
            repeat_rows=(4, 4),
            landscape=True,
        )

    def _optional(self, formula: Formula | None, scope: Scope, sheet: str) -> Node | None:
        return None if formula is None else self.binder.bind(formula, scope, sheet)

    def _virtual(self, formula: Formula, scope: Scope) -> Address:
        return self._hidden(self.binder.bind(formula, scope, VIRTUAL_SHEET))

    def _hidden(self, formula: Node) -> Address:
        address = Address(VIRTUAL_SHEET, len(self.virtual) + 1, 1)
        self.virtual[address] = formula
        return address

    def _related(self, check: Check, scope: Scope) -> list[Place]:
        places = []
        for name in check.related:
            field_id = name.rpartition("!")[2]
            places += [Place(a.sheet, a.a1, field_id) for a in self.binder.addresses(name, scope)]
        return places


def _kind(formula: Node | None) -> CellKind:
    return CellKind.LABEL if formula is None else CellKind.COMPUTED
