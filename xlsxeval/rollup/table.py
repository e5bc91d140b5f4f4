"""A frame with its lines → a worksheet: title, headings, lines, totals, heights that fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from xlsxeval.layout.metrics import MAX_ROW_HEIGHT, wrapped_lines
from xlsxeval.rollup.frame import FrameColumn, TableFrame
from xlsxeval.rollup.plan import GENERAL, Box, Content, PlannedCell, PlannedLook, PlannedSheet

LINE_HEIGHT, PADDING = 13.5, 6.0
_TITLE_HEIGHT, _INFO_HEIGHT = 30.0, 18.0
_ROOM = 1.05
"""The tables' type is smaller than that by which widths are counted; the indent takes a part of that."""

Line = Mapping[str, Content]
Looks = Mapping[str, PlannedLook]
"""Looks of single cells of a line, by the columns' keys, where they are not the column's own."""


def table(
    frame: TableFrame,
    title: str,
    info: str,
    lines: Iterable[tuple[Line, Looks]],
    totals: Line | None = None,
    *,
    frozen_columns: int = 2,
) -> PlannedSheet:
    """The worksheet. ``info`` stands below the title; the lines follow the frame's count."""
    width = len(frame.columns)
    cells: dict[tuple[int, int], PlannedCell] = {
        (1, 1): PlannedCell(title, PlannedLook("title", align="center")),
        (2, 1): PlannedCell(info, PlannedLook("info")),
    }
    merges: list[Box] = [(1, 1, 1, width), (2, 1, 2, width)]
    room = sum(column.width for column in frame.columns)
    heights = {1: _TITLE_HEIGHT, 2: max(_INFO_HEIGHT, height(wrapped_lines(info, room)))}
    _headings(frame, cells, merges, heights)
    looks_of = [look_of(column) for column in frame.columns]
    row = frame.heading
    for row, (line, looks) in enumerate(lines, start=frame.first):
        for number, (column, look) in enumerate(zip(frame.columns, looks_of, strict=True), start=1):
            cells[row, number] = PlannedCell(line.get(column.key), looks.get(column.key, look))
        heights[row] = height(max(_lines(_text(line, column), column.width) for column in frame.columns))
    if row < frame.first:
        for number, column in enumerate(frame.columns, start=1):
            cells[frame.first, number] = PlannedCell(None, look_of(column))
    if totals is not None:
        for number, column in enumerate(frame.columns, start=1):
            cells[frame.total, number] = PlannedCell(totals.get(column.key), replace(look_of(column), role="total"))
        heights[frame.total] = height(1) + 4
    return PlannedSheet(
        frame.name,
        cells,
        [column.width for column in frame.columns],
        heights,
        merges,
        header=(frame.head + 1, frame.heading),
        frozen=(frame.heading, frozen_columns),
        filter=(frame.heading, 1, frame.last, width),
    )


def look_of(column: FrameColumn) -> PlannedLook:
    """How the lines of a column look."""
    return PlannedLook("data", column.number_format, column.align)


def height(lines: float) -> float:
    """Points for so many lines of the tables' type."""
    return min(MAX_ROW_HEIGHT, lines * LINE_HEIGHT + PADDING)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float) -> int:
    """Lines that a text takes; many lines of a table say the same."""
    return wrapped_lines(text, width * _ROOM) if text else 1


def _text(line: Line, column: FrameColumn) -> str:
    content = line.get(column.key)
    return content if isinstance(content, str) else ""


def _headings(
    frame: TableFrame, cells: dict[tuple[int, int], PlannedCell], merges: list[Box], heights: dict[int, float]
) -> None:
    look = PlannedLook("heading", GENERAL, "center")
    top = frame.head + 1
    heights[frame.heading] = height(max(wrapped_lines(column.title, column.width) for column in frame.columns)) + 4
    for number, column in enumerate(frame.columns, start=1):
        cells[frame.heading, number] = PlannedCell(column.title, look)
    if not frame.grouped:
        return
    heights[top] = height(1) + 2
    start = 1
    while start <= len(frame.columns):
        group, end = frame.columns[start - 1].group, start
        while group and end < len(frame.columns) and frame.columns[end].group == group:
            end += 1
        for number in range(start, end + 1):
            cells[top, number] = PlannedCell(group if number == start else None, look)
        if end > start:
            merges.append((top, start, top, end))
        start = end + 1
