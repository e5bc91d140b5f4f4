"""Exports of other systems → what a campaign gives its units, by a mapping of columns that was made once.

Nothing is guessed: a line counts where its unit and its project are named exactly as in the campaign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.campaign import Campaign, Project, Unit
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.definition import Field as FormField
from xlsxeval.forms.types import MONEY_UNITS
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.roster.book import StoredCell, StoredSheet, read_book
from xlsxeval.roster.cell_values import Unreadable, code_of, date_of, is_blank, number_of, text_of
from xlsxeval.roster.export_mapping import ExportMapping, field_of
from xlsxeval.roster.indicators import BLOCK
from xlsxeval.roster.tables import is_subtotal, merged_cell, merged_downwards

_HEADER_ROWS = 20
_DIGITS = 10
_MOST_ROWS = 50_000


@dataclass(slots=True)
class GivenReport:
    """What became of the lines of an export. ``taken`` counts values by column; the other lists are for people."""

    lines: int = 0
    subtotals: int = 0
    taken: dict[str, int] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    """Units and projects of the campaign that no line names."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: Mapping[str, StoredCell]


def with_export(
    campaign: Campaign, edition: Edition, path: Path, mapping: ExportMapping
) -> tuple[Campaign, GivenReport]:
    """The campaign with what an export gives, and what became of its lines.

    A value that the campaign gives already stays; where the export has another one, or two for one field, none is taken
    and it is told. Raises DefinitionError where the file cannot be read or lacks a column.
    """
    report = GivenReport()
    found: dict[tuple[str, str | None, str], tuple[Any, int]] = {}
    indicators: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    conflicting: set[tuple[str, str | None, str]] = set()
    for line in _lines(path, mapping, report):
        owner = _owner(campaign, mapping, line, report)
        if owner is None:
            continue
        unit, project = owner
        for name, column in mapping.fields.items():
            form, one = _known(edition, name)
            value = _value(line, column, one, mapping, report)
            if value is None:
                continue
            key = (unit.code, project.name if project and form.each else None, name)
            if key in found and found[key][0] != value:
                conflicting.add(key)
                report.differing.append(
                    f"第 {line.number} 行 {column}：{value}，第 {found[key][1]} 行是 {found[key][0]}，两个都没有取"
                )
            found.setdefault(key, (value, line.number))
        if mapping.indicators:
            listed = edition.form(mapping.form or "")
            assert listed is not None
            values = {
                name: value
                for name, column in mapping.indicators.items()
                if (value := _value(line, column, listed.fields[f"{BLOCK}.{name}"], mapping, report)) is not None
            }
            if values:
                indicators.setdefault((unit.code, project.name if project else None), []).append(values)
    for key in conflicting:
        del found[key]
    units = tuple(_given(unit, edition, found, indicators, mapping, report) for unit in campaign.units)
    return replace(campaign, units=units), report


def columns_of(path: Path, sheet: str | None = None) -> list[str]:
    """The headings of an export, for a mapping to be made of: of the first row that has most texts."""
    page = _sheet(path, sheet)
    rows = [row for row in sorted(page.rows) if row <= _HEADER_ROWS]
    best = max(rows, key=lambda row: sum(cell.kind == "text" for cell in page.rows[row].values()), default=None)
    return [] if best is None else [_flat(cell) for _, cell in sorted(page.rows[best].items()) if _flat(cell)]


def _sheet(path: Path, name: str | None) -> StoredSheet:
    sheets = read_book(path)
    filled = {one.name: one for one in sheets.values() if one.rows and not one.hidden}
    if name is not None and name not in filled:
        raise DefinitionError(Problem(str(path), 0, 0, f"没有「{name}」这张工作表（现有：{'、'.join(filled)}）"))
    if name is None and len(filled) != 1:
        said = f"有 {len(filled)} 张工作表有内容（{'、'.join(filled)}），请在对照里用 sheet 写明是哪一张"
        raise DefinitionError(Problem(str(path), 0, 0, said))
    return filled[name] if name is not None else next(iter(filled.values()))


def _lines(path: Path, mapping: ExportMapping, report: GivenReport) -> Iterator[_Line]:
    sheet = _sheet(path, mapping.sheet)
    wanted = [
        mapping.unit,
        *([mapping.project] if mapping.project else []),
        *mapping.fields.values(),
        *mapping.indicators.values(),
    ]
    heads = {
        row: {_flat(cell): column for column, cell in sheet.rows[row].items()}
        for row in sorted(sheet.rows)
        if row <= _HEADER_ROWS
    }
    header = next((row for row, titles in heads.items() if set(wanted) <= set(titles)), None)
    if header is None:
        near = max(heads.values(), key=lambda titles: len(set(wanted) & set(titles)), default={})
        missing = [name for name in wanted if name not in near]
        problems = [
            Problem(f"{path} {sheet.name}", 0, 0, f"没有「{name}」这一列{suggestion(name, near)}") for name in missing
        ]
        raise DefinitionError(problems)
    titles = heads[header]
    classes = [column for name, column in mapping.indicators.items() if name.startswith("level")]
    downwards = merged_downwards(sheet, {titles[name] for name in (mapping.unit, mapping.project, *classes) if name})
    for row in sorted(sheet.rows)[:_MOST_ROWS]:
        cells = {name: merged_cell(sheet, downwards, sheet.cell(row, titles[name])) for name in wanted}
        if row <= header or all(is_blank(cell) for cell in sheet.rows[row].values()):
            continue
        if is_subtotal(sheet.cell(row, column) for column in titles.values()):
            report.subtotals += 1
            continue
        report.lines += 1
        yield _Line(row, cells)


def _owner(
    campaign: Campaign, mapping: ExportMapping, line: _Line, report: GivenReport
) -> tuple[Unit, Project | None] | None:
    """The unit by its code or its whole name, and the project by its whole name."""
    cell = line.cells[mapping.unit]
    texts = {_quiet(code_of, cell), _quiet(text_of, cell)} - {""}
    units = [unit for unit in campaign.units if unit.code in texts or unit.name in texts]
    if len(units) != 1:
        said = _quiet(text_of, cell)
        guess = suggestion(said, [one for unit in campaign.units for one in (unit.code, unit.name)])
        report.unmatched.append(f"第 {line.number} 行：任务里没有「{said}」这个单位{guess}")
        return None
    unit = units[0]
    name = _quiet(text_of, line.cells[mapping.project]) if mapping.project else ""
    if not name:
        return unit, None
    project = next((one for one in unit.projects if one.name == name), None)
    if project is None:
        guess = suggestion(name, [one.name for one in unit.projects])
        report.unmatched.append(f"第 {line.number} 行：{unit.name}没有「{name}」这个项目{guess}")
        return None
    return unit, project


def _value(line: _Line, column: str, one: FormField, mapping: ExportMapping, report: GivenReport) -> Any:
    cell = line.cells[column]
    if is_blank(cell):
        return None
    try:
        if one.type.kind == "number":
            number = number_of(cell, "应为数字")
            if number is not None and one.type.unit in MONEY_UNITS:
                number = round(number * MONEY_UNITS[mapping.money] / MONEY_UNITS[one.type.unit], _DIGITS)
            return number
        return date_of(cell) if one.type.kind == "date" else text_of(cell) or None
    except Unreadable as error:
        report.unreadable.append(f"第 {line.number} 行 {column}：{error}")
        return None


def _given(
    unit: Unit,
    edition: Edition,
    found: Mapping[tuple[str, str | None, str], tuple[Any, int]],
    indicators: Mapping[tuple[str, str | None], list[dict[str, Any]]],
    mapping: ExportMapping,
    report: GivenReport,
) -> Unit:
    given = {form: dict(values) for form, values in unit.given.items()}
    projects = {project.name: dict(project.given) for project in unit.projects}
    touched: set[str | None] = set()
    for (code, name, path), (value, number) in found.items():
        if code != unit.code:
            continue
        form, one = _known(edition, path)
        holder = projects[name] if name is not None else given.setdefault(form.id, {})
        touched.add(name)
        _put(holder, one.id, value, f"第 {number} 行 {mapping.fields[path]}", report, mapping.fields[path])
    for (code, name), lines in indicators.items():
        if code != unit.code:
            continue
        touched.add(name)
        form_id = mapping.form or ""
        holder = projects[name] if name is not None else given.setdefault(form_id, {})
        _put(holder, BLOCK, lines, f"{name or unit.name}的指标", report, "指标")
    owners = [None] if any(not _known(edition, path)[0].each for path in mapping.fields) else []
    for owner in (*owners, *(project.name for project in unit.projects if mapping.project)):
        if owner not in touched:
            report.without.append(f"{unit.code} {unit.name}{f'：{owner}' if owner else ''}")
    changed = tuple(replace(project, given=projects[project.name]) for project in unit.projects)
    return replace(unit, given={form: values for form, values in given.items() if values}, projects=changed)


def _put(holder: dict[str, Any], name: str, value: Any, place: str, report: GivenReport, column: str) -> None:
    if name in holder and holder[name] != value:
        report.differing.append(f"{place}：任务里已经有不同的值，没有改")
        return
    holder[name] = value
    report.taken[column] = report.taken.get(column, 0) + (len(value) if isinstance(value, list) else 1)


def _known(edition: Edition, name: str) -> tuple[Form, FormField]:
    found = field_of(edition, name)
    assert found is not None
    return found


def _quiet(read, cell: StoredCell) -> str:  # type: ignore[no-untyped-def]
    try:
        return str(read(cell))
    except Unreadable:
        return ""


def _flat(cell: StoredCell) -> str:
    return "".join(_quiet(text_of, cell).split())
