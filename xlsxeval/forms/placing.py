"""Campaign + edition → a unit's Layout: grids placed, names bound, checks laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxeval.calc import Node
from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.bind import AbsentFormError, Binder, Key, Scope
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.carried import carry_down
from xlsxeval.forms.definition import Edition, Field, Form, Formula
from xlsxeval.forms.grid import DraftSheet, GridPlacer
from xlsxeval.forms.layout import SELF_CHECK_SHEET, CellKind, Layout, PlacedCell, SheetLayout, Slot
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.forms.selfcheck import VIRTUAL_SHEET, SelfCheck
from xlsxeval.forms.sheetnames import FINDINGS_SHEET
from xlsxeval.forms.wording import Wording
from xlsxeval.model import Address

MAX_SHEET_NAME = 31
_FORBIDDEN_IN_SHEET_NAME = set("[]:*?/\\'|")  # Excel's own, and the mark between the parts of a seal
_RESERVED_SHEET_NAMES = {SELF_CHECK_SHEET, VIRTUAL_SHEET, SEAL_SHEET, "history", FINDINGS_SHEET}


@dataclass(frozen=True, slots=True)
class Instance:
    """One form as this unit fills it in; ``number`` counts its projects from 1."""

    form: Form
    number: int | None
    project: Project | None
    sheet: str
    attachment: str


def build_layout(campaign: Campaign, unit: Unit, edition: Edition, part: str | None = None) -> Layout:
    """The layout of one unit's workbook; with ``part`` of the one that holds only the worksheet of that name.

    A form without inputs (the guide) is in every part. Checks between worksheets of different parts are left to the
    collection, and 自查 says how many.

    Raises DefinitionError with every fault of the forms: names that lead nowhere, cells placed twice, cycles.
    """
    return _Builder(campaign, unit, edition, part).build()


def parts_of(layout: Layout) -> list[str]:
    """The worksheets that each make a workbook of their own when a unit's forms are sent out apart."""
    return [sheet.name for sheet in layout.sheets if sheet.form is not None and _has_inputs(sheet.form)]


def to_fill_in(campaign: Campaign, unit: Unit, edition: Edition) -> list[Instance]:
    """The worksheets that a unit is to fill in, without laying them out.

    Raises DefinitionError where their names are not possible.
    """
    builder = _Builder(campaign, unit, edition, None)
    found = [instance for instance in builder.instances() if _has_inputs(instance.form)]
    if builder.problems:
        raise DefinitionError(builder.problems)
    return found


class _Builder:
    def __init__(self, campaign: Campaign, unit: Unit, edition: Edition, part: str | None) -> None:
        self.campaign = campaign
        self.unit = unit
        self.edition = edition
        self.part = part
        self.problems: list[Problem] = []
        self.wording = Wording(campaign, unit, edition, self.problems)

    def build(self) -> Layout:
        instances = self.instances()
        drafts = [self._draft(instance) for instance in instances]
        binder = self._binder(instances, drafts)
        sheets = [self._sheet(instance, draft, binder) for instance, draft in zip(instances, drafts, strict=True)]
        settings = {**self.edition.settings, **self.campaign.settings}
        self_check = SelfCheck(binder, settings, split=self.part is not None)
        sheets, checks, virtual = self_check.build(sheets)
        self.problems += binder.problems
        if self.problems:
            raise DefinitionError(list(dict.fromkeys(self.problems)))
        layout = Layout(
            self.campaign,
            self.unit,
            self.edition,
            tuple(sheets),
            tuple(checks),
            virtual,
            self_check.greys,
            self.part,
        )
        faults = layout.program.faults
        if faults:
            problems = []
            for fault in faults:
                cell = layout.cells.get(fault.address)
                at = cell.slot.field.position if cell and cell.slot else self.edition.position
                problems.append(at.problem(f"{fault.address}：{fault.message}"))
            raise DefinitionError(problems)
        return layout

    # -- instances ----------------------------------------------------------------------------------------------

    def instances(self) -> list[Instance]:
        """The forms as this unit fills them in; their faults are among ``problems``."""
        found: list[Instance] = []
        for form in self.edition.forms:
            if form.id not in self.unit.forms if self.unit.forms is not None else form.filled_by == "office":
                continue
            if form.each == "project":
                for number, project in enumerate(self.unit.projects, start=1):
                    found.append(self._instance(form, number, project))
            else:
                found.append(self._instance(form, None, None))
        self._sheet_names(found)
        if self.part is None:
            return found
        if not any(instance.sheet == self.part for instance in found):
            self.problems.append(self.edition.position.problem(f"单位 {self.unit.code} 没有「{self.part}」这张表"))
        return [one for one in found if one.sheet == self.part or not _has_inputs(one.form)]

    def _sheet_names(self, instances: list[Instance]) -> None:
        """Worksheets need names that Excel takes, that are not the program's own, and that differ by more than case."""
        names: set[str] = set()
        for instance in instances:
            name, at = instance.sheet, instance.form.position
            if len(name) > MAX_SHEET_NAME or set(name) & _FORBIDDEN_IN_SHEET_NAME or not name.strip():
                self.problems.append(at.problem(f"工作表名「{name}」不合 Excel 的规定（不超过 31 字，不含 []:*?/\\'）"))
            if name.casefold() in _RESERVED_SHEET_NAMES:
                self.problems.append(at.problem(f"工作表名「{name}」由程序或 Excel 自用，请换一个"))
            if name.casefold() in names:
                self.problems.append(at.problem(f"两张表的工作表名都是「{name}」（不分大小写）"))
            names.add(name.casefold())

    def _instance(self, form: Form, number: int | None, project: Project | None) -> Instance:
        constants = self.wording.constants(number, project)
        sheet = self.wording.render(form.sheet, form.position, constants)
        attachment = self.wording.render(form.attachment, form.position, constants)
        return Instance(form, number, project, sheet, attachment)

    # -- cells --------------------------------------------------------------------------------------------------

    def _draft(self, instance: Instance) -> DraftSheet:
        constants = self.wording.constants(instance.number, instance.project)
        given = dict(instance.project.given if instance.project else self.unit.given.get(instance.form.id, {}))
        given |= self._project_lines(instance.form)
        placer = GridPlacer(instance.form, given, constants, lambda text, at: self.wording.render(text, at, constants))
        draft = placer.place()
        carry_down(draft)
        self.problems += draft.problems
        return draft

    def _project_lines(self, form: Form) -> dict[str, list[dict[str, str]]]:
        """The lines of blocks that list the unit's projects (``given: unit.projects``)."""
        attachment = next((other.attachment for other in self.edition.forms if other.each == "project"), "")
        lines = []
        for number, project in enumerate(self.unit.projects, start=1):
            mark = self.wording.render(attachment, form.position, self.wording.constants(number, project))
            lines.append({"name": project.name, "number": mark})
        blocks = [(entry.spec, entry.position) for entry in form.grid if isinstance(entry.spec, RepeatSpec)]
        for spec, position in blocks:
            if spec.given not in (None, "unit.projects"):
                self.problems.append(position.problem(f"「{spec.repeat}」的 given 只能是 unit.projects"))
        return {spec.repeat: lines for spec, _ in blocks if spec.given == "unit.projects"}

    def _binder(self, instances: list[Instance], drafts: list[DraftSheet]) -> Binder:
        cells: dict[Key, list[Address]] = {}
        carried: dict[Key, list[Address]] = {}
        by_form: dict[str, list[int | None]] = {}
        for instance, draft in zip(instances, drafts, strict=True):
            by_form.setdefault(instance.form.id, []).append(instance.number)
            for field in instance.form.fields.values():
                cells[instance.form.id, instance.number, field.id] = []
            for cell in draft.cells:
                if cell.field is None:
                    continue
                key = (instance.form.id, instance.number, cell.field.id)
                lines = range(cell.row, cell.row + cell.rows) if cell.line else (cell.row,)
                cells[key] += [Address(instance.sheet, cell.row, cell.column) for _ in lines]
                if cell.carried is not None:
                    carried.setdefault(key, []).extend(Address(instance.sheet, row, cell.carried) for row in lines)
        constants: dict[str, Mapping[str, float | str | bool]] = {
            "edition": {name: parameter.value for name, parameter in self.edition.parameters.items()},
            "campaign": {"year": float(self.campaign.year)},
        }
        return Binder({form.id: form for form in self.edition.forms}, by_form, cells, constants, carried)

    def _sheet(self, instance: Instance, draft: DraftSheet, binder: Binder) -> SheetLayout:
        cells = []
        for cell in draft.cells:
            kind, formula, slot = CellKind.COMPUTED if cell.formula else CellKind.LABEL, cell.formula, None
            field = cell.field
            if field is not None:
                slot = Slot(instance.form.id, instance.number, field, cell.line)
                scope = Scope(instance.form, instance.number, field.block, cell.line)
                if field.formula is not None:
                    kind, formula = CellKind.COMPUTED, self._bind(field.formula, scope, instance.sheet, binder)
                elif field.given or cell.locked_value:
                    kind = CellKind.GIVEN
                else:
                    kind = CellKind.INPUT
            address = Address(instance.sheet, cell.row, cell.column)
            grey = self._grey(field, instance, binder) if kind in (CellKind.INPUT, CellKind.COMPUTED) else None
            span = (cell.rows, cell.columns)
            carried = Address(instance.sheet, cell.row, cell.carried) if cell.carried is not None else None
            cells.append(
                PlacedCell(address, kind, cell.look, *span, cell.value, formula, slot, None, grey, cell.report, carried)
            )
        form = instance.form
        title = next((str(cell.value) for cell in draft.cells if cell.look.role == "title"), instance.sheet)
        return SheetLayout(
            name=instance.sheet,
            form=form,
            instance=instance.number,
            project=instance.project,
            attachment=instance.attachment,
            title=title,
            cells=tuple(cells),
            column_widths=tuple(draft.widths),
            row_heights=draft.heights,
            print_rows=draft.rows,
            print_columns=draft.columns,
            repeat_rows=draft.repeat_rows,
            landscape=form.landscape,
            blocks=tuple(draft.blocks),
        )

    def _grey(self, field: Field | None, instance: Instance, binder: Binder) -> Node | None:
        if field is None or field.grey_when is None:
            return None
        try:
            return binder.bind(field.grey_when, Scope(instance.form, instance.number), instance.sheet)
        except AbsentFormError:
            return None

    def _bind(self, formula: Formula, scope: Scope, sheet: str, binder: Binder) -> Node | None:
        try:
            return binder.bind(formula, scope, sheet)
        except AbsentFormError as error:
            self.problems.append(
                formula.position.problem(f"单位 {self.unit.code} 不填「{error}」，而公式要用它：{formula.text}")
            )
            return None


def _has_inputs(form: Form) -> bool:
    return any(field.formula is None and field.given is None for field in form.fields.values())
