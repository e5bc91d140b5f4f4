"""A blank form → the draft of its definition: grid, fields, checks, and the questions that a person has to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlsxeval.forms.library import Library
from xlsxeval.importing.blank import BlankArea, BlankSheet, Content, a1_of
from xlsxeval.importing.checks import BASE, CheckBook, Proposal, helper_names, without_of
from xlsxeval.importing.draft_field import DraftField
from xlsxeval.importing.field_names import INDICATORS
from xlsxeval.importing.fields import Fields
from xlsxeval.importing.headings import HeadingFinder
from xlsxeval.importing.preparation import inline_keys, latest_year, money_unit, with_years
from xlsxeval.importing.printed_form import PrintedForm
from xlsxeval.importing.questions import Answers, Question, Questions
from xlsxeval.importing.regions import Region, find_regions
from xlsxeval.importing.roles import FILE, read_roles
from xlsxeval.importing.texts import MARK

_TITLE = re.compile(r"[表书单](?:[（(].{0,20}[)）])?$")
_ROW_PADDING, _LINE_HEIGHT = 6.0, 15.0
_MOST_LINES = 26
_INDICATOR_LINES, _OTHER_LINES = 20, 5
_LONG_LINES = 5


@dataclass(frozen=True, slots=True)
class DraftCell:
    """One entry of a grid row: a label, ``$name``, ``<``, ``^`` or ``~``."""

    text: str
    align: str = ""
    indent: int = 0
    printed: bool = False
    """Whether the text is a printed label, and not a sign of the language."""
    note: bool = False


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row, or a block of ``lines`` lines where ``block`` names one; ``asks`` are remarks about it."""

    cells: tuple[DraftCell, ...]
    asks: tuple[str, ...] = ()
    block: str = ""
    lines: int = 1
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class FormDraft:
    """The drafted definition, before it is written as YAML."""

    form: str
    source: str
    sheet: str
    attachment: str
    title: str
    widths: tuple[float, ...]
    landscape: bool
    rows: tuple[DraftRow, ...]
    fields: tuple[DraftField, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()
    each: bool = False
    extends: str = ""
    without: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    checks: tuple[Proposal, ...] = ()
    unit: str = ""
    blocks: tuple[tuple[int, int], ...] = ()
    """First and last row of each block of lines on the printed form."""
    points: float | None = None
    """Points of the budget's execution, where the form prints them."""

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_open)

    @property
    def kind(self) -> str:
        """What the editions call a form of this kind: ``project``, ``basic``, ``overall``; empty for others."""
        names = {one.name for one in self.fields}
        if self.each:
            return "project"
        if "staff.posts" in names or "sangong.final" in names:
            return "basic"
        return "overall" if {"indicators.level3", "indicators.score"} & names else ""


def draft_form(
    blank: BlankSheet,
    form: str,
    source: str,
    library: Library,
    answers: Answers | None = None,
    book: CheckBook | None = None,
) -> FormDraft:
    """The draft of one blank form with the answers given so far; ``source`` names the file that it was read from.

    An empty ``form`` takes the usual id of a form of its kind. The same form and answers give the same draft.
    """
    roles, book = read_roles(library.find(FILE)), book or CheckBook(library)
    questions = Questions(answers or {})
    finder = HeadingFinder(blank)
    attachment, title, first = _top(blank)
    regions = find_regions(blank, finder, roles, first)
    fields = Fields(PrintedForm(blank, finder, regions, roles), questions, first)
    drafted = fields.all()
    names = frozenset(one.name for one in drafted)
    year = latest_year(blank)
    inherits = len(names & {f"indicators.{name}" for name in ("level3", "target", "actual", "score", "weight")}) >= 4
    without = without_of(book, names) if inherits else []
    helpers = helper_names(names) if inherits else ()
    kept = frozenset(book.base_checks) if inherits else frozenset[str]()
    if not attachment and MARK.match(blank.sheet):
        attachment = blank.sheet
    rows = tuple(_rows(blank, first, regions, fields, year))
    return FormDraft(
        form=form or "",
        source=source,
        sheet=blank.sheet,
        attachment=attachment,
        title=with_years(title, year),
        widths=blank.widths,
        landscape=blank.landscape,
        rows=rows,
        fields=drafted,
        questions=tuple(questions.asked),
        notes=(*blank.notes, *(() if drafted else ("没有找到要填的格子：看是不是说明、封面或选项表。",))),
        each="name" in names,
        extends=BASE if inherits else "",
        without=tuple(without),
        helpers=helpers,
        checks=tuple(book.proposals(names, kept)),
        unit=money_unit(blank),
        blocks=tuple((region.first, region.last) for region in regions if not region.fixed),
        points=fields.printed_weight,
    )


def _top(blank: BlankSheet) -> tuple[str, str, int]:
    """The mark (附件1), the title, and the row where the grid begins."""
    attachment = title = ""
    row = blank.first_row
    while row < blank.last_row:
        areas = list(blank.areas(row))
        written = [area for area in areas if area.content is not Content.EMPTY]
        last = max((area.last_row for area in areas), default=row)
        if last >= blank.last_row or len(written) > 1 or any(area.formula for area in written):
            break
        if written and not attachment and MARK.match(written[0].text.strip()):
            attachment = re.sub(r"\s+|[：:]$", "", written[0].text)
        elif written and _is_title(blank, written[0], areas):
            return attachment, "".join(map(str.strip, written[0].text.split("\n"))), last + 1
        elif written:
            break
        row = last + 1
    return attachment, title, row if attachment else blank.first_row


def _is_title(blank: BlankSheet, area: BlankArea, areas: list[BlankArea]) -> bool:
    whole = blank.full_width(area) and not inline_keys(area.text)
    return whole or (area.column == blank.first_column and _TITLE.search(area.text) is not None and len(areas) > 1)


def _rows(
    blank: BlankSheet,
    first: int,
    regions: list[Region],
    fields: Fields,
    year: int | None,
) -> Iterator[DraftRow]:
    blocks = {region.first: region for region in regions if not region.fixed}
    row = first
    while row <= blank.last_row:
        region = blocks.get(row)
        yield _row(blank, row, fields, region, year, blocks.get(row + 1))
        row = region.last + 1 if region else row + 1


def _row(
    blank: BlankSheet, row: int, fields: Fields, region: Region | None, year: int | None, block_below: Region | None
) -> DraftRow:
    asks: list[str] = []
    cells: list[DraftCell] = []
    for column in blank.columns:
        area = blank.owner[row, column]
        if area.row < row:
            cells.append(DraftCell("^" if column == area.column else "<"))
        elif area.column < column:
            cells.append(DraftCell("<"))
        else:
            cells.append(_cell(blank, area, fields, year, region, asks))
    name = fields.block_of(region) if region else ""
    if region is not None:
        usual = _INDICATOR_LINES if name == INDICATORS else _OTHER_LINES
        if region.filled:
            asks.append(f"原表第 {region.first}–{region.last} 行已经填了内容，当作可以重复的行，内容没有留在表样里。")
        return DraftRow(tuple(cells), tuple(asks), name, max(usual, region.lines))
    heights = [blank.heights.get(row, 0)]
    lines = max(1, min(int((max(heights) - _ROW_PADDING) / _LINE_HEIGHT), _MOST_LINES))
    if any(cell.text.startswith("$") and _is_long(cell.text[1:], fields) for cell in cells):
        lines = max(lines, _LONG_LINES)
    return DraftRow(tuple(cells), tuple(asks), lines=lines, repeats=block_below is not None)


def _is_long(name: str, fields: Fields) -> bool:
    return any(one.name == name and one.long for one in fields.all())


def _cell(
    blank: BlankSheet, area: BlankArea, fields: Fields, year: int | None, region: Region | None, asks: list[str]
) -> DraftCell:
    name = fields.name(area.spot)
    if name:
        return DraftCell(f"${name}")
    if not area.text or (region is not None and area.content is not Content.DASH):
        return DraftCell("~")
    if area.formula:
        return DraftCell("~")
    if inline_keys(area.text) and blank.full_width(area):
        asks.append(
            f"{a1_of((*area.spot, *area.spot))}“{_short(area.text)}”里要填的没有分开；要填的话另分格子，各放一个字段。"
        )
    lines = area.text.split("\n")
    text = (
        "".join(lines)
        if area.rows > 1 and len(lines) > 2 and all(len(line.strip()) < 2 for line in lines)
        else area.text
    )
    note = blank.full_width(area) and len(area.text) > 1
    align = area.align or ("right" if note and area.content is Content.DASH else "")
    return DraftCell(with_years(text, year), align, area.indent, printed=True, note=note)


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= 20 else f"{flat[:19]}…"
