"""A blank form → the draft of its definition: grid, fields, and at each place what a person has to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xlsxeval.importing.blank import BlankArea, BlankSheet, a1_of
from xlsxeval.importing.blocks import LineRun, find_runs
from xlsxeval.importing.fields import DraftField, Fields
from xlsxeval.importing.guesses import is_input
from xlsxeval.importing.headings import headings

_MARK = re.compile(r"^附\s{0,9}[件表]\s{0,9}[0-9一二三四五六七八九十]{0,9}(?:[-—－][0-9]{1,9})?\s{0,9}[：:]?$")
_ROW_PADDING, _LINE_HEIGHT = 6.0, 15.0
_MOST_LINES = 26


@dataclass(frozen=True, slots=True)
class DraftCell:
    """One entry of a grid row: a label, ``$name``, ``<``, ``^`` or ``~``."""

    text: str
    align: str = ""
    indent: int = 0
    printed: bool = False
    """Whether the text is a printed label, and not a sign of the language."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row, or a block of ``lines`` lines where ``block`` names one; ``asks`` are questions about it."""

    cells: tuple[DraftCell, ...]
    asks: tuple[str, ...] = ()
    block: str = ""
    lines: int = 1


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
    asks: tuple[str, ...] = field(default=())


def draft_form(blank: BlankSheet, form: str, source: str) -> FormDraft:
    """The draft of one blank form; ``source`` is the name of the file that it was read from."""
    attachment, title, first = _top(blank)
    runs = find_runs(blank, first)
    fields = Fields(blank, runs, _inputs(blank, first, runs))
    rows: list[DraftRow] = []
    row = first
    while row <= blank.last_row:
        run = next((run for run in runs if run.first == row), None)
        rows.append(_row(blank, row, fields, run))
        row = run.last + 1 if run else row + 1
    asks = ["表的代号（form）要和所在文件夹同名，公式、任务和报告都用它称呼这张表。"]
    if not attachment and _MARK.match(blank.sheet):
        attachment = blank.sheet
    if not attachment:
        asks.append("表上没有找到“附件几”，工作表先用原来的名字；是附件的，改写成 attachment: 附件1。")
    if not title:
        asks.append("没有找到标题（一行合并到底的大字），需要的话在这里加 title。")
    elif re.search(r"[0-9]{4}", title):
        asks.append('标题里的年份每年要变的话，改成 {{ year }}，例如 "{{ year }}年度……表"。')
    return FormDraft(
        form=form,
        source=source,
        sheet=blank.sheet,
        attachment=attachment,
        title=title,
        widths=blank.widths,
        landscape=blank.landscape,
        rows=tuple(rows),
        fields=fields.all(),
        asks=tuple(asks),
    )


def _top(blank: BlankSheet) -> tuple[str, str, int]:
    """The mark (附件1), the title, and the row where the grid begins."""
    attachment = title = ""
    row = blank.first_row
    while row < blank.last_row:
        areas = list(blank.areas(row))
        written = [area for area in areas if not area.empty]
        last = max((area.last_row for area in areas), default=row)
        if last >= blank.last_row or len(written) > 1 or any(area.formula for area in written):
            break
        if written and not attachment and _MARK.match(written[0].text):
            attachment = re.sub(r"\s+|[：:]$", "", written[0].text)
        elif written and _is_title(blank, written[0], areas):
            return attachment, written[0].text, last + 1
        elif written:
            break
        row = last + 1
    return attachment, title, row if attachment else blank.first_row


def _is_title(blank: BlankSheet, area: BlankArea, areas: list[BlankArea]) -> bool:
    return blank.full_width(area) or (area.column == blank.first_column and "表" in area.text and len(areas) > 1)


def _inputs(blank: BlankSheet, first: int, runs: list[LineRun]) -> list[BlankArea]:
    """The areas that are fields: empty ones with a heading, and formulas. Of a block only those of its first line."""
    skipped = {row for run in runs for row in range(run.first + 1, run.last + 1)}
    rows = [row for row in range(first, blank.last_row + 1) if row not in skipped]
    areas = [area for row in rows for area in blank.areas(row)]
    return [area for area in areas if area.formula or (area.empty and is_input(blank, area))]


def _row(blank: BlankSheet, row: int, fields: Fields, run: LineRun | None) -> DraftRow:
    asks: list[str] = []
    cells: list[DraftCell] = []
    for column in blank.columns:
        area = blank.owner[row, column]
        if area.row < row:
            cells.append(DraftCell("^" if column == area.column else "<"))
        elif area.column < column:
            cells.append(DraftCell("<"))
        else:
            cells.append(_cell(blank, area, fields, asks))
    name = fields.block_of(run) if run else ""
    if run:
        asks.insert(0, f"原表第 {run.first}–{run.last} 行是相同的空行，当作一组可以重复的行；不是的话请逐行写。")
    lines = 1 if run else int((blank.heights.get(row, 0) - _ROW_PADDING) / _LINE_HEIGHT)
    return DraftRow(tuple(cells), tuple(asks), name, run.lines if run else max(1, min(lines, _MOST_LINES)))


def _cell(blank: BlankSheet, area: BlankArea, fields: Fields, asks: list[str]) -> DraftCell:
    name = fields.name(area.spot)
    if name:
        return DraftCell(f"${name}")
    if area.empty:
        if _is_doubtful(blank, area):
            asks.append(f"原表 {a1_of((*area.spot, *area.spot))} 是空格，看不出填什么，先不让填（~）。")
        return DraftCell("~")
    if re.search(r"(?:19|20)[0-9]{2}\s*年", area.text):
        asks.append(f"“{_short(area.text)}”里的年份每年要变的话，改成 {{{{ year }}}} 或 {{{{ year - 1 }}}}。")
    if area.number is not None and not _counts(area):
        asks.append(f"“{_short(area.text)}”是印好的数；要由任务或参数给定的话，改成字段并写 given。")
    if re.search(r"[：:]\s*$|[：:]\s{2,}|_{2,}", area.text) and _stands_alone(blank, area):
        asks.append(f"“{_short(area.text)}”后面要不要填？要填的话另分一格，放一个字段。")
    return DraftCell(area.text, area.align, area.indent, printed=True)


def _is_doubtful(blank: BlankSheet, area: BlankArea) -> bool:
    """An empty cell that has a heading, or that no label touches, may have been meant to be filled in."""
    around = headings(blank, area)
    return area.rows * area.columns > 1 or around.is_total or not (around.beside or around.above)


def _counts(area: BlankArea) -> bool:
    """Whether a printed number is the number of a line."""
    return area.number is not None and area.number == int(area.number) and area.column == 1


def _stands_alone(blank: BlankSheet, area: BlankArea) -> bool:
    right = blank.owner.get((area.row, area.last_column + 1))
    return right is None or not right.empty


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= 20 else f"{flat[:19]}…"
