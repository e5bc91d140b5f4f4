"""Other public reports: their figures as small tables, each in its own layout."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support.published.sources import PrintedCell, PrintedForm, PublishedReport


@cache
def others() -> tuple[tuple[PublishedReport, dict[str, Any]], ...]:
    """The reports, each with what is known of it."""
    data = yaml.safe_load((Path(__file__).parent / "others.yaml").read_text(encoding="utf-8"))
    return tuple((_report(one), one) for one in data)


def _report(data: dict[str, Any]) -> PublishedReport:
    forms = tuple(drawn(table["title"], table["rows"]) for table in data.get("tables", ()))
    return PublishedReport(data["name"], tuple(data.get("text", ())), forms, ())


def drawn(title: str, rows: list[str]) -> PrintedForm:
    """A table from rows of cells: ``<`` joins to the left, ``^`` to the cell above, ``~`` is empty."""
    grid = [[text.strip() for text in row.split(" | ")] for row in rows]
    cells = []
    for row, line in enumerate(grid):
        for column, text in enumerate(line):
            if text in ("<", "^"):
                continue
            columns = 1
            while column + columns < len(line) and line[column + columns] == "<":
                columns += 1
            height = 1
            while row + height < len(grid) and len(grid[row + height]) > column and grid[row + height][column] == "^":
                height += 1
            cells.append(PrintedCell(row + 1, column + 1, height, columns, "" if text == "~" else text))
    return PrintedForm(title, "", tuple(cells), tuple(12.0 for _ in grid[0]))
