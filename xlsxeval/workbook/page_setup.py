"""How a worksheet stands on paper and on the screen: page, margins, one page where a form just fails to fit, helpers away."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xlsxeval.layout.layout import PlacedCell, SheetLayout

A4 = 9
_SIZE = 210 / 25.4, 297 / 25.4
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.8, "bottom": 0.7}
"""Inches."""
_POINTS = 72
_STANDARD_HEIGHT = 15.0
_MOST_SQUEEZED = 1.7
"""A form that is up to so many pages high is printed smaller, on one page."""
_LEAST_SCALE = 0.6
"""No form is printed smaller than that: its text of 11 points could not be read."""
_TALL = 45.0
"""A text that has so many points of height begins at the top of its cell: what does not fit is cut at its end only."""
_HELPERS = {"level": 1, "hidden": True}


def set_columns(page: Worksheet, sheet: SheetLayout) -> None:
    """Sets the widths of the columns; those of helpers, beyond what is printed, are grouped and folded away."""
    for index, width in enumerate(sheet.column_widths):
        helpers = sheet.form is not None and index > sheet.print_columns
        page.set_column(index, index, width, None, _HELPERS if helpers else {})
    if sheet.form is not None and len(sheet.column_widths) > sheet.print_columns + 1:
        after = len(sheet.column_widths)
        page.set_column(after, after, None, None, {"collapsed": True})


def set_page(page: Worksheet, sheet: SheetLayout) -> None:
    """Sets paper, margins, scale, headings and the lines at the edges. Colours of a form are for the screen only."""
    page.set_paper(A4)
    if sheet.landscape:
        page.set_landscape()
    page.set_margins(**_MARGINS)
    page.center_horizontally()
    page.fit_to_pages(1, 1 if _just_fails_to_fit(sheet) else 0)
    page.print_area(0, 0, sheet.print_rows - 1, sheet.print_columns - 1)
    if sheet.form is not None:
        page.print_black_and_white()
    if sheet.repeat_rows:
        page.repeat_rows(sheet.repeat_rows[0] - 1, sheet.repeat_rows[1] - 1)
    if sheet.attachment:
        page.set_header(f'&L&"黑体,常规"&14{sheet.attachment}')
    page.set_footer('&C&"宋体,常规"&10第 &P 页，共 &N 页')
    page.hide_gridlines(2)
    if sheet.form is None and sheet.repeat_rows:
        page.freeze_panes(sheet.repeat_rows[1], 0)


def is_tall(sheet: SheetLayout, cell: PlacedCell) -> bool:
    """Whether a left-aligned cell is so high that its text begins at the top."""
    if cell.look.align != "left" or cell.look.role not in ("input", "given", "computed"):
        return False
    rows = range(cell.address.row, cell.address.row + cell.rows)
    return sum(sheet.row_heights.get(row, _STANDARD_HEIGHT) for row in rows) >= _TALL


def _just_fails_to_fit(sheet: SheetLayout) -> bool:
    """Whether a form, as wide as its page, is a little too high for one page and can be read when it is put on one."""
    across, down = reversed(_SIZE) if sheet.landscape else _SIZE
    room_across = (across - _MARGINS["left"] - _MARGINS["right"]) * _POINTS
    room_down = (down - _MARGINS["top"] - _MARGINS["bottom"]) * _POINTS
    width = sum(int(one * 7 + 5) * 0.75 for one in sheet.column_widths[: sheet.print_columns])
    height = sum(sheet.row_heights.get(row, _STANDARD_HEIGHT) for row in range(1, sheet.print_rows + 1))
    scale = min(1.0, room_across / width)
    pages = height * scale / room_down
    return 1.0 < pages <= _MOST_SQUEEZED and scale / pages >= _LEAST_SCALE
