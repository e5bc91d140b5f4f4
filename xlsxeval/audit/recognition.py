"""A table → what it says: labels name roles, positions on the page tell which figure belongs to which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlsxeval.audit.documents.report_file import ReportCell, ReportTable
from xlsxeval.audit.figures import PrintedFigure, printed_figure
from xlsxeval.audit.reading import BlockLine, TableReading
from xlsxeval.audit.vocabulary import Vocabulary, Words, label_of, role_of
from xlsxeval.proofreading.plain_text import plain

Heads = Mapping[str, ReportCell]
_YEAR = re.compile(r"(\d{4})年")
_BEHIND = re.compile(r"(.{2,30}?)[:：]\s*([+-]?[\d,]+(?:\.\d+)?)\s*(?:万元|元)?", re.DOTALL)
_AMOUNTS, _YEARS = ("initial", "budget", "executed"), ("previous", "budget", "final")


def recognised(table: ReportTable, words: Vocabulary) -> TableReading | None:
    """The reading of a table; None for one that is no form of a self-evaluation."""
    reader = _Reader(table, words)
    reader.read()
    return reader.result()


class _Reader:
    """Goes down the rows; ``zone`` is what the rows below the last head row are about, ``heads`` its columns."""

    def __init__(self, table: ReportTable, words: Vocabulary) -> None:
        self.words = words
        self.reading = TableReading(table, "", (table.name,))
        self.zone = ""
        self.heads: dict[str, ReportCell] = {}
        self.open_row = ""
        self.in_parts = False
        self.rows: dict[int, list[ReportCell]] = {}
        for cell in table.cells:
            self.rows.setdefault(cell.row, []).append(cell)
        for row in self.rows.values():
            row.sort(key=lambda cell: cell.left)
        self.levels: BlockLine = {}

    def read(self) -> None:
        tall = [cell for cell in self.reading.table.cells if cell.rows > 1]
        for row in sorted(self.rows):
            cells = self.rows[row]
            above = [cell for cell in tall if cell.row < row <= cell.last_row]
            if not self._head_row(cells, sorted([*cells, *above], key=lambda cell: cell.left)):
                self._row(cells)

    def result(self) -> TableReading | None:
        reading = self.reading
        prefixes = {name.partition(".")[0] for name in reading.figures}
        if prefixes & {"staff", "sangong"} and "indicators" not in reading.lines:
            reading.kind = "basic"
        elif "name" in reading.figures:
            reading.kind = "project"
        elif "unit.name" in reading.figures or prefixes & {"income", "basic", "project"}:
            reading.kind = "overall"
        elif "funds" in prefixes or reading.lines.get("indicators"):
            titles = [kind for kind, pattern in self.words.titles.items() if pattern.search(plain(reading.table.title))]
            reading.kind = titles[0] if titles else ""
        else:
            return None
        if reading.kind != "basic":
            self._scale()
        return reading

    # -- heads ---------------------------------------------------------------------------------------------------

    def _head_row(self, cells: Sequence[ReportCell], across: Sequence[ReportCell]) -> bool:
        """Whether a row is the head of a zone; its columns then count from here on.

        ``across`` has the cells that reach down into the row as well: heads may stand in two lines.
        """
        own = _roles(cells, self.words.indicators)
        indicators = {**_roles(across, self.words.indicators), **own} if len(own) >= 2 else own
        if len(indicators) >= 4 and {"level3", "target", "actual"} & indicators.keys() and "level1" in indicators:
            if "share" in indicators and "weight" not in indicators and "level1" in indicators:
                self._share_or_weight(indicators)
            self.zone, self.heads = "indicators", indicators
            self.reading.columns = tuple(dict.fromkeys((*self.reading.columns, *indicators)))
            self.reading.lines.setdefault("indicators", [])
            return True
        for zone, found, least in (
            ("staff", _roles(cells, self.words.staff), ("posts",)),
            ("building", _roles(cells, self.words.building), ("approved_area",)),
        ):
            if len(found) >= 2 and set(least) <= found.keys():
                self.zone, self.heads = zone, found
                return True
        years = self._years(cells)
        if len(years) >= 2 and "final" in years:
            self.zone, self.heads = "spending", years
            return True
        amounts = _roles(list(reversed(cells)), self.words.amounts)  # of two, the left one heads the labels
        if len([name for name in _AMOUNTS if name in amounts]) >= 2:
            self.zone, self.heads, self.in_parts = "funds", amounts, False
            return True
        return False

    def _share_or_weight(self, indicators: dict[str, ReportCell]) -> None:
        """权重 beside 三级指标 is a line's weight; beside 一级指标 it is that of the class."""
        share = indicators["share"]
        if "level3" in indicators and share.left > indicators["level3"].left:
            indicators["weight"] = indicators.pop("share")

    def _years(self, cells: Sequence[ReportCell]) -> dict[str, ReportCell]:
        found: dict[str, ReportCell] = {}
        finals: list[tuple[int, ReportCell]] = []
        for cell in cells:
            role = role_of(cell.text, self.words.years)
            year = _YEAR.match(label_of(cell.text))
            if role == "final" and year:
                finals.append((int(year[1]), cell))
            elif role:
                found.setdefault(role, cell)
        finals.sort(key=lambda pair: pair[0])
        if finals:
            found["final"] = finals[-1][1]
        if len(finals) > 1:
            found["previous"] = finals[0][1]
        return found

    # -- rows ----------------------------------------------------------------------------------------------------

    def _row(self, cells: Sequence[ReportCell]) -> None:
        if self.zone == "indicators" and self._indicator(cells):
            return
        if any(self.words.parts.fullmatch(label_of(cell.text)) for cell in cells):
            self.in_parts, self.heads = True, {}
            self.zone = "parts"
            return
        if self.zone in ("staff", "building"):
            for name, figure in self._under(cells).items():
                self._take(f"{self.zone}.{name}", figure)
            if any(f"{self.zone}.{name}" in self.reading.figures for name in self.heads):
                self.zone, self.heads = "", {}
            return
        if self.zone == "spending":
            self._spending(cells)
            return
        label = self._funds_label(cells) if self.zone == "funds" else None
        if label is not None:
            role, cell = label
            for name, figure in self._under([other for other in cells if other.left >= cell.right - 1e-6]).items():
                field = f"{role}.{name}"
                if role != "funds" and name in ("weight", "score"):
                    if not figure.is_blank:
                        self.reading.doubt("funds", f"“{cell.text.strip()}”一行也有分值或得分")
                    continue
                self._take(field, figure)
            return
        if self._values(cells):
            return
        if self.zone == "" and sum(printed_figure(cell).value is not None for cell in cells) >= _SEVERAL:
            self.reading.loose_rows.append(cells[0].place.cell or "")
        if self.zone == "funds":
            figures = self._under(cells)
            if any(figure.value for name, figure in figures.items() if name in _AMOUNTS):
                words = next((cell.text for cell in cells if printed_figure(cell).is_word), "")
                self.reading.unknown_rows.setdefault("funds", []).append(" ".join(words.split())[:20])

    def _funds_label(self, cells: Sequence[ReportCell]) -> tuple[str, ReportCell] | None:
        """The last cell with a label of the zone that stands left of the columns."""
        edge = min((head.left for name, head in self.heads.items() if name in _AMOUNTS), default=0.0)
        found = None
        for cell in cells:
            role = role_of(cell.text, self.words.funds) if cell.left < edge - 1e-6 else None
            if role:
                found = role, cell
        return found

    def _under(self, cells: Sequence[ReportCell]) -> dict[str, PrintedFigure]:
        """The cells of a row under the heads, each by the head that it lies under most."""
        found: dict[str, PrintedFigure] = {}
        for name, head in self.heads.items():
            best = max(cells, key=lambda cell: _overlap(cell, head), default=None)
            if best is not None and _overlap(best, head) > 0.5 * min(best.right - best.left, head.right - head.left):
                found[name] = printed_figure(best)
        return found

    def _values(self, cells: Sequence[ReportCell]) -> bool:
        """Values behind their labels, in the same cell or the next one."""
        taken = False
        allowed = self.words.values if self.in_parts else {n: p for n, p in self.words.values.items() if n in _NAMES}
        for index, cell in enumerate(cells):
            lines = cell.text.splitlines() if self.in_parts and role_of(cell.text, allowed) is None else [cell.text]
            for line in lines:
                behind = _BEHIND.fullmatch(re.sub(r"^\s*其中\s*[:：]?", "", line).strip())
                role = role_of(behind[1] if behind else line, allowed)
                if role is None:
                    continue
                following = cells[index + 1] if index + 1 < len(cells) else None
                if behind:
                    self._take(role, printed_figure(cell, behind[2]))
                elif following is not None and role_of(following.text, allowed) is None:
                    figure = printed_figure(following)
                    if role in _NAMES or not figure.is_word:
                        self._take(role, figure)
                taken = True
        return taken

    def _take(self, field: str, figure: PrintedFigure) -> None:
        known = self.reading.figures.get(field)
        if known is None or (known.is_blank and not figure.is_blank):
            self.reading.figures[field] = figure
        elif not figure.is_blank and figure.value != known.value:
            self.reading.doubt("funds", f"“{field}”读到两个数：{known.text.strip()}、{figure.text.strip()}")

    def _spending(self, cells: Sequence[ReportCell]) -> None:
        edge = min((head.left for head in self.heads.values()), default=0.0)
        labels = [cell for cell in cells if cell.left < edge - 1e-6 and cell.text.strip()]
        if not labels:
            return
        label = labels[-1]
        role = role_of(label.text, self.words.spending)
        figures = {name: figure for name, figure in self._under(cells).items() if name in _YEARS}
        if role is not None:
            self.open_row = role
            for name, figure in figures.items():
                self._take(f"{role}.{name}", figure)
        elif self.words.ends.fullmatch(label_of(label.text)):
            self.zone, self.heads, self.open_row = "", {}, ""
        elif any(figure.value is not None for figure in figures.values()):
            block = self.words.open_rows.get(self.open_row)
            if block is None:
                self.reading.unknown_rows.setdefault("spending", []).append(label.text.strip()[:20])
            else:
                line: BlockLine = {"name": printed_figure(label), **figures}
                self.reading.lines.setdefault(block, []).append(line)

    def _indicator(self, cells: Sequence[ReportCell]) -> bool:
        """A line of the indicators, or the row of totals, which ends them."""
        heads = self.heads
        numbers = [name for name in ("weight", "score") if name in heads]
        edge = min((heads[name].left for name in (*numbers, "target") if name in heads), default=0.0)
        if any(self.words.total.fullmatch(label_of(cell.text)) for cell in cells if cell.left < edge + 1e-6):
            for name, figure in self._totals(cells, numbers).items():
                self._take(f"total.{name}", figure)
            self.reading.has_total = True
            self.zone, self.heads = "", {}
            return True
        if len([cell for cell in cells if cell.text.strip()]) == 1 and _is_title(cells, heads):
            return True
        line = self._under(cells)
        if not any(figure.text.strip() for name, figure in line.items() if name not in ("level1", "level2", "share")):
            return False
        lines = self.reading.indicators
        empty = all(line[name].is_blank for name in numbers if name in line)
        if empty and lines and _is_cut(cells, lines[-1]):
            self._goes_on(lines[-1], line)
            return True
        if empty and not any(line[name].text.strip() for name in ("target", "actual") if name in line):
            self.levels |= {
                name: line[name] for name in ("level1", "level2") if name in line and line[name].text.strip()
            }
            return any(role in line for role in ("level2", "level3"))  # a line that was left free
        if len(cells) <= 3 and empty:
            return False
        for name, words in self.levels.items():
            if not line.get(name, _NONE).text.strip():
                line[name] = words
        self.levels = {}
        if "target" in line and (sign := line.pop("sign", _NONE)).text.strip() + line.get("unit", _NONE).text.strip():
            target = line["target"]
            line["target"] = PrintedFigure(
                target.cell,
                f"{sign.text.strip()}{target.text.strip()}{line['unit'].text.strip() if 'unit' in line else ''}",
            )
        line.pop("unit", None)
        for name in numbers:
            if name not in line:
                self.reading.doubt(
                    "indicators", f"{cells[0].place.cell}起的一行没有找到{'分值' if name == 'weight' else '得分'}"
                )
            elif line[name].is_word:
                self.reading.doubt("indicators", f"{line[name].cell.place.cell}“{line[name].text.strip()[:12]}”不是数")
        lines.append(line)
        return True

    def _totals(self, cells: Sequence[ReportCell], numbers: Sequence[str]) -> dict[str, PrintedFigure]:
        """The totals by order where there are as many as columns, for this row often stands out of line; else by place."""
        figures = [figure for cell in cells if (figure := printed_figure(cell)).value is not None]
        ordered = sorted(numbers, key=lambda name: self.heads[name].left)
        if len(figures) == len(ordered):
            return dict(zip(ordered, figures, strict=True))
        found = self._under(cells)
        return {name: found[name] for name in ordered if name in found and not found[name].is_word}

    def _goes_on(self, before: BlockLine, line: BlockLine) -> None:
        """A row that a page cut in two: its words go on."""
        for name, figure in line.items():
            if figure.text.strip() and name in before and name not in ("weight", "score", "share"):
                known = before[name]
                before[name] = PrintedFigure(known.cell, f"{known.text}{figure.text}")

    def _scale(self) -> None:
        """Amounts in 元 or 亿元, where the form says so, count in 万元."""
        labels = [plain(cell.text) for cell in self.reading.table.cells if not printed_figure(cell).value]
        labels = [text for text in labels if len(text) <= 40] + [plain(self.reading.table.title)]
        units = {unit for text in labels for unit in re.findall(r"[(:](万元|亿元|元)\)?$", text)}
        if units and "万元" not in units:
            self.reading.scale = Decimal("0.0001") if units == {"元"} else Decimal(10_000)


_SEVERAL = 3
_NAMES = frozenset({"name", "unit.name"})
_NONE = PrintedFigure(ReportCell(0, 0, 0, 0, "", None), "")  # type: ignore[arg-type]


def _roles(cells: Sequence[ReportCell], words: Words) -> dict[str, ReportCell]:
    found: dict[str, ReportCell] = {}
    for cell in cells:
        role = role_of(cell.text, words)
        if role is not None:
            found.setdefault(role, cell)
    return found


def _is_title(cells: Sequence[ReportCell], heads: Heads) -> bool:
    """Whether a row is one cell over most columns: 续表, a title that is repeated on a page."""
    cell = next(cell for cell in cells if cell.text.strip())
    return sum(_overlap(cell, head) > 0 for head in heads.values()) * 2 > len(heads)


def _is_cut(cells: Sequence[ReportCell], before: BlockLine) -> bool:
    """Whether a row stands on another page, or in another table, than the line before: it may be the rest of that line."""
    return any(cells[0].place.sheet != figure.cell.place.sheet for figure in before.values())


def _overlap(one: ReportCell, other: ReportCell) -> float:
    return min(one.right, other.right) - max(one.left, other.left)
