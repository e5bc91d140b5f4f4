"""A table of figures as text for a terminal, or as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.harness import Cell, Table

BEGIN, END = "<!-- figures -->", "<!-- end of the figures -->"


def shown(cell: Cell) -> str:
    """Three digits that say something, and no more: 1234, 12.3, 0.123."""
    if cell is None:
        return "-"
    if isinstance(cell, str | int):
        return str(cell)
    return f"{cell:.0f}" if abs(cell) >= 100 else f"{cell:.3g}" if abs(cell) < 10 else f"{cell:.1f}"


def told_of(facts: Mapping[str, str], *, markdown: bool = False) -> str:
    """The machine, a line a fact, and an empty one."""
    return "".join(f"{'- ' if markdown else ''}{name}: {fact}\n" for name, fact in facts.items())


def with_figures(page: str, figures: str) -> str:
    """A page with these figures in the place of those between its marks. Raises ValueError where it has no marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"no place for figures: {BEGIN} … {END}")
    return f"{before}{begin}\n\n{figures}\n{end}{after}"


def as_text(table: Table) -> str:
    """Columns under each other, figures to the right."""
    rows = [list(table.columns), *([shown(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(table.columns))]
    lines = [_line(row, widths, _left(table)) for row in rows]
    return "\n".join([f"## {table.name}: {table.title}", *lines, *(f"  ({note})" for note in table.notes), ""])


def as_markdown(table: Table) -> str:
    """A table of Markdown, with the command that prints it."""
    left = _left(table)
    rule = [":--" if index in left else "--:" for index in range(len(table.columns))]
    rows = [list(table.columns), rule, *([shown(cell) for cell in row] for row in table.rows)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    notes = "; ".join(table.notes)
    command = f"`python -m benchmarks --only {table.name}`"
    return "\n".join([f"### {table.title}", "", *lines, "", f"{command}: {notes}.", ""])


def _left(table: Table) -> set[int]:
    """The columns of words."""
    return {index for index in range(len(table.columns)) if any(isinstance(row[index], str) for row in table.rows)}


def _line(row: Sequence[str], widths: Sequence[int], left: set[int]) -> str:
    cells = [
        cell.ljust(width) if index in left else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
