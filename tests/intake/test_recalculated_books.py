"""Workbooks with hidden rows, filters, tables and newer errors: recalculated as Excel shows them."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

from xlsxeval.calc import ExcelError
from xlsxeval.intake.reader import read_workbook
from xlsxeval.intake.recalc import recalculate_workbook


def _book(*, filtered: bool) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    sheet.write_column("B1", ["金额", 1, 3, 2])
    if filtered:
        sheet.autofilter("B1:B4")
        sheet.filter_column("B", "x != 3")
    sheet.set_row(2, options={"hidden": True})
    sheet.write_formula("D1", "=SUBTOTAL(9,B2:B4)", None, 3 if filtered else 6)
    sheet.write_formula("D2", "=SUBTOTAL(109,B2:B4)", None, 3)
    book.close()
    return buffer.getvalue()


def test_rows_hidden_by_hand_count_in_subtotal_9_only():
    result = recalculate_workbook(read_workbook(_book(filtered=False)))
    assert [cell.value for cell in result.cells] == [6.0, 3.0]
    assert all(cell.agrees for cell in result.cells)


def test_rows_that_a_filter_hides_never_count():
    result = recalculate_workbook(read_workbook(_book(filtered=True)))
    assert [cell.value for cell in result.cells] == [3.0, 3.0]


def test_tables_are_known_by_their_names_and_columns():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    columns = [
        {"header": "部门", "total_string": "合计"},
        {"header": "金额", "total_function": "sum"},
        {"header": "占比", "formula": "=[@金额]/SUM(花费[金额])"},
    ]
    rows = [["甲", 1, 0], ["乙", 3, 0]]
    sheet.add_table("A1:C4", {"name": "花费", "columns": columns, "data": rows, "total_row": True})
    sheet.write_formula("E1", '=SUMIF(花费[部门],"乙",花费[金额])', None, 3)
    sheet.write_formula("E2", "=花费[[#Totals],[金额]]", None, 4)
    book.close()
    result = recalculate_workbook(read_workbook(buffer.getvalue()))
    shown = {cell.address.a1: cell.value for cell in result.cells}
    assert shown == {"C2": 0.25, "C3": 0.75, "B4": 4.0, "E1": 3.0, "E2": 4.0}
    assert result.program.faults == ()


METADATA = (
    '<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:xlrd="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><metadataTypes count="1">'
    '<metadataType name="XLRICHVALUE" minSupportedVersion="120000"/></metadataTypes>'
    '<futureMetadata name="XLRICHVALUE" count="1"><bk><extLst><ext uri="{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}">'
    '<xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata>'
    '<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
)
RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
PARTS = {
    "xl/metadata.xml": METADATA,
    "xl/richData/rdrichvalue.xml": f'<rvData xmlns="{RICH}" count="1"><rv s="0"><v>13</v><v>0</v></rv></rvData>',
    "xl/richData/rdrichvaluestructure.xml": (
        f'<rvStructures xmlns="{RICH}" count="1"><s t="_error"><k n="errorType" t="i"/></s></rvStructures>'
    ),
}
RELATIONS = (
    '<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sheetMetadata" '
    'Target="metadata.xml"/>'
    '<Relationship Id="rId92" Type="http://schemas.microsoft.com/office/2017/06/relationships/rdRichValue" '
    'Target="richData/rdrichvalue.xml"/>'
    '<Relationship Id="rId93" Type="http://schemas.microsoft.com/office/2017/06/relationships/rdRichValueStructure" '
    'Target="richData/rdrichvaluestructure.xml"/></Relationships>'
)


def test_an_error_that_the_format_does_not_have_is_read_from_the_metadata():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    sheet.write_formula("A1", "=1+1", None, "#VALUE!")
    book.close()
    changed = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace("</Relationships>", RELATIONS)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace('t="e"', 't="e" vm="1"').replace("1+1", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)")
            target.writestr(name, content)
        for name, content in PARTS.items():
            target.writestr(name, content)
    (cell,) = recalculate_workbook(read_workbook(changed.getvalue())).cells
    assert (cell.cached, cell.value, cell.agrees) == (ExcelError.CALC, ExcelError.CALC, True)
