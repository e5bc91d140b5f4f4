"""Campaign + edition → a unit's Layout: its forms and what is written into them, on the shape that they have."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.schema import RepeatSpec
from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.forms.sheet_names import FINDINGS_SHEET
from xlsxeval.layout.grid import FilledFrame, FormFrame, GridPlacer
from xlsxeval.layout.layout import SELF_CHECK_SHEET, Layout, SheetLayout
from xlsxeval.layout.self_check import VIRTUAL_SHEET
from xlsxeval.layout.shaping import Outline, Shapes, make_shape
from xlsxeval.layout.wording import Wording

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


def build_layout(
    campaign: Campaign, unit: Unit, edition: Edition, part: str | None = None, shapes: Shapes | None = None
) -> Layout:
    """The layout of one unit's workbook; with ``part`` of the one that holds only the worksheet of that name.

    A form without inputs (the guide) is in every part. Checks between worksheets of different parts are left to the
    collection, and 自查 says how many. Who lays out many units hands in ``shapes``: what is the same in them is then
    made once.

    Raises DefinitionError with every fault of the forms: names that lead nowhere, cells placed twice, cycles.
    """
    return _Builder(campaign, unit, edition, part).build(Shapes() if shapes is None else shapes)


def parts_of(layout: Layout) -> list[str]:
    """The worksheets that each make a workbook of their own when a unit's forms are sent out apart."""
    return [sheet.name for sheet in layout.sheets if sheet.form is not None and _has_inputs(sheet.form)]


def part_names(campaign: Campaign, unit: Unit, edition: Edition) -> list[str]:
    """Worksheets that each make a workbook of their own, for a unit that is not laid out.

    Raises DefinitionError as :func:`to_fill_in` does.
    """
    return [instance.sheet for instance in to_fill_in(campaign, unit, edition)]


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

    def build(self, shapes: Shapes) -> Layout:
        instances = self.instances()
        drafts = [self._draft(instance) for instance in instances]
        outline = self._outline([draft.frame for draft in drafts])
        if self.problems:  # told together with what else is wrong; such a shape is not kept
            found = make_shape(outline, self.unit.code)[1]
            raise DefinitionError(list(dict.fromkeys([*self.problems, *found])))
        shape = shapes.of(outline, self.unit.code)
        *frames, self_check = shape.sheets
        pairs = zip(frames, instances, drafts, strict=True)
        sheets = [_filled(sheet, instance, draft) for sheet, instance, draft in pairs]
        return Layout(self.campaign, self.unit, self.edition, (*sheets, self_check), shape, self.part)

    def _outline(self, frames: list[FormFrame]) -> Outline:
        settings = {**self.edition.settings, **self.campaign.settings}
        severities = {code: setting.severity for code, setting in sorted(settings.items())}
        return Outline(
            self.edition, self.campaign.year, tuple(severities.items()), self.part is not None, tuple(frames)
        )

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

    def _draft(self, instance: Instance) -> FilledFrame:
        constants = self.wording.constants(instance.number, instance.project)
        given = dict(instance.project.given if instance.project else self.unit.given.get(instance.form.id, {}))
        given |= self._project_lines(instance.form)
        placer = GridPlacer(instance.form, given, constants, lambda text, at: self.wording.render(text, at, constants))
        draft = placer.place(instance.number, instance.sheet)
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


def _filled(sheet: SheetLayout, instance: Instance, draft: FilledFrame) -> SheetLayout:
    """A worksheet of a shape with what the campaign writes into it."""
    cells = list(sheet.cells)
    for index, value in draft.values.items():
        cells[index] = replace(cells[index], value=value)
    title = next((str(cell.value) for cell in cells if cell.look.role == "title"), sheet.name)
    return replace(
        sheet,
        project=instance.project,
        attachment=instance.attachment,
        title=title,
        cells=tuple(cells),
        row_heights=draft.heights,
    )


def _has_inputs(form: Form) -> bool:
    return any(field.formula is None and field.given is None for field in form.fields.values())
