"""The formulas of 自查: what a check's result, a sheet's blanks and the count on top are computed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce

from xlsxeval.calc import (
    AreaRef,
    Binary,
    Boolean,
    Call,
    CellRef,
    Name,
    Node,
    Number,
    Text,
    parse,
    quote_sheet,
    transform,
)
from xlsxeval.forms.definition import Field
from xlsxeval.layout.layout import FAILED, NOT_YET, PASSED, UNDECIDED, CellKind, PlacedCell, SheetLayout
from xlsxeval.model import Address, Severity

_TYPED = 'TRIM(SUBSTITUTE(_area,"\u3000",""))'
"""The texts of cells without ordinary and full-width blanks: a cell with blanks only counts as empty."""


def form_status(severity: Severity, that: Node, where: Node | None) -> Node:
    """The result of a check: passed, failed with its mark, not yet to be told, or not to be decided."""
    failed = f"{FAILED[severity]} {_verdict(severity)}"
    return _put(f'IFERROR(IF(_where,IF(_that,"{PASSED}","{failed}"),"{NOT_YET}"),"{UNDECIDED}")', that, where)


def line_status(severity: Severity, that: Node, where: Node | None) -> Node:
    """The result at one line of a block: blank unless it fails."""
    failed = f"{FAILED[severity]} {_verdict(severity)}"
    return _put(f'IFERROR(IF(_where,IF(_that,"","{failed}"),""),"")', that, where)


def lines_status(severity: Severity, results: Sequence[Address]) -> Node:
    """Formula for the number of lines of a block that fail."""
    area, mark = _area(results[0], results[-1]), FAILED[severity]
    return parse(f'IF(COUNTIF({area},"{mark}*")=0,"{PASSED}","{mark} "&COUNTIF({area},"{mark}*")&" 处")')


def required_status(sheet: SheetLayout, greys: Mapping[str, Node]) -> tuple[Node, Address] | None:
    """Formula for the number of blank required cells of a sheet, and the first such cell; unused free lines do not count.

    A block of free lines with a minimum also counts the lines missing to it.

    ``greys`` has the conditions that make cells grey, by their text as written: grey cells do not count. None where the
    sheet has no required cell.
    """
    free = {block.id: block for block in sheet.blocks if not block.given}
    cells = [cell for cell in sheet.cells if cell.kind is CellKind.INPUT and cell.slot]
    fixed = [cell for cell in cells if _field_of(cell).required and _field_of(cell).block not in free]
    blank = f'SUMPRODUCT(--({_TYPED}=""))'
    counts = [_unless_grey(run[0], _filled(blank, _area=_answers(run)), greys) for run in _runs(fixed)]
    for name, block in free.items():
        columns = _runs([cell for cell in cells if _field_of(cell).block == name])
        if not columns:
            continue
        used = _sum([Binary("<>", _run_area(column), Text("")) for column in columns])
        if block.least:
            lines = _filled(f"MAX(0,{block.least}-SUMPRODUCT(--(_used>0)))", _used=used)
            counts.append(_unless_grey(columns[0][0], lines, greys))
        blank = f'SUMPRODUCT(({_TYPED}="")*(_used>0))'
        counts += [
            _unless_grey(column[0], _filled(blank, _area=_answers(column), _used=used), greys)
            for column in columns
            if _field_of(column[0]).required
        ]
    if not counts:
        return None
    told = f'IFERROR(IF(_blanks=0,"{PASSED}","{FAILED["error"]} 未填 "&_blanks&" 处"),"{UNDECIDED}")'
    return _filled(told, _blanks=_sum(counts)), (fixed or cells)[0].address


def _sum(parts: Sequence[Node]) -> Node:
    return reduce(lambda left, right: Binary("+", left, right), parts)


def _unless_grey(cell: PlacedCell, count: Node, greys: Mapping[str, Node]) -> Node:
    grey = _grey_text(cell)
    return Call("IF", (greys[grey], Number(0.0), count)) if grey in greys else count


def summary(first: Address, last: Address) -> Node:
    """One sentence over all results."""
    bad, odd = (f'COUNTIF({first.a1}:{last.a1},"{FAILED[kind]}*")' for kind in ("error", "warning"))
    return parse(
        f'IF({bad}+{odd}=0,"✓ 全部通过，可以上报",'
        f'IF({bad}=0,"△ 没有错误，有 "&{odd}&" 项请核对","✗ 有 "&{bad}&" 项未通过，"&{odd}&" 项请核对"))'
    )


def blank_if_blank(target: Address) -> Node:
    """Formula for a cell's value, empty where the cell is blank: a bare reference would show 0."""
    return _filled('IF(_cell="","",_cell)', _cell=CellRef(target.sheet, target.row, target.column))


def blank_if_error(formula: Node) -> Node:
    """Formula that is empty where ``formula`` cannot be computed yet."""
    return Call("IFERROR", (formula, Text("")))


def _verdict(severity: Severity) -> str:
    return {"error": "不符", "warning": "请核对", "info": "提示"}[severity]


def _put(pattern: str, that: Node, where: Node | None) -> Node:
    """A status formula with a check's own formulas in the place of ``_that`` and ``_where``."""
    return _filled(pattern, _that=that, _where=Boolean(True) if where is None else where)


def _filled(pattern: str, **parts: Node) -> Node:
    """A formula with other formulas in the place of its names."""
    return transform(_pattern(pattern), lambda node: parts.get(node.name) if isinstance(node, Name) else None)


@lru_cache(maxsize=256)
def _pattern(text: str) -> Node:
    """The tree of a pattern; there are few."""
    return parse(text)


def _field_of(cell: PlacedCell) -> Field:
    assert cell.slot is not None
    return cell.slot.field


def _runs(cells: Sequence[PlacedCell]) -> list[list[PlacedCell]]:
    """Cells that stand one under the other, together."""
    runs: list[list[PlacedCell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.address.column, cell.address.row)):
        if runs and _continues(runs[-1][-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _continues(above: PlacedCell, below: PlacedCell) -> bool:
    """Whether two cells stand one under the other with nothing between."""
    first, second = above.address, below.address
    adjacent = first.column == second.column and first.row + above.rows == second.row
    return adjacent and _grey_text(above) == _grey_text(below)


def _grey_text(cell: PlacedCell) -> str:
    formula = _field_of(cell).grey_when
    return "" if formula is None else formula.text


def _run_area(run: Sequence[PlacedCell]) -> AreaRef:
    return _range(run[0].address, run[-1].address)


def _answers(run: Sequence[PlacedCell]) -> AreaRef:
    """Range of the answers to a run of cells: the helper cells beside the form where a class counts for the lines below."""
    first, last = run[0].carried, run[-1].carried
    return _run_area(run) if first is None or last is None else _range(first, last)


def _range(first: Address, last: Address) -> AreaRef:
    return AreaRef(first.sheet, first.row, first.column, last.row, last.column)


def _area(first: Address, last: Address) -> str:
    return f"{quote_sheet(first.sheet)}!{first.a1}:{last.a1}"
