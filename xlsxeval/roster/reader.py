"""名册.xlsx → the same campaign and the same faults as campaign.yaml gives, each fault at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xlsxeval.errors import DefinitionError
from xlsxeval.forms.campaign import Campaign, make_campaign
from xlsxeval.forms.campaign_spec import CampaignSpec
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.library import Library
from xlsxeval.forms.yaml_file import Place, Position, parse_placed, suggestion
from xlsxeval.roster.book import StoredSheet, read_book
from xlsxeval.roster.draft import RosterDraft
from xlsxeval.roster.example_lines import Line, example_line
from xlsxeval.roster.figure_lines import read_figures
from xlsxeval.roster.indicator_lines import read_indicators
from xlsxeval.roster.plan import FIGURES, INDICATORS, PROJECTS, TASK, TEXTS, UNITS, RosterColumn, RosterTable, make_plan
from xlsxeval.roster.setting_lines import SETTINGS, SETTINGS_TABLE, read_settings
from xlsxeval.roster.tables import RosterRow, find_sheet, read_table
from xlsxeval.roster.unit_lines import UnitLookup, read_projects, read_units

_LABELS, _VALUES = 1, 2
_TASK_ROWS = 50


def load_roster(path: Path, library: Library) -> tuple[Campaign, Edition]:
    """The campaign of a roster and its edition.

    Raises DefinitionError with every fault at its cell: what :func:`make_campaign` finds, and what only a workbook can
    have: missing sheets and headers, merged and hidden cells, formulas, codes that became numbers, unreadable dates.
    """
    draft = _read(path, library)
    spec = parse_placed(draft.data, CampaignSpec, draft.place)
    return make_campaign(spec, library, draft.place, path.parent, draft.problems, from_template=True)


def roster_places(path: Path, library: Library) -> Place:
    """Where each part of a roster's campaign stands, by its path in the data. Raises DefinitionError as load_roster does."""
    return _read(path, library).place


def _read(path: Path, library: Library) -> RosterDraft:
    sheets = read_book(path)
    book = Position(str(path))
    draft = RosterDraft(book)
    task, problems = find_sheet(sheets, TASK, book)
    draft.problems += problems
    _read_task(draft, task)
    edition = _edition(draft, library)
    plan = make_plan(edition)
    register = UnitLookup(draft)
    rows: dict[str, list[RosterRow]] = {}
    for table in plan.tables:
        if table.name == TEXTS and TEXTS not in sheets:
            continue  # rosters from before it was there
        example = example_line(table, plan, edition) if edition else None
        rows[table.name] = _rows(draft, sheets, table, example)
    if SETTINGS in sheets:
        read_settings(draft, _rows(draft, sheets, SETTINGS_TABLE, None))
    read_units(draft, register, rows[UNITS], edition)
    read_projects(draft, register, rows.get(PROJECTS, []))
    if edition is not None:
        read_indicators(draft, register, rows.get(INDICATORS, []), plan, edition)
        for name in (FIGURES, TEXTS):
            read_figures(draft, register, rows.get(name, []), plan.listed(name))
        for name in sorted({PROJECTS, INDICATORS, FIGURES, TEXTS} & set(sheets) - set(rows)):
            draft.fault(sheets[name].position(), f"「{edition.id}」这个版本用不到工作表「{name}」，请删去")
    return draft


def is_untouched(path: Path) -> bool:
    """Whether nobody has written a line into the roster yet: it has its examples only. An unreadable file was touched."""
    try:
        sheets = read_book(path)
    except DefinitionError:
        return False
    names = [name for name in (UNITS, PROJECTS, INDICATORS, FIGURES, TEXTS) if name in sheets]
    return UNITS in names and not any(_is_written(sheets[name]) for name in names)


def _is_written(sheet: StoredSheet) -> bool:
    """Whether any line was written, under whatever headers."""
    titles = [(column, str(cell.value).strip()) for column, cell in sorted(sheet.rows.get(1, {}).items())]
    table = RosterTable(sheet.name, tuple(RosterColumn(f"{column}", title, "") for column, title in titles))
    return bool(read_table(sheet, table)[0])


def _rows(
    draft: RosterDraft, sheets: Mapping[str, StoredSheet], table: RosterTable, example: Line | None
) -> list[RosterRow]:
    sheet, problems = find_sheet(sheets, table.name, draft.place([]))
    draft.problems += problems
    if sheet is None:
        return []
    rows, problems = read_table(sheet, table, example)
    draft.problems += problems
    if table.name == UNITS:
        draft.mark(("units",), sheet.position())
    return rows


def _read_task(draft: RosterDraft, sheet: StoredSheet | None) -> None:
    """任务: a label and its value a row. What is missing has a stand-in, so that everything else is judged too."""
    draft.data |= {"campaign": "x", "edition": "", "year": 2000, "department": "x"}
    if sheet is None:
        return
    labels = {draft.text(sheet.cell(row, _LABELS)): row for row in sorted(sheet.rows) if row <= _TASK_ROWS}
    for number, column in enumerate(make_plan(None).task, start=2):
        row = labels.get(column.title)
        if row is None and column.key == "last_year":
            continue  # rosters from before it was there
        if row is None:
            found = [label for label in labels if label and label not in {c.title for c in make_plan(None).task}]
            message = f"A 列缺少「{column.title}」这一项{suggestion(column.title, found)}，请把它改回来"
            draft.fault(sheet.position(f"A{number}"), message)
            continue
        cell = sheet.cell(row, _VALUES)
        draft.mark((column.key,), cell)
        if column.kind == "date":
            draft.data[column.key] = draft.date(cell)
        elif column.kind == "number":
            year = draft.required(cell, draft.number(cell, "应为四位数字的年份，例如 2024"), f"「{column.title}」")
            if (
                year is not None
                and column.bounds
                and not (column.bounds[0] <= year <= column.bounds[1] and year == int(year))
            ):
                draft.fault(cell, f"年度「{year}」应为 2000 到 2100 之间的整数")
            elif year is not None:
                draft.data[column.key] = year
        else:
            text = draft.code(cell) if column.key in ("campaign", "edition") else draft.text(cell)
            if column.required:
                draft.required(cell, text, f"「{column.title}」")
            if text is not None:
                draft.data[column.key] = text


def _edition(draft: RosterDraft, library: Library) -> Edition | None:
    try:
        return library.edition(draft.data["edition"])
    except DefinitionError:
        return None  # told by make_campaign, at its place
