"""Hostile, broken and merely odd files, as recipes: what a campaign's inbox must survive.

Each recipe says what the reading must answer: ``rejected`` with a code, ``reported`` with a code while the rest of
the workbook is read, or ``accepted`` in silence. No file is kept: every one is made when it is asked for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.intake.ooxml import (
    HEAD,
    MAIN,
    OFFICE,
    SHEETML,
    Member,
    lying_zip,
    members,
    override,
    pack,
    parts,
    relation,
    relationships,
    workbook,
)

Maker = Callable[[], bytes]


@dataclass(frozen=True)
class Recipe:
    """One bad file: its name, the answer it must get, and how to make its bytes."""

    name: str
    outcome: str
    code: str | None
    make: Maker


RECIPES: list[Recipe] = []


def _recipe(outcome: str, code: str | None = None) -> Callable[[Maker], Maker]:
    def register(make: Maker) -> Maker:
        RECIPES.append(Recipe(make.__name__, outcome, code, make))
        return make

    return register


def rejected(code: str) -> Callable[[Maker], Maker]:
    """The file is not read; the fault has this code."""
    return _recipe("rejected", code)


def reported(code: str) -> Callable[[Maker], Maker]:
    """The file is read; among its faults is this code and no other."""
    return _recipe("reported", code)


def accepted(make: Maker) -> Maker:
    """Odd but sane: read without a fault."""
    return _recipe("accepted")(make)


# What the file really is


@rejected("F001")
def empty_file() -> bytes:
    return b""


@rejected("F001")
def blanks_only() -> bytes:
    return b" \r\n\t\n"


@rejected("F002")
def csv_renamed() -> bytes:
    return "单位,金额\n株洲市,80.4\n".encode()


@rejected("F002")
def csv_in_gbk_renamed() -> bytes:
    return ("单位,金额\n株洲市,80.4\n" * 9000).encode("gb18030")


@rejected("F002")
def csv_in_utf16_renamed() -> bytes:
    return "单位\t金额\n".encode("utf-16")


@rejected("F002")
def html_table_renamed() -> bytes:
    return "\ufeff\r\n<html xmlns:x='urn:x'><table><tr><td>1</td></tr></table></html>".encode()


@rejected("F004")
def xml_spreadsheet_2003() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@rejected("F002")
def pdf_renamed() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@rejected("F002")
def noise() -> bytes:
    return bytes(range(256)) * 64


@rejected("F003")
def zeros_of_a_broken_copy() -> bytes:
    return bytes(4096)


def _ole(*streams: str) -> bytes:
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries


@rejected("F004")
def old_xls_renamed() -> bytes:
    return _ole("Workbook", "\x05SummaryInformation")


@rejected("F005")
def encrypted_workbook() -> bytes:
    return _ole("EncryptionInfo", "EncryptedPackage")


@rejected("F002")
def old_doc_renamed() -> bytes:
    return _ole("WordDocument", "1Table")


@rejected("F004")
def ods_renamed() -> bytes:
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})


@rejected("F004")
def numbers_renamed() -> bytes:
    return pack({"Index/Document.iwa": b"\0", "preview.jpg": b"\xff\xd8\xff"})


def _document(content_type: str) -> bytes:
    made = parts()
    types = made["[Content_Types].xml"].decode()
    made["[Content_Types].xml"] = types.replace(f"{SHEETML}sheet.main+xml", content_type).encode()
    return pack(made)


@rejected("F002")
def docx_renamed() -> bytes:
    return _document("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")


@rejected("F002")
def pptx_renamed() -> bytes:
    return _document("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")


@rejected("F006")
def xlsm() -> bytes:
    return _document("application/vnd.ms-excel.sheet.macroEnabled.main+xml")


@rejected("F006")
def xltx() -> bytes:
    return _document(f"{SHEETML}template.main+xml")


@rejected("F006")
def xlsb() -> bytes:
    return _document("application/vnd.ms-excel.sheet.binary.macroEnabled.main")


@rejected("F014")
def zip_of_workbooks() -> bytes:
    return pack({"一中.xlsx": workbook(), "二中.xlsx": workbook()})


@rejected("F014")
def rar_archive() -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + bytes(64)


@rejected("F014")
def seven_zip_archive() -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + bytes(64)


# The zip container


@rejected("F003")
def truncated_download() -> bytes:
    data = workbook()
    return data[: len(data) * 2 // 3]


@rejected("F003")
def flipped_byte() -> bytes:
    data = bytearray(workbook("".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 500))))
    at = data.index(b"xl/worksheets/sheet1.xml") + 200
    data[at] ^= 0x10
    return bytes(data)


@rejected("F003")
def missing_sheet_part() -> bytes:
    made = parts()
    del made["xl/worksheets/sheet1.xml"]
    return pack(made)


@rejected("F003")
def missing_root_relations() -> bytes:
    made = parts()
    del made["_rels/.rels"]
    return pack(made)


@rejected("F003")
def unknown_compression() -> bytes:
    return lying_zip([replace(member, method=14) for member in members(parts())])


@rejected("F005")
def zip_with_password() -> bytes:
    return lying_zip([replace(member, flags=1) for member in members(parts())])


@rejected("F010")
def bomb_in_sheet() -> bytes:
    made = parts()
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row><c s="0"/></row>' * 3_300_000 + b"</sheetData>"
    )
    return pack(made)


@rejected("F010")
def bomb_in_one_string() -> bytes:
    return workbook(strings=["<t>" + "中" * 23_000_000 + "</t>"])


@rejected("F010")
def bomb_over_several_parts() -> bytes:
    blob = b"<a>" + b" " * 50_000_000 + b"</a>"
    return pack(parts() | {f"customXml/item{i}.xml": blob for i in range(3)})


@rejected("F010")
def header_lies_about_size() -> bytes:
    made = members(parts())
    return lying_zip([*made, Member(b"customXml/item1.xml", b"<a/>" * 5000, claimed_size=10)])


@rejected("F010")
def overlapping_members() -> bytes:
    made = members(parts())
    return lying_zip([*made, Member(b"customXml/item1.xml", made[0].content, offset=0)])


@rejected("F010")
def file_too_large() -> bytes:
    return workbook() + bytes(21 * 1024 * 1024)


@rejected("F011")
def seventy_thousand_members() -> bytes:
    return lying_zip([Member(b"a%d" % i, method=0) for i in range(70_000)] + members(parts()))


@rejected("F012")
def climbing_name() -> bytes:
    return pack(parts() | {"xl/../../evil.xml": b"<a/>"})


@rejected("F012")
def absolute_name() -> bytes:
    return pack(parts() | {"/etc/evil.xml": b"<a/>"})


@rejected("F012")
def drive_letter_name() -> bytes:
    return pack(parts() | {"C:/evil.xml": b"<a/>"})


@rejected("F012")
def backslash_name() -> bytes:
    return lying_zip([*members(parts()), Member(b"xl\\evil.xml", b"<a/>")])


@rejected("F012")
def escaped_climbing_name() -> bytes:
    return pack(parts() | {"xl/%2e%2e/evil.xml": b"<a/>"})


@rejected("F012")
def two_names_for_one_member() -> bytes:
    made = members(parts())
    return lying_zip([*made[:-1], replace(made[-1], local_name=b"xl/SharedStrings.xm_")])


@rejected("F012")
def relation_out_of_the_package() -> bytes:
    return workbook(relations=relation("theme", "../../../etc/passwd"))


@rejected("F013")
def doubled_part() -> bytes:
    made = members(parts())
    return lying_zip([*made, Member(b"xl/worksheets/sheet1.xml", made[4].content)])


@rejected("F013")
def doubled_part_in_other_case() -> bytes:
    made = members(parts())
    return lying_zip([*made, Member(b"xl/Worksheets/SHEET1.xml", made[4].content)])


# What may be in a workbook


@rejected("F006")
def macros() -> bytes:
    return workbook(
        types=override("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
        relations=relation("vbaProject", "vbaProject.bin"),
        extra={"xl/vbaProject.bin": _ole("VBA")},
    )


@rejected("F006")
def macros_under_another_name_and_type() -> bytes:
    return workbook(
        types=override("xl/media/image1.png", "image/png"), extra={"xl/media/image1.png": _ole("VBA", "PROJECT")}
    )


@rejected("F006")
def macro_sheet() -> bytes:
    return workbook(
        types=override("xl/macrosheets/sheet1.xml", "application/vnd.ms-excel.macrosheet+xml"),
        relations=relation("xlMacrosheet", "macrosheets/sheet1.xml"),
        extra={"xl/macrosheets/sheet1.xml": "<a/>"},
    )


@rejected("F006")
def active_x() -> bytes:
    return workbook(
        types=override("xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"),
        extra={"xl/activeX/activeX1.xml": "<a/>"},
    )


@rejected("F006")
def ole_object() -> bytes:
    return workbook(
        types=override("xl/embeddings/o1.bin", "application/vnd.openxmlformats-officedocument.oleObject"),
        extra={"xl/embeddings/o1.bin": b"12345"},
    )


@rejected("F006")
def embedded_workbook() -> bytes:
    return workbook(types=override("xl/x/inner.dat", "application/octet-stream"), extra={"xl/x/inner.dat": workbook()})


@reported("F007")
def external_link() -> bytes:
    link = f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"/></externalLink>'
    path = relationships(more=relation("externalLinkPath", "file:///C:/budget.xlsx", external=True))
    return workbook(
        '<row r="1"><c r="A1"><f>[1]Sheet1!$A$1</f><v>7</v></c></row>',
        types=override("xl/externalLinks/externalLink1.xml", f"{SHEETML}externalLink+xml"),
        relations=relation("externalLink", "externalLinks/externalLink1.xml"),
        extra={"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": path},
    )


@reported("F007")
def connections() -> bytes:
    return workbook(
        types=override("xl/connections.xml", f"{SHEETML}connections+xml"), extra={"xl/connections.xml": "<a/>"}
    )


@reported("F007")
def picture_from_the_network() -> bytes:
    return workbook(relations=relation("image", "http://example.invalid/a.png", external=True))


@reported("F008")
def unknown_part() -> bytes:
    return workbook(types=override("xl/novel.bin", "application/x-novel"), extra={"xl/novel.bin": b"\1\2\3"})


# XML

_ENTITIES = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "lol">{_ENTITIES}]>'


def _with_prolog(part: str, prolog: str) -> bytes:
    made = parts(strings=["<t>a</t>"])
    made[part] = made[part].replace(HEAD.encode(), (HEAD + prolog).encode())
    return pack(made)


@rejected("F020")
def billion_laughs_in_sheet() -> bytes:
    return _with_prolog("xl/worksheets/sheet1.xml", LAUGHS)


@rejected("F020")
def billion_laughs_in_strings() -> bytes:
    return _with_prolog("xl/sharedStrings.xml", LAUGHS)


@rejected("F020")
def billion_laughs_in_workbook() -> bytes:
    return _with_prolog("xl/workbook.xml", LAUGHS)


@rejected("F020")
def billion_laughs_in_relations() -> bytes:
    return _with_prolog("_rels/.rels", LAUGHS)


@rejected("F020")
def billion_laughs_in_content_types() -> bytes:
    return _with_prolog("[Content_Types].xml", LAUGHS)


@rejected("F020")
def external_entity() -> bytes:
    return _with_prolog("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')


@rejected("F020")
def external_dtd() -> bytes:
    return _with_prolog("xl/styles.xml", '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">')


@rejected("F020")
def parameter_entity() -> bytes:
    return _with_prolog("xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>')


@rejected("F020")
def document_type_in_utf16() -> bytes:
    made = parts()
    text = made["xl/worksheets/sheet1.xml"].decode().replace(HEAD, '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS)
    return pack(made | {"xl/worksheets/sheet1.xml": text.encode("utf-16")})


@rejected("F020")
def document_type_in_a_part_nobody_reads() -> bytes:
    return pack(parts() | {"customXml/item1.xml": LAUGHS.encode() + b"<x/>"})


@rejected("F021")
def deep_nesting() -> bytes:
    return workbook(after="<a>" * 200_000 + "</a>" * 200_000)


@rejected("F022")
def forbidden_character() -> bytes:
    return workbook(strings=["<t>好\x01</t>"])


@rejected("F022")
def forbidden_character_reference() -> bytes:
    return workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>a&#0;</t></is></c></row>')


@rejected("F022")
def broken_utf8() -> bytes:
    made = parts(strings=["<t>好</t>"])
    return pack(made | {"xl/sharedStrings.xml": made["xl/sharedStrings.xml"].replace("好".encode(), b"\xe5\xa5")})


@rejected("F022")
def gbk_part() -> bytes:
    made = parts(strings=["<t>株洲</t>"])
    text = made["xl/sharedStrings.xml"].decode().replace("UTF-8", "GBK")
    return pack(made | {"xl/sharedStrings.xml": text.encode("gbk")})


@rejected("F022")
def unclosed_element() -> bytes:
    return workbook(after="<pageMargins>")


@rejected("F022")
def undefined_entity() -> bytes:
    return workbook(strings=["<t>&nbsp;</t>"])


@rejected("F022")
def empty_part() -> bytes:
    return pack(parts() | {"xl/worksheets/sheet1.xml": b""})


@rejected("F023")
def strict_open_xml() -> bytes:
    transitional, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    return pack({
        name: content.replace(f"{transitional}officeDocument/2006/".encode(), f"{strict}officeDocument/".encode())
        .replace(f"{transitional}spreadsheetml/2006/".encode(), f"{strict}spreadsheetml/".encode())
        for name, content in parts().items()
    })  # fmt: skip


@rejected("F010")
def too_many_cells() -> bytes:
    return workbook(("<row>" + '<c s="0"/>' * 5_000 + "</row>") * 61)


@rejected("F010")
def too_many_elements() -> bytes:
    return workbook(after="<a/>" * 5_100_000)


@rejected("F010")
def too_many_merges() -> bytes:
    return workbook(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 600_000 + "</mergeCells>")


@rejected("F010")
def too_many_names() -> bytes:
    return workbook(book="<definedNames>" + "<definedName/>" * 600_000 + "</definedNames>")


@rejected("F010")
def too_many_relations() -> bytes:
    return workbook(relations="".join(f'<Relationship Id="x{i}" Target="a"/>' for i in range(300_000)))


@rejected("F010")
def too_many_cell_formats() -> bytes:
    return workbook(styles="<cellXfs>" + "<xf/>" * 600_000 + "</cellXfs>")


@accepted
def rows_without_end() -> bytes:
    """More rows than a worksheet has, all empty: nothing is lost by not reading them."""
    return workbook("<row/>" * 1_500_000)


@rejected("F013")
def two_types_for_one_part() -> bytes:
    return workbook(types=override("xl/workbook.xml", f"{SHEETML}worksheet+xml"))


@rejected("F026")
def two_relations_of_one_name() -> bytes:
    return workbook(relations=relation("theme", "theme.xml", identifier="rId1"))


@rejected("F010")
def too_many_ranges() -> bytes:
    ranges = "<dataValidation sqref='" + "A1 " * 300_000 + "'/>"
    return workbook(after="<dataValidations>" + ranges * 2 + "</dataValidations>")


@rejected("F022")
def references_without_end() -> bytes:
    return workbook(strings=["<t>" + "&#65;" * 500_000 + "</t><t>" + "&#65;" * 500_000 + "&#1;</t>"])


@rejected("F012")
def name_that_turns_the_line_around() -> bytes:
    return pack(parts() | {"xl/media/gpj.\u202elmx.png": b"\x89PNG"})


@rejected("F012")
def name_without_end() -> bytes:
    return pack(parts() | {"x" * 60_000 + ".xml": b"<a/>"})


@reported("F007")
def target_that_garbles_the_terminal() -> bytes:
    return workbook(relations=relation("image", "http://x.invalid/&#10;&#x202e;&#x9b;31m" + "y" * 9000, external=True))


@rejected("F010")
def one_endless_tag() -> bytes:
    return workbook(after="<a " + " ".join(f'a{i}=""' for i in range(600_000)) + "/>")


@rejected("F010")
def too_many_shared_strings() -> bytes:
    return workbook(strings=[""] * 200_001)


@rejected("F010")
def shared_formula_blown_up() -> bytes:
    long = "+".join(["A1"] * 2_000)
    rest = "".join(f'<row r="{r}"><c r="B{r}"><f t="shared" si="0"/></c></row>' for r in range(2, 3_000))
    return workbook(f'<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B3000">{long}</f></c></row>{rest}')


# Cells


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
def cell_in_the_last_corner() -> bytes:
    return workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


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


@reported("F028")
def five_megabytes_of_rich_text() -> bytes:
    return workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<r><t>0123456789</t></r>" * 500_000])


# What hangs on a worksheet

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def _with_comments(content: str) -> bytes:
    rels = relationships(("rId1", "comments", "../comments1.xml"))
    return workbook(
        types=override("xl/comments1.xml", f"{SHEETML}comments+xml"),
        extra={"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/comments1.xml": content},
    )


@accepted
def comments_of_somebody() -> bytes:
    comment = '<commentList><comment ref="A1" authorId="7"/></commentList>'
    return _with_comments(f'<comments xmlns="{MAIN}"><authors><author>x</author></authors>{comment}</comments>')


@reported("F008")
def broken_comments() -> bytes:
    return _with_comments("<comments><authors>")


@rejected("F010")
def comments_without_end() -> bytes:
    comments = '<comment ref="A1" authorId="0"/>' * 300_000
    return _with_comments(f'<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>')


@rejected("F010")
def conditional_formats_without_end() -> bytes:
    return workbook(after='<conditionalFormatting sqref="A1:B2 C3:D4 E5:F6"/>' * 150_000)


@reported("F008")
def broken_drawing() -> bytes:
    rels = relationships(("rId1", "drawing", "../drawings/drawing1.xml"))
    return workbook(
        types=override("xl/drawings/drawing1.xml", "application/vnd.openxmlformats-officedocument.drawing+xml"),
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
            "xl/drawings/drawing1.xml": f'<xdr:wsDr xmlns:xdr="{_XDR}"><xdr:twoCellAnchor>',
        },
    )


# Formulas that would act if they were run


@accepted
def formula_that_starts_a_program() -> bytes:
    return workbook('<row r="1"><c r="A1"><f>cmd|\'/c calc\'!A1</f><v>0</v></c></row>')


@accepted
def formula_that_fetches() -> bytes:
    return workbook('<row r="1"><c r="A1"><f>_xlfn.WEBSERVICE("http://example.invalid/")</f><v>0</v></c></row>')


@accepted
def formulas_in_a_circle() -> bytes:
    return workbook('<row r="1"><c r="A1"><f>B1</f><v>0</v></c><c r="B1"><f>A1</f><v>0</v></c></row>')


@accepted
def quotation_marks_without_end() -> bytes:
    return workbook(f'<row r="1"><c r="A1"><f>{chr(34) * 16_001}</f></c></row>')


# Styles of programs that write them carelessly


@reported("F030")
def no_styles() -> bytes:
    return workbook(styles=None)


@reported("F030")
def style_index_99() -> bytes:
    return workbook('<row r="1"><c r="A1" s="99"><v>1</v></c></row>')


@reported("F030")
def empty_fill() -> bytes:
    return workbook(styles='<fills><fill/></fills><cellXfs><xf numFmtId="0" fillId="0"/></cellXfs>')


@reported("F030")
def unknown_number_format() -> bytes:
    return workbook(styles='<cellXfs><xf numFmtId="191"/></cellXfs>')


# Odd, but sane


@accepted
def utf16_parts() -> bytes:
    made = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<t>株洲</t>"])
    return pack({name: content.decode().replace("UTF-8", "UTF-16").encode("utf-16") for name, content in made.items()})


@accepted
def dimension_too_small() -> bytes:
    return workbook('<row r="5"><c r="E5"><v>1</v></c></row>', before='<dimension ref="A1"/>')


@accepted
def dimension_too_large() -> bytes:
    return workbook(before='<dimension ref="A1:XFD1048576"/>')


@accepted
def picture_with_a_gbk_name() -> bytes:
    name = "图片.png".encode("gbk")
    types = '<Default Extension="png" ContentType="image/png"/>'
    return lying_zip([*members(parts(types=types)), Member(b"xl/media/" + name, b"\x89PNG")])


@accepted
def picture_of_a_drawing_program() -> bytes:
    types = '<Default Extension="svg" ContentType="image/svg+xml"/>'
    return workbook(types=types, extra={"xl/media/image1.svg": '<!DOCTYPE svg PUBLIC "-//W3C" "x.dtd"><svg/>'})


@rejected("F020")
def sheet_that_calls_itself_a_picture() -> bytes:
    made = parts(types='<Default Extension="svg" ContentType="image/svg+xml"/>')
    made["xl/worksheets/sheet1.svg"] = LAUGHS.encode() + b"<worksheet/>"
    rels = made["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.svg")
    return pack(made | {"xl/_rels/workbook.xml.rels": rels})


@accepted
def sensitivity_label_of_microsoft_365() -> bytes:
    kind = "application/vnd.ms-office.classificationlabels+xml"
    return workbook(types=override("docMetadata/LabelInfo.xml", kind), extra={"docMetadata/LabelInfo.xml": "<a/>"})


@accepted
def folders_in_the_directory() -> bytes:
    return lying_zip([Member(b"xl/"), *members(parts())])


@accepted
def trailing_bytes_of_a_mail_gateway() -> bytes:
    return workbook() + b"\r\n\r\n"


@accepted
def styled_blank_far_away() -> bytes:
    return workbook('<row r="1048576"><c r="XFD1048576" s="0"/></row>')


@accepted
def positions_left_out() -> bytes:
    return workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")


@accepted
def part_names_in_other_case() -> bytes:
    made = parts()
    made["xl/worksheets/Sheet1.xml"] = made.pop("xl/worksheets/sheet1.xml")
    return pack(made)


def stream_written() -> bytes:
    """A sane workbook whose sizes follow the data, as programs write that cannot go back in a file."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            chunk = bytes(data)  # type: ignore[call-overload]
            self.data += chunk
            return len(chunk)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return bytes(pipe.data)


accepted(stream_written)
