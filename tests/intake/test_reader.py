"""What the reader says about a workbook, seen part by part."""

from __future__ import annotations

import pytest

from tests.intake.ooxml import MAIN, SHEETML, override, pack, parts, relation, relationships, workbook
from xlsxeval.intake.cells import RawCell, RawName, RawSheet, RawWorkbook
from xlsxeval.intake.reader import Rejected, read_workbook


def read(rows: str = "", **options: object) -> RawWorkbook:
    return read_workbook(workbook(rows, **options))


def sheet(rows: str = "", **options: object) -> RawSheet:
    return read(rows, **options).sheets[0]


def cell(inside: str, attributes: str = "", **options: object) -> RawCell:
    return sheet(f'<row r="1"><c r="A1" {attributes}>{inside}</c></row>', **options).cells[1, 1]


class TestValues:
    def test_it_keeps_a_numbers_own_text(self) -> None:
        found = cell("<v>0.30000000000000004</v>")
        assert (found.kind, found.text, found.value) == ("n", "0.30000000000000004", 0.30000000000000004)

    @pytest.mark.parametrize("text", ["NaN", "INF", "-1E400", "12abc", "1_000", "１２", "0x1F", "1,234.5", "--1"])
    def test_it_marks_what_is_no_number(self, text: str) -> None:
        found = read(f'<row r="3"><c r="C3"><v>{text}</v></c></row>')
        assert found.sheets[0].cells[3, 3] == RawCell(3, 3, "n", text, None)
        assert [(fault.code, fault.sheet, fault.cell) for fault in found.faults] == [("V003", "表", "C3")]

    def test_it_joins_rich_text_without_phonetic_runs(self) -> None:
        string = '<r><t>株</t></r><r><rPr/><t xml:space="preserve">洲 </t></r><rPh sb="0" eb="1"><t>zhu</t></rPh>'
        assert cell("<v>0</v>", 't="s"', strings=[string]).value == "株洲 "

    def test_it_reads_inline_text(self) -> None:
        assert cell("<is><r><t>a</t></r><r><t>b</t></r></is>", 't="inlineStr"').value == "ab"

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_ alone", "_xD83D_ alone"),
            ("_x00g1_", "_x00g1_"),
        ],
    )
    def test_it_resolves_escapes(self, written: str, meant: str) -> None:
        assert cell("<v>0</v>", 't="s"', strings=[f"<t>{written}</t>"]).value == meant

    def test_it_tells_booleans_and_errors_from_text(self) -> None:
        assert cell("<v>1</v>", 't="b"').value is True
        assert cell("<v>#DIV/0!</v>", 't="e"') == RawCell(1, 1, "e", "#DIV/0!", "#DIV/0!")
        assert cell("<v>#FIELD!</v>", 't="e"') == RawCell(1, 1, "e", "#FIELD!", "#VALUE!")

    def test_it_tells_an_empty_result_from_an_absent_one(self) -> None:
        assert cell('<f>""</f><v></v>', 't="str"').kind == "s"
        absent = cell("<f>B1+1</f>")
        assert (absent.kind, absent.value, absent.formula) == ("", None, "B1+1")

    @pytest.mark.parametrize(
        ("written", "date1904", "serial"),
        [
            ("2024-12-31", False, 45657.0),
            ("2024-12-31T12:00:00", False, 45657.5),
            ("1900-01-01", False, 1.0),
            ("1900-03-01", False, 61.0),
            ("1904-01-02", True, 1.0),
        ],
    )
    def test_it_turns_iso_dates_into_serial_numbers(self, written: str, date1904: bool, serial: float) -> None:
        made = parts(f'<row r="1"><c r="A1" t="d"><v>{written}</v></c></row>')
        properties = b'<workbookPr date1904="1"/><sheets>' if date1904 else b"<sheets>"
        made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b"<sheets>", properties)
        assert read_workbook(pack(made)).sheets[0].cells[1, 1].value == serial

    def test_it_keeps_cells_that_have_only_a_style(self) -> None:
        assert cell("", 's="0"').empty


class TestFormulas:
    def test_it_writes_shared_formulas_out(self) -> None:
        rows = (
            '<row r="2"><c r="C2"><f t="shared" ref="C2:D3" si="0">A2*$B$1+Sheet2!A1</f><v>1</v></c>'
            '<c r="D2"><f t="shared" si="0"/><v>1</v></c></row>'
            '<row r="3"><c r="C3"><f t="shared" si="0"/><v>1</v></c></row>'
        )
        cells = sheet(rows).cells
        assert [cells[place].formula for place in ((2, 3), (2, 4), (3, 3))] == [
            "A2*$B$1+Sheet2!A1",
            "B2*$B$1+Sheet2!B1",
            "A3*$B$1+Sheet2!A2",
        ]

    def test_it_marks_array_formulas(self) -> None:
        found = cell('<f t="array" ref="A1:A3">B1:B3*2</f><v>1</v>')
        assert (found.formula, found.array) == ("B1:B3*2", "A1:A3")

    def test_it_shows_data_tables(self) -> None:
        found = cell('<f t="dataTable" ref="A1:A3" r1="B1"/><v>1</v>')
        assert (found.formula, found.array) == ("TABLE(B1,)", "A1:A3")

    def test_it_drops_a_written_equals_sign(self) -> None:
        assert cell("<f>=B1</f>").formula == "B1"


class TestSheet:
    def test_it_reads_merges_and_ignores_broken_ones(self) -> None:
        after = '<mergeCells><mergeCell ref="B2:D3"/><mergeCell ref="rubbish"/></mergeCells>'
        assert sheet(after=after).merges == ((2, 2, 3, 4),)

    def test_it_reads_validations_in_both_places(self) -> None:
        after = (
            '<dataValidations><dataValidation type="list" allowBlank="1" sqref="A1:A3 C1"><formula1>"是,否"</formula1>'
            "</dataValidation></dataValidations><extLst><ext><x14:dataValidations>"
            '<x14:dataValidation type="decimal" operator="lessThan">'
            "<x14:formula1><xm:f>Lists!$A$1</xm:f></x14:formula1>"
            "<xm:sqref>B5</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
        )
        plain, extended = sheet(after=after).validations
        assert (plain.ranges, plain.type, plain.formula1) == (((1, 1, 3, 1), (1, 3, 1, 3)), "list", '"是,否"')
        assert (plain.extension, plain.allow_blank) == (False, True)
        assert (extended.ranges, extended.operator, extended.formula1) == (((5, 2, 5, 2),), "lessThan", "Lists!$A$1")
        assert extended.extension

    def test_it_reads_the_fallback_of_a_long_list(self) -> None:
        after = (
            '<dataValidations><dataValidation type="list" sqref="A1"><mc:AlternateContent><mc:Choice Requires="x12ac">'
            '<x12ac:list xmlns:x12ac="http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac">no</x12ac:list></mc:Choice><mc:Fallback><formula1>"yes"</formula1></mc:Fallback>'
            "</mc:AlternateContent></dataValidation></dataValidations>"
        )
        assert sheet(after=after).validations[0].formula1 == '"yes"'

    def test_it_reads_protection(self) -> None:
        assert not sheet().protected
        assert not sheet(after='<sheetProtection objects="1"/>').protected
        found = sheet(after='<sheetProtection sheet="1" selectLockedCells="1"/>')
        assert found.protected
        assert found.protection == {"sheet": "1", "selectLockedCells": "1"}

    def test_it_sees_hidden_rows_and_columns(self) -> None:
        rows = '<row r="2" hidden="1"/><row r="3" ht="0" customHeight="1"/><row r="5" hidden="true"/><row r="6"/>'
        columns = '<col min="2" max="3" width="0"/><col min="9" max="9" hidden="1"/>'
        before = f'<sheetFormatPr zeroHeight="1"/><cols>{columns}</cols>'
        found = sheet(rows, before=before)
        assert (found.hidden_rows, found.hidden_columns) == (((2, 3), (5, 5)), ((2, 3), (9, 9)))
        assert found.rows_hidden_by_default

    def test_it_reads_links(self) -> None:
        link = relation("hyperlink", "http://example.invalid/", external=True, identifier="rId7")
        rels = relationships(more=link)
        after = '<hyperlinks><hyperlink ref="A1" r:id="rId7"/><hyperlink ref="A2" location="x!B2"/></hyperlinks>'
        made = parts(after=after, extra={"xl/worksheets/_rels/sheet1.xml.rels": rels})
        found = read_workbook(pack(made))
        assert found.sheets[0].hyperlinks == (("A1", "http://example.invalid/"), ("A2", "#x!B2"))
        assert found.faults == ()

    def test_it_reads_where_conditional_formatting_is_in_both_places(self) -> None:
        extended = "<x14:conditionalFormatting><xm:sqref>D4:D5</xm:sqref></x14:conditionalFormatting>"
        after = (
            '<conditionalFormatting sqref="A1 B1:B2"/>'
            f"<extLst><ext><x14:conditionalFormattings>{extended}</x14:conditionalFormattings></ext></extLst>"
        )
        assert sheet(after=after).conditional_formats == ((1, 1, 1, 1), (1, 2, 2, 2), (4, 4, 5, 4))

    def test_it_reads_who_wrote_comments_and_counts_pictures(self) -> None:
        rels = relationships(("rId1", "comments", "../comments1.xml"), ("rId2", "drawing", "../drawings/drawing1.xml"))
        comments = (
            f'<comments xmlns="{MAIN}"><authors><author>甲</author><author>乙</author></authors>'
            '<commentList><comment ref="B2" authorId="1"/><comment ref="C3" authorId="0"/></commentList></comments>'
        )
        drawing = (
            '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
            "<xdr:twoCellAnchor/><xdr:oneCellAnchor/></xdr:wsDr>"
        )
        extra = {
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
            "xl/comments1.xml": comments,
            "xl/drawings/drawing1.xml": drawing,
        }
        found = read_workbook(pack(parts(extra=extra))).sheets[0]
        assert (found.comments, found.pictures) == ((("B2", "乙"), ("C3", "甲")), 2)


class TestWorkbook:
    def test_it_reads_the_order_and_state_of_sheets(self) -> None:
        made = parts()
        made["xl/_rels/workbook.xml.rels"] = relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "worksheet", "/xl/worksheets/sheet2.xml")
        ).encode()
        made["xl/worksheets/sheet2.xml"] = made["xl/worksheets/sheet1.xml"]
        hidden = '<sheets><sheet name="封" sheetId="5" state="veryHidden" r:id="rId9"/>'
        made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b"<sheets>", hidden.encode())
        made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
            b"</Types>", (override("xl/worksheets/sheet2.xml", f"{SHEETML}worksheet+xml") + "</Types>").encode()
        )
        found = read_workbook(pack(made))
        assert [(one.name, one.state) for one in found.sheets] == [("封", "veryHidden"), ("表", "visible")]

    def test_it_finds_a_sheet_by_name_whatever_its_case(self) -> None:
        made = parts()
        made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("表".encode(), b"Basic")
        found = read_workbook(pack(made))
        assert found.sheet("bAsIc") is found.sheets[0]
        assert found.sheet("other") is None

    def test_it_reads_defined_names_with_their_scope(self) -> None:
        book = (
            '<definedNames><definedName name="a">表!$A$1</definedName>'
            '<definedName name="b" localSheetId="0" hidden="1">表!$B$1</definedName></definedNames>'
        )
        assert read(book=book).defined_names == (RawName("a", "表!$A$1"), RawName("b", "表!$B$1", "表", hidden=True))

    def test_it_reads_how_the_workbook_is_locked_and_calculated(self) -> None:
        plain = read()
        assert (plain.structure_locked, plain.calc_mode, plain.iterate, plain.full_precision) == (
            False,
            "auto",
            False,
            True,
        )
        book = '<workbookProtection lockStructure="1"/><calcPr calcMode="manual" iterate="1" fullPrecision="0"/>'
        changed = read(book=book)
        assert (changed.structure_locked, changed.calc_mode) == (True, "manual")
        assert (changed.iterate, changed.full_precision) == (True, False)

    def test_it_reads_document_properties(self) -> None:
        custom = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property pid="2" name="seal"><vt:lpwstr>abc</vt:lpwstr></property>'
            '<property pid="3" name="版本"><vt:i4>7</vt:i4></property></Properties>'
        )
        made = parts(extra={"docProps/custom.xml": custom})
        made["_rels/.rels"] = relationships(
            ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
        ).encode()
        assert read_workbook(pack(made)).properties == {"seal": "abc", "版本": "7"}


class TestStyles:
    STYLES = (
        '<numFmts><numFmt numFmtId="176" formatCode="0.00_ "/></numFmts>'
        '<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font>'
        '<font><color indexed="10"/></font><font><color auto="1"/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill>'
        '<fill><patternFill patternType="lightGrid"><fgColor rgb="FF123456"/></patternFill></fill></fills>'
        '<cellXfs><xf numFmtId="10" fontId="0" fillId="0"/>'
        '<xf numFmtId="176" fontId="1" fillId="1"><protection locked="0" hidden="1"/></xf>'
        '<xf numFmtId="31" fontId="2" fillId="2"/><xf fontId="3"/><xf fontId="4" fillId="77"/></cellXfs>'
    )

    def test_it_resolves_formats_locks_and_colours(self) -> None:
        styles = read(styles=self.STYLES).styles
        assert [style.number_format for style in styles[:3]] == ["0.00%", "0.00_ ", 'yyyy"年"m"月"d"日"']
        assert [(style.locked, style.hidden) for style in styles[:2]] == [(True, False), (False, True)]
        assert [style.font_color for style in styles] == [None, "FFFFFF", "FFFFFF", "FF0000", None]
        assert [style.fill_color for style in styles] == [None, "808080", "C4CCD5", None, None]

    def test_it_repairs_an_index_outside_the_table_once_a_sheet(self) -> None:
        found = read('<row r="1"><c r="A1" s="99"><v>1</v></c><c r="B1" s="-1"><v>1</v></c></row>')
        assert [found.style(one).locked for one in found.sheets[0].cells.values()] == [True, True]
        assert [(fault.code, fault.cell) for fault in found.faults] == [("F030", "A1")]


class TestPlaces:
    def test_it_names_part_and_offset_of_a_forbidden_character(self) -> None:
        made = parts(strings=["<t>好\x02</t>"])
        offset = made["xl/sharedStrings.xml"].index(b"\x02")
        with pytest.raises(Rejected) as caught:
            read_workbook(pack(made))
        assert "xl/sharedStrings.xml" in caught.value.fault.detail
        assert str(offset) in caught.value.fault.detail
        assert "U+0002" in caught.value.fault.detail

    def test_it_names_the_sheet_and_cell_of_a_bad_string(self) -> None:
        with pytest.raises(Rejected) as caught:
            read('<row r="2"><c r="B2" t="s"><v>5</v></c></row>')
        assert (caught.value.fault.sheet, caught.value.fault.cell) == ("表", "B2")

    def test_it_counts_far_cells_once_a_sheet(self) -> None:
        rows = '<row r="30000"><c r="A30000"><v>1</v></c><c r="B30000"><v>1</v></c></row>'
        found = read(rows)
        assert [(fault.code, fault.cell) for fault in found.faults] == [("F025", "A30000")]
        assert len(found.sheets[0].cells) == 2
