"""Content in alternative branches (``mc:AlternateContent``): read where nothing hangs on which branch a program takes."""

from __future__ import annotations

from tests.hostile.recipe import accepted, rejected
from tests.intake.ooxml import MC, pack, parts, workbook

NEW = "http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"
HANCOM = "http://schemas.haansoft.com/office/spreadsheet/8.0"
_FORMATS = (
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="190" fontId="1" fillId="0"/></cellXfs>'
)
_SHEET = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def alternate(choice: str, fallback: str | None, requires: str = "new") -> str:
    """One element with a choice and perhaps a fallback."""
    rest = "" if fallback is None else f"<mc:Fallback>{fallback}</mc:Fallback>"
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:new="{NEW}" xmlns:hs="{HANCOM}">'
        f'<mc:Choice Requires="{requires}">{choice}</mc:Choice>{rest}</mc:AlternateContent>'
    )


def _number(code: str, more: str = "") -> str:
    return f'<numFmt numFmtId="190" formatCode="{code}"{more}/>'


def _styled(styles: str, style: int) -> bytes:
    return workbook(f'<row r="1"><c r="A1" s="{style}"><v>1</v></c></row>', styles=styles + _FORMATS)


@accepted
def number_formats_of_newer_excel() -> bytes:
    newer = _number("0.00", ' new:formatCode16="[$-zh-CN]0.00"')
    return _styled(f"<numFmts>{alternate(newer, _number('0.00'))}</numFmts>", 1)


@accepted
def number_formats_that_no_cell_has() -> bytes:
    return _styled(f"<numFmts>{alternate(_number('0'), _number('0.00'))}</numFmts>", 0)


@rejected("F026")
def number_formats_that_a_cell_has() -> bytes:
    return _styled(f"<numFmts>{alternate(_number('0'), _number('0.00'))}</numFmts>", 1)


@rejected("F026")
def number_format_for_newer_programs_only() -> bytes:
    return _styled(f"<numFmts>{_number('0.00').replace('190', '191')}{alternate(_number('0'), None)}</numFmts>", 1)


@accepted
def fonts_of_hancom() -> bytes:
    fonts = "<font><hs:x/><color rgb='FF112233'/></font>", "<font><color rgb='FF112233'/></font>"
    return _styled(f"<numFmts>{_number('0')}</numFmts><fonts><font/>{alternate(*fonts, requires='hs')}</fonts>", 1)


@rejected("F026")
def fonts_that_a_cell_has() -> bytes:
    fonts = "<font><color rgb='FF000000'/></font>", "<font><color rgb='FFFFFFFF'/></font>"
    return _styled(f"<numFmts>{_number('0')}</numFmts><fonts><font/>{alternate(*fonts)}</fonts>", 1)


@accepted
def path_of_the_file_in_the_workbook() -> bytes:
    """Excel writes where the file lay; older programs have nothing in its place."""
    return workbook(book=alternate("<new:absPath url='C:/x'/>", None))


@accepted
def names_alike_in_both_branches() -> bytes:
    names = '<definedNames><definedName name="n">1</definedName></definedNames>'
    return workbook(book=alternate(names, names))


@rejected("F026")
def names_otherwise_in_the_branches() -> bytes:
    names = '<definedNames><definedName name="n">%d</definedName></definedNames>'
    return workbook(book=alternate(names % 1, names % 2))


@rejected("F026")
def sheets_in_the_branches() -> bytes:
    made = parts()
    text = made["xl/workbook.xml"].decode()
    sheets = text[text.index("<sheets>") : text.index("</sheets>") + 9]
    text = text.replace(sheets, alternate(sheets, sheets.replace("表", "乙")))
    return pack(made | {"xl/workbook.xml": text.encode()})


@rejected("F026")
def value_in_a_fallback() -> bytes:
    """Without a choice: some programs read the fallback, others nothing."""
    value = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Fallback><v>1</v></mc:Fallback></mc:AlternateContent>'
    return workbook(f'<row r="1"><c r="A1">{value}</c></row>')


@rejected("F026")
def row_in_a_fallback() -> bytes:
    return workbook(alternate("", '<row r="1"><c r="A1"><v>1</v></c></row>'))


@rejected("F026")
def grid_in_the_branches() -> bytes:
    made = parts()
    text = made["xl/worksheets/sheet1.xml"].decode()
    grid = text[text.index("<sheetData>") : text.index("</sheetData>") + 12]
    return pack(made | {"xl/worksheets/sheet1.xml": text.replace(grid, alternate(grid, grid)).encode()})


@rejected("F026")
def shared_text_in_a_fallback() -> bytes:
    text = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Fallback><t>a</t></mc:Fallback></mc:AlternateContent>'
    return workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=[text])


@rejected("F026")
def merged_cells_in_the_branches() -> bytes:
    merges = '<mergeCells><mergeCell ref="%s"/></mergeCells>'
    return workbook(after=alternate(merges % "A1:B2", merges % "C1:D2"))


@rejected("F026")
def merged_cells_alike_in_the_branches() -> bytes:
    """Some programs read neither."""
    merges = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    return workbook(after=alternate(merges, merges))


@accepted
def controls_for_newer_programs() -> bytes:
    """Excel writes form controls so, and the drawing of their place."""
    return workbook(after=alternate("<controls><new:x/></controls>", None))


@accepted
def branches_in_branches() -> bytes:
    inner = alternate(_number("0.00"), _number("0.00"))
    return _styled(f"<numFmts>{alternate(inner, _number('0.00'))}</numFmts>", 1)


@accepted
def branches_without_end_of_their_own() -> bytes:
    """Many of them cost what they weigh."""
    return _styled(f"<numFmts>{alternate(_number('0.00'), _number('0.00')) * 400}</numFmts>", 1)


DRAWN = f'<xdr:wsDr xmlns:xdr="{_SHEET}">%s</xdr:wsDr>'
"""A drawing; a shape for newer programs has a picture or nothing in its place for older ones."""
