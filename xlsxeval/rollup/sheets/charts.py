"""图表: the figures that the charts show, by formulas, and the charts beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from xlsxeval.calc import Scalar
from xlsxeval.model import Address
from xlsxeval.rollup.frame import TableFrame
from xlsxeval.rollup.plan import (
    COUNT,
    PERCENT,
    Box,
    Chart,
    Content,
    PlannedCell,
    PlannedFormula,
    PlannedLook,
    PlannedSheet,
)
from xlsxeval.rollup.sheets.parameters import grade_count, grade_word
from xlsxeval.rollup.sheets.shared import info
from xlsxeval.rollup.summary import Summary

SHEET = "图表"
MOST_BARS = 30
_WIDTHS = (34.0, 12.0, 3.0, 90.0)
_ROW, _PAGE = 20, 900
"""Pixels of a row, and of a printed page at the scale of this worksheet."""
_LEAST_HEIGHT, _BAR = 260, 24


def charts_sheet(
    summary: Summary,
    units: TableFrame,
    projects: TableFrame | None,
    indicators: TableFrame,
    values: Mapping[Address, Scalar],
) -> PlannedSheet:
    """The worksheet. ``values`` are those of the other worksheets' formulas: of very many units the lowest are shown."""
    return _Builder(summary).build(units, projects, indicators, values)


class _Builder:
    """Lays one chart below the other."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self.cells: dict[tuple[int, int], PlannedCell] = {
            (1, 1): PlannedCell("图表", PlannedLook("title", align="center")),
            (2, 1): PlannedCell(info(summary), PlannedLook("info")),
        }
        self.charts: list[Chart] = []
        self.breaks: list[int] = []
        self.row = 4

    def build(
        self, units: TableFrame, projects: TableFrame | None, indicators: TableFrame, values: Mapping[Address, Scalar]
    ) -> PlannedSheet:
        self._rates(units, projects, values)
        self._classes(indicators)
        self._grades(units)
        merges: list[Box] = [(1, 1, 1, len(_WIDTHS)), (2, 1, 2, len(_WIDTHS))]
        return PlannedSheet(
            SHEET,
            self.cells,
            _WIDTHS,
            {1: 30.0, 2: 18.0},
            merges,
            header=(1, 2),
            frozen=(2, 0),
            charts=self.charts,
            breaks=self.breaks,
        )

    def _rates(self, units: TableFrame, projects: TableFrame | None, values: Mapping[Address, Scalar]) -> None:
        """Rates of execution by unit; of a campaign with one unit by project."""
        frame, key, what = units, "name", "单位"
        known = list(_known(units, values))
        if len(known) < 2 and projects is not None and projects.has("rate"):
            frame, key, what = projects, "project", "项目"
            known = list(_known(projects, values))
        if not known:
            return
        title = f"预算执行率（按{what}）"
        if len(known) > MOST_BARS:
            title = f"预算执行率最低的 {MOST_BARS} 个{what}"
            known = sorted(known, key=lambda pair: pair[1])[:MOST_BARS]
        lines = [
            (PlannedFormula(frame.outer_at(key, row)), PlannedFormula(frame.outer_at("rate", row))) for row, _ in known
        ]
        self._chart(title, (what, "执行率"), lines, PERCENT, "bars")

    def _classes(self, indicators: TableFrame) -> None:
        """Of each first-level class the points given ÷ the full points, over all lines that have both."""
        names = list(dict.fromkeys(line.indicator.level1 for line in self.summary.indicators if line.indicator.level1))
        level, weight, score = (indicators.outer_lines(key) for key in ("level1", "weight", "score"))
        lines: list[tuple[Content, Content]] = []
        for number, name in enumerate(names, start=self.row + 2):
            both = f"--({level}=A{number}),--ISNUMBER({weight}),--ISNUMBER({score})"
            full = f"SUMPRODUCT({both},{weight})"
            lines.append((name, PlannedFormula(f'IF({full}=0,"",ROUND(SUMPRODUCT({both},{score})/{full},4))')))
        scored = {
            line.indicator.level1
            for line in self.summary.indicators
            if line.indicator.weight is not None and line.indicator.score is not None
        }
        if scored & set(names):
            self._chart("得分率（按一级指标）", ("一级指标", "得分率"), lines, PERCENT, "columns")

    def _grades(self, units: TableFrame) -> None:
        grades = self.summary.grades
        if len(self.summary.units) > 1 and units.has("grade"):
            lines = [(PlannedFormula(grade_word(n)), PlannedFormula(grade_count(n))) for n in range(len(grades))]
            self._chart("各等次的单位数", ("等次", "单位数"), lines, COUNT, "columns")

    def _chart(
        self,
        title: str,
        headings: tuple[str, str],
        lines: Sequence[tuple[Content, Content]],
        number_format: str,
        shape: Literal["bars", "columns"],
    ) -> None:
        """A small table and its chart; the next one begins below both, on a new page where it needs one."""
        height = max(_LEAST_HEIGHT, 80 + _BAR * len(lines)) if shape == "bars" else _LEAST_HEIGHT
        top = self.row
        page = self.breaks[-1] if self.breaks else 1
        if (top - page) * _ROW + height > _PAGE and self.charts:
            self.breaks.append(top - 1)  # above the blank row: the chart's edge is not on the break
        self.cells[top, 1] = PlannedCell(title, PlannedLook("note"))
        for column, heading in enumerate(headings, start=1):
            self.cells[top + 1, column] = PlannedCell(heading, PlannedLook("heading", align="center"))
        for row, (name, value) in enumerate(lines, start=top + 2):
            self.cells[row, 1] = PlannedCell(name, PlannedLook("short"))
            self.cells[row, 2] = PlannedCell(value, PlannedLook("data", number_format, "right"))
        first, last = top + 2, top + 1 + len(lines)
        self.charts.append(
            Chart(
                title,
                shape,
                (first, 1, last, 1),
                (first, 2, last, 2),
                number_format,
                (top, 4),
                height,
                headings[1],
            )
        )
        self.row = max(last, top + height // _ROW) + 3


def _known(frame: TableFrame, values: Mapping[Address, Scalar]) -> Iterator[tuple[int, float]]:
    """The rows of a frame that have a rate, each with it."""
    if not frame.has("rate"):
        return
    column = frame.number("rate")
    for row in range(frame.first, frame.last + 1):
        value = values.get(Address(frame.name, row, column))
        if isinstance(value, float):
            yield row, value
