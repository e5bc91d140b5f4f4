"""单位 and 项目 of the roster: who takes part, with which forms and projects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlsxeval.forms.definition import Edition
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.roster.book import StoredCell
from xlsxeval.roster.cell_values import is_blank
from xlsxeval.roster.draft import Path_, RosterDraft
from xlsxeval.roster.plan import FILLED_IN, FORM_COLUMN, NOT_FILLED_IN
from xlsxeval.roster.tables import RosterRow


@dataclass(slots=True)
class UnitLookup:
    """Finds the unit and the project that a line of another sheet names; what it names wrongly is told once."""

    draft: RosterDraft
    units: dict[str, int] = field(default_factory=dict)
    projects: dict[tuple[int, str], int] = field(default_factory=dict)
    _told: set[tuple[str, str, str | None]] = field(default_factory=set)

    def unit(self, cell: StoredCell) -> int | None:
        """The number of the unit that a cell names by its code."""
        code = self.draft.required(cell, self.draft.code(cell), "单位代码")
        if code is None:
            return None
        if code not in self.units and self._first_time(cell, code, None):
            near = next((known for known in self.units if known.lstrip("0") == code.lstrip("0")), "")
            guess = f"，是不是「{near}」？" if near else suggestion(code, self.units)
            self.draft.fault(cell, f"「单位」里没有代码「{code}」{guess}")
        return self.units.get(code)

    def owner(self, row: RosterRow) -> tuple[Path_, bool] | None:
        """The path of the project that a line names, or of its unit where it names none, and whether it is a project."""
        unit = self.unit(row.cells["unit"]) if "unit" in row.cells else None
        cell = row.cells.get("project")
        name = self.draft.text(cell) if cell else None
        if unit is None:
            return None
        if cell is None or name is None:
            return ("units", unit), False
        project = self.projects.get((unit, name))
        if project is None:
            if self._first_time(cell, str(unit), name):
                known = [other for number, other in self.projects if number == unit]
                self.draft.fault(cell, f"「项目」里这个单位没有「{name}」这个项目{suggestion(name, known)}")
            return None
        return ("units", unit, "projects", project), True

    def data(self, path: Path_) -> dict[str, Any]:
        """The unit or project at a path of the draft."""
        node: Any = self.draft.data
        for key in path:
            node = node[key]
        found: dict[str, Any] = node
        return found

    def _first_time(self, cell: StoredCell, unit: str, project: str | None) -> bool:
        key = (cell.sheet, unit, project)
        new = key not in self._told
        self._told.add(key)
        return new


def read_units(draft: RosterDraft, register: UnitLookup, rows: list[RosterRow], edition: Edition | None) -> None:
    """The lines of 单位."""
    typed = [row.cells["code"] for row in rows if "code" in row.cells]
    for row in rows:
        cell, name = row.cells.get("code"), row.cells.get("name")
        code = draft.required(cell, draft.code(cell), "单位代码") if cell else None
        if cell is None or code is None:
            continue
        number = len(draft.data["units"])
        unit: dict[str, Any] = {"code": code, "name": _name(draft, name), "projects": []}
        path: Path_ = ("units", number)
        draft.mark(path, cell)
        draft.mark((*path, "code"), cell)
        if name:
            draft.mark((*path, "name"), name)
        for key in ("contact", "email"):
            text = draft.text(row.cells[key]) if key in row.cells else None
            if text is not None:
                unit[key] = text
                draft.mark((*path, key), row.cells[key])
        if edition:
            _read_forms(draft, row, unit, edition)
        draft.data["units"].append(unit)
        register.units.setdefault(code, number)
    _damaged_codes(draft, typed)


def _name(draft: RosterDraft, cell: StoredCell | None) -> str:
    """The unit's name; a stand-in where another fault was told of it already."""
    if cell is not None and is_blank(cell):
        return ""
    return (draft.text(cell) if cell else None) or "-"


def _read_forms(draft: RosterDraft, row: RosterRow, unit: dict[str, Any], edition: Edition) -> None:
    usual = [form.id for form in edition.forms if form.filled_by == "unit"]
    chosen = []
    for form in edition.forms:
        cell = row.cells.get(f"{FORM_COLUMN}{form.id}")
        answer = draft.text(cell) if cell else None
        if cell and answer not in (None, FILLED_IN, NOT_FILLED_IN):
            draft.fault(cell, f"应空着，或从下拉列表中选“{FILLED_IN}”“{NOT_FILLED_IN}”，不能填「{answer}」")
        if answer == FILLED_IN or (answer != NOT_FILLED_IN and form.id in usual):
            chosen.append(form.id)
    if not chosen:
        draft.fault(row.first, "这个单位一张表也不填，请至少留一张，或删去这一行")
    elif chosen != usual:
        unit["forms"] = chosen


def _damaged_codes(draft: RosterDraft, cells: list[StoredCell]) -> None:
    """A code that is a number and shorter than the other codes has most likely lost its leading zeros."""
    lengths = [len(code) for cell in cells if (code := _quietly(draft, cell)) and code.isdigit()]
    for cell in cells:
        code = _quietly(draft, cell) if cell.kind == "number" else None
        if code and len(code) < max(lengths, default=0):
            message = (
                f"代码「{code}」被存成了数字，比别的代码短，前面的 0 可能丢了。"
                f"请把这一格设成文本，再重新输入代码（确实是「{code}」的也一样）"
            )
            draft.fault(cell, message)


def _quietly(draft: RosterDraft, cell: StoredCell) -> str | None:
    """A code once more, without telling its faults again."""
    before = len(draft.problems)
    code = draft.code(cell)
    del draft.problems[before:]
    return code


def read_projects(draft: RosterDraft, register: UnitLookup, rows: list[RosterRow]) -> None:
    """The lines of 项目."""
    for row in rows:
        unit = register.unit(row.cells["unit"]) if "unit" in row.cells else None
        cell = row.cells.get("name")
        name = draft.required(cell, draft.text(cell), "项目名称") if cell else None
        if unit is None or cell is None or name is None:
            continue
        projects = draft.data["units"][unit]["projects"]
        path: Path_ = ("units", unit, "projects", len(projects))
        project = {"name": name}
        draft.mark(path, row.first)
        draft.mark((*path, "name"), cell)
        for key, target in (("department", "department"), ("implementer", "unit")):
            text = draft.text(row.cells[key]) if key in row.cells else None
            if text is not None:
                project[target] = text
        register.projects.setdefault((unit, name), len(projects))
        projects.append(project)
