"""Cells that two programs could read differently, and values that are none."""

from __future__ import annotations

from tests.hostile.recipe import rejected, reported
from tests.intake.ooxml import pack, parts, workbook


@rejected("F024")
def string_index_out_of_range() -> bytes:
    return workbook('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', strings=["<t>a</t>"])


@rejected("F024")
def string_index_negative() -> bytes:
    return workbook('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', strings=["<t>a</t>"])


@rejected("F024")
def shared_formula_without_text() -> bytes:
    return workbook('<row r="1"><c r="A1"><f t="shared" si="7"/><v>1</v></c></row>')


@reported("F025")
def row_beyond_the_worksheet() -> bytes:
    return workbook('<row r="9999999"><c r="A9999999"><v>1</v></c></row>')


@reported("F025")
def column_beyond_the_worksheet() -> bytes:
    return workbook('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')


@rejected("F026")
def same_row_twice() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>777</v></c></row><row r="1"><c r="B1"><v>100.5</v></c></row>')


@rejected("F026")
def same_cell_twice() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>777</v></c><c r="A1"><v>100.5</v></c></row>')


@rejected("F026")
def two_values_in_a_cell() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>777</v><v>100.5</v></c></row>')


@rejected("F026")
def cell_of_another_row() -> bytes:
    return workbook('<row r="1"><c r="A2"><v>777</v></c></row>')


@rejected("F026")
def two_grids() -> bytes:
    return workbook(after='<sheetData><row r="2"><c r="A2"><v>2</v></c></row></sheetData>')


@rejected("F026")
def cells_in_a_choice() -> bytes:
    return workbook(
        '<row r="1"><mc:AlternateContent><mc:Choice Requires="x14"><c r="A1"><v>1</v></c></mc:Choice>'
        '<mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback></mc:AlternateContent></row>'
    )


@rejected("F026")
def values_in_a_choice() -> bytes:
    choice = "<mc:Choice Requires='x14'><v>1</v></mc:Choice><mc:Fallback><v>2</v></mc:Fallback>"
    return workbook(f'<row r="1"><c r="A1"><mc:AlternateContent>{choice}</mc:AlternateContent></c></row>')


@rejected("F026")
def two_inline_texts() -> bytes:
    return workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is><is><t>b</t></is></c></row>')


@rejected("F026")
def two_sheets_of_one_name() -> bytes:
    made = parts()
    twin = b'<sheet name="\xe8\xa1\xa8" sheetId="2" r:id="rId1"/></sheets>'
    return pack(made | {"xl/workbook.xml": made["xl/workbook.xml"].replace(b"</sheets>", twin)})


@rejected("F026")
def two_sheets_of_one_part() -> bytes:
    made = parts()
    twin = b'<sheet name="b" sheetId="2" r:id="rId1"/></sheets>'
    return pack(made | {"xl/workbook.xml": made["xl/workbook.xml"].replace(b"</sheets>", twin)})


@reported("F027")
def shared_formula_that_nobody_understands() -> bytes:
    return workbook(
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1+)(</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    )


@reported("V003")
def not_a_number() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>2</v></c></row>')


@reported("V003")
def number_beyond_measure() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>1E400</v></c></row>')


@reported("V003")
def number_with_letters() -> bytes:
    return workbook('<row r="1"><c r="A1"><v>12abc</v></c></row>')


@reported("V020")
def date_that_never_was() -> bytes:
    return workbook('<row r="1"><c r="A1" t="d"><v>2025-02-30</v></c></row>')


@reported("F028")
def text_too_long_for_a_cell() -> bytes:
    return workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<t>" + "长" * 40_000 + "</t>"])


def _cell(cell: str, more: str = "") -> bytes:
    return workbook(f'<row r="1">{cell}</row>{more}', strings=["<t>a</t>"])


@rejected("F026")
def inline_text_beside_a_value() -> bytes:
    return _cell('<c r="A1" t="inlineStr"><v>50</v><is><t>77</t></is></c>')


@rejected("F026")
def inline_text_in_a_number() -> bytes:
    return _cell('<c r="A1"><is><t>77</t></is><v>50</v></c>')


@rejected("F026")
def inline_text_in_a_formula_text() -> bytes:
    return _cell('<c r="A1" t="str"><v>50</v><is><t>77</t></is></c>')


@rejected("F026")
def inline_text_in_a_shared_text() -> bytes:
    return _cell('<c r="A1" t="s"><v>0</v><is><t>77</t></is></c>')


@rejected("F026")
def rows_out_of_order() -> bytes:
    return workbook('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>')


@rejected("F026")
def cells_out_of_order() -> bytes:
    return _cell('<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>')


@rejected("F026")
def cell_without_a_place_that_falls_on_another() -> bytes:
    return workbook('<row r="1"><c r="B1"><v>1</v></c></row><row><c><v>1</v></c><c r="A2"><v>2</v></c></row>')


@rejected("F026")
def row_without_a_number_that_falls_on_another() -> bytes:
    return workbook('<row><c><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>')


@rejected("F026")
def type_in_another_namespace() -> bytes:
    return _cell('<c r="A1" xm:t="str"><v>1</v></c>')


@rejected("F026")
def place_in_another_namespace() -> bytes:
    return _cell('<c r="A1" xm:r="B1"><v>1</v></c>')


@rejected("F026")
def shared_formula_written_twice() -> bytes:
    first = '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A3">B1</f><v>1</v></c></row>'
    second = '<row r="2"><c r="A2"><f t="shared" si="0">C2</f><v>1</v></c></row>'
    return workbook(first + second)


@rejected("F022")
def place_in_small_letters() -> bytes:
    return _cell('<c r="a1"><v>1</v></c>')


@rejected("F022")
def place_with_noughts_in_front() -> bytes:
    return _cell('<c r="A01"><v>1</v></c>')


@reported("V003")
def truth_in_words() -> bytes:
    return _cell('<c r="A1" t="b"><v>true</v></c>')


@rejected("F026")
def empty_formula() -> bytes:
    """LibreOffice shows an error in its place, the others the value."""
    return _cell('<c r="A1"><f/><v>1</v></c>')


@rejected("F026")
def number_with_blanks_around_it() -> bytes:
    return _cell('<c r="A1"><v> 1 </v></c>')


@rejected("F026")
def number_as_character_data() -> bytes:
    return _cell('<c r="A1"><v><![CDATA[1]]></v></c>')


@rejected("F026")
def digit_by_its_number() -> bytes:
    return _cell('<c r="A1"><v>&#49;</v></c>')


@rejected("F026")
def place_by_its_number() -> bytes:
    return _cell('<c r="&#65;1"><v>1</v></c>')


@rejected("F026")
def text_in_an_unknown_element() -> bytes:
    """Some programs look for the text at any depth."""
    return _cell('<c r="A1" t="inlineStr"><is><w:w xmlns:w="urn:x"><t>a</t></w:w></is></c>')
