"""The tables of a Word document as blank forms, each with its title above and its notes and signatures below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from xlsxeval.errors import Problem
from xlsxeval.importing.blank import BlankArea, BlankSheet, Spot
from xlsxeval.importing.preparation import inline_keys
from xlsxeval.importing.sheets import MAX_COLUMNS, MAX_ROWS
from xlsxeval.importing.texts import MARK
from xlsxeval.proofreading.document import DocumentTable, Paragraph
from xlsxeval.proofreading.reader import read_document
from xlsxeval.proofreading.table_areas import TableArea, table_areas

_FOOTER = re.compile(r"(?:备?注|说明|填[报表写]说明)[：:]|[★▲*＊]")
_ABOVE, _BELOW = 4, 6
_LONGEST_TITLE = 60
_NEAR = 90.0
"""Edges nearer than this, in twentieths of a point, are one: rows that were drawn by hand never meet exactly."""
_CHARACTER = 105.0
_PORTRAIT = 10_200
_MOST_TABLES = 60


@dataclass(slots=True)
class _Piece:
    """Tables that are one form, with the paragraphs around them."""

    tables: list[tuple[TableArea, ...]]
    above: list[str]
    below: list[str] = field(default_factory=list)
    width: float = 0.0


def read_tables(data: bytes, name: str) -> tuple[list[BlankSheet], list[Problem]]:
    """Every form of a document, and what is wrong with those that are left out. Raises Rejected for what is no document."""
    forms: list[BlankSheet] = []
    problems: list[Problem] = []
    names: set[str] = set()
    for number, piece in enumerate(_pieces(read_document(data).blocks), start=1):
        edges, sheet = _edges(piece), _name(piece, number)
        rows, columns = _rows(piece), len(edges) - 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS or number > _MOST_TABLES:
            size = f"第 {number} 张表有 {rows} 行、{columns} 列"
            most = f"最多读 {_MOST_TABLES} 张、每张 {MAX_ROWS} 行、{MAX_COLUMNS} 列，没有读"
            problems.append(Problem(f"{name} {sheet}", 0, 0, f"{size}；{most}"))
        elif columns > 0:
            base, free = sheet, 2
            while sheet in names:
                sheet, free = f"{base}_{free}", free + 1
            names.add(sheet)
            forms.append(_blank(piece, sheet, edges))
    if not forms and not problems:
        problems.append(Problem(name, 0, 0, "这份文档里没有表格（图片里的、用空格排的不算）。请确认文件"))
    return forms, problems


def _pieces(blocks: Iterable[Paragraph | DocumentTable]) -> list[_Piece]:
    found: list[_Piece] = []
    between: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block.text.strip())
            continue
        areas = table_areas(block)
        if not areas:
            continue
        width = max(area.right for area in areas)
        if found and not between and abs(found[-1].width - width) < _NEAR * 4:
            found[-1].tables.append(areas)
            continue
        above = _share(found[-1] if found else None, between)
        found.append(_Piece([areas], above, width=width))
        between = []
    _share(found[-1] if found else None, between)
    return found


def _share(before: _Piece | None, between: list[str]) -> list[str]:
    """Gives the form above its notes and signatures; returns what stands above the next one."""
    start = 0
    if before is not None:
        while start < min(len(between), _BELOW) and (_FOOTER.match(between[start]) or inline_keys(between[start])):
            if MARK.match(between[start]):
                break
            start += 1
        before.below += between[:start]
    rest = between[start:]
    marks = [index for index, text in enumerate(rest) if MARK.match(text)]
    own = rest[marks[-1] :] if marks else rest
    short = [text for text in own if len(text) <= _LONGEST_TITLE]
    return short[-_ABOVE:] if not marks else short[:1] + short[1:][-_ABOVE:]


def _rows(piece: _Piece) -> int:
    """The rows of a form with the lines above and below it."""
    return len(piece.above) + sum(max(area.last_row for area in table) for table in piece.tables) + len(piece.below)


def _name(piece: _Piece, number: int) -> str:
    """The form's mark, else its number in the document."""
    mark = next((text for text in piece.above if MARK.match(text)), "")
    return re.sub(r"\s|[：:]$", "", mark) or f"第{number}张表"


def _blank(piece: _Piece, sheet: str, edges: list[float]) -> BlankSheet:
    columns = len(edges) - 1
    owner: dict[Spot, BlankArea] = {}
    row = 0

    def put(area: BlankArea) -> None:
        spots = [(r, c) for r in range(area.row, area.last_row + 1) for c in range(area.column, area.last_column + 1)]
        if not any(spot in owner for spot in spots):
            owner.update(dict.fromkeys(spots, area))

    def put_line(text: str) -> None:
        nonlocal row
        row += 1
        put(BlankArea(row, 1, 1, columns, text, align="left" if inline_keys(text) or _FOOTER.match(text) else ""))

    for text in piece.above:
        put_line(text)
    for table in piece.tables:
        for area in table:
            left, right = _nearest(edges, area.left), _nearest(edges, area.right)
            text = re.sub(r"\n{2,}", "\n", area.text.strip())
            put(BlankArea(row + area.row, left + 1, area.rows, max(1, right - left), text))
        row += max(area.last_row for area in table)
    for text in piece.below:
        put_line(text)
    for spot in ((r, c) for r in range(1, row + 1) for c in range(1, columns + 1)):
        owner.setdefault(spot, BlankArea(*spot))
    return BlankSheet(
        sheet=sheet,
        first_row=1,
        first_column=1,
        last_row=row,
        last_column=columns,
        owner=owner,
        widths=tuple(max(2.0, round((right - left) / _CHARACTER, 1)) for left, right in pairwise(edges)),
        heights={},
        landscape=edges[-1] - edges[0] > _PORTRAIT,
    )


def _edges(piece: _Piece) -> list[float]:
    """The edges of the form's columns: those that lie near each other are one."""
    ordered = sorted({edge for table in piece.tables for area in table for edge in (area.left, area.right)})
    near = min(_NEAR, (ordered[-1] - ordered[0]) / 100) if ordered else 0.0
    kept: list[float] = []
    for edge in ordered:
        if not kept or edge - kept[-1] > near:
            kept.append(edge)
    return kept


def _nearest(edges: list[float], edge: float) -> int:
    index = bisect_left(edges, edge)
    candidates = [one for one in (index - 1, index) if 0 <= one < len(edges)]
    return min(candidates, key=lambda one: abs(edges[one] - edge))
