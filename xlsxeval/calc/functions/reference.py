"""Where cells are: rows, columns, addresses, and references made while computing."""

from __future__ import annotations

from xlsxeval.calc.coercion import to_integer, to_text
from xlsxeval.calc.functions.arguments import raise_errors, require
from xlsxeval.calc.functions.lookup import index_place
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.nodes import Name, Node, TableRef
from xlsxeval.calc.parser import parse
from xlsxeval.calc.places import Here, static_reference
from xlsxeval.calc.printer import to_formula
from xlsxeval.calc.references import quote_sheet, read_r1c1
from xlsxeval.calc.table_refs import plain_reference
from xlsxeval.calc.tokens import FormulaSyntaxError
from xlsxeval.calc.trees import shift
from xlsxeval.calc.values import Area, CellError, ExcelError, Grid, Reference, Scalar
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS, Address, column_letters


def _counting(first: int, last: int, *, down: bool) -> Scalar | Grid:
    """One number, or a row or column of them."""
    if first == last:
        return float(first)
    require(last - first < 2_000_000, ExcelError.NUM)
    numbers = [float(number) for number in range(first, last + 1)]
    return Grid(len(numbers), 1, numbers) if down else Grid(1, len(numbers), numbers)


@function("ROW([reference:reference])", here=True, array=True)
def row(here: Here, reference: Reference | None = None) -> Scalar | Grid:
    """The row of a cell; of an area all its rows."""
    area = here.area if reference is None else reference.single
    return _counting(area.first_row, area.last_row, down=True)


@function("COLUMN([reference:reference])", here=True, array=True)
def column(here: Here, reference: Reference | None = None) -> Scalar | Grid:
    """The column of a cell; of an area all its columns."""
    area = here.area if reference is None else reference.single
    return _counting(area.first_column, area.last_column, down=False)


@function("ROWS(array:shape)")
def rows(grid: Grid) -> float:
    """The number of rows."""
    raise_errors(grid.cells if grid.size == 1 else ())
    return float(grid.rows)


@function("COLUMNS(array:shape)")
def columns(grid: Grid) -> float:
    """The number of columns."""
    raise_errors(grid.cells if grid.size == 1 else ())
    return float(grid.columns)


@function("AREAS(reference:reference)")
def areas(reference: Reference) -> float:
    """The number of areas in a reference."""
    return float(len(reference.areas))


@function(
    "INDEX(reference:reference, row_num:integer, [column_num:integer], [area_num:integer=])", reference=True, twin=True
)
def index_reference(reference: Reference, row: int, column: int | None = None, number: int = 1) -> Reference:
    """The cell at a row and a column, as a reference."""
    require(number >= 1)
    require(number <= len(reference.areas), ExcelError.REF)
    sheet, top, left, bottom, right = area = reference.areas[number - 1]
    row, column = index_place(area.rows, area.columns, row, column)
    if row:
        top = bottom = top + row - 1
    if column:
        left = right = left + column - 1
    return Reference((Area(sheet, top, left, bottom, right),))


@function("OFFSET(reference:reference, rows:integer, cols:integer, [height:scalar], [width:scalar])", reference=True)
def offset(reference: Reference, down: int, right: int, height: Scalar = None, width: Scalar = None) -> Reference:
    """An area moved down and to the right, and given another size."""
    area = reference.single
    rows = area.rows if height is None else to_integer(height)
    columns = area.columns if width is None else to_integer(width)
    require(rows != 0 and columns != 0, ExcelError.REF)
    top, bottom = _ends(area.first_row + down, rows, MAX_ROWS)
    left, last = _ends(area.first_column + right, columns, MAX_COLUMNS)
    return Reference((Area(area.sheet, top, left, bottom, last),))


def _ends(start: int, size: int, limit: int) -> tuple[int, int]:
    """First and last line of a stretch; a negative size runs backwards. Raises CellError outside the worksheet."""
    end = start + size - (1 if size > 0 else -1)
    first, last = min(start, end), max(start, end)
    require(first >= 1 and last <= limit, ExcelError.REF)
    return first, last


@function("INDIRECT(ref_text:text, [a1:logical])", here=True, reference=True)
def indirect(here: Here, text: str, a1: bool = True) -> Reference:
    """The cells that a text names, in A1 style or by a defined name."""
    sheet = here.address.sheet
    before, mark, after = text.strip().rpartition("!")
    named = here.world.sheet(before.removeprefix("'").removesuffix("'").replace("''", "'")) if mark else None
    if named is not None:  # a worksheet's name may begin with a digit here, without quotation marks
        sheet, text = named, after
    try:
        node: Node | None = parse(text) if a1 else read_r1c1(text, here.address)
    except FormulaSyntaxError:
        raise CellError(ExcelError.REF) from None
    if isinstance(node, TableRef):
        node = plain_reference(node, here.address, here.world.tables)
    if isinstance(node, Name):
        node = here.world.name(node.name, here.world.sheet(node.sheet or sheet) or sheet)
        node = None if node is None else shift(node, here.address.row - 1, here.address.column - 1)
    found = None if node is None else static_reference(node, sheet, here.world)
    if found is None:
        raise CellError(ExcelError.REF)
    return found


@function("ADDRESS(row_num:integer, column_num:integer, [abs_num:integer=], [a1:logical=], [sheet_text:text])")
def address(row: int, column: int, kind: int = 1, a1: bool = True, sheet: str | None = None) -> str:
    """The address of a cell as text; 1 to 4 say what is absolute."""
    require(1 <= row <= MAX_ROWS and 1 <= column <= MAX_COLUMNS and 1 <= kind <= 4)
    fixed_row, fixed_column = kind in (1, 2), kind in (1, 3)
    if a1:
        text = f"{'$' * fixed_column}{column_letters(column)}{'$' * fixed_row}{row}"
    else:
        text = (f"R{row}" if fixed_row else f"R[{row}]") + (f"C{column}" if fixed_column else f"C[{column}]")
    return text if sheet is None else f"{quote_sheet(sheet) if sheet else ''}!{text}"


@function("ISFORMULA(reference:reference)", here=True)
def isformula(here: Here, reference: Reference) -> bool:
    """Whether a cell holds a formula."""
    sheet, row, column, _, _ = reference.single
    return Address(sheet, row, column) in here.world.formulas


@function("FORMULATEXT(reference:reference)", here=True)
def formulatext(here: Here, reference: Reference) -> str:
    """The formula of a cell as text."""
    sheet, row, column, _, _ = reference.single
    node = here.world.formulas.get(Address(sheet, row, column))
    if node is None:
        raise CellError(ExcelError.NA)
    return f"={to_formula(node)}"


@function("SHEET([reference:areas])", here=True)
def sheet_(here: Here, reference: Reference | Grid | None = None) -> float:
    """The number of a worksheet in the workbook, by a reference or its name."""
    if isinstance(reference, Grid):
        text = to_text(reference.at(0, 0))
        found = here.world.sheet(text)
        require(found is not None, ExcelError.NA)
        name = found or text
    else:
        name = here.address.sheet if reference is None else reference.areas[0].sheet
    return float(list(here.world.sheets).index(name) + 1)


@function("SHEETS([reference:reference])", here=True)
def sheets(here: Here, reference: Reference | None = None) -> float:
    """How many worksheets a reference covers, or the workbook has."""
    return float(len(here.world.sheets) if reference is None else len({area.sheet for area in reference.areas}))
