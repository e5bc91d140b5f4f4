"""Small files that would cost much memory or time: each must be answered within the bounds of a worker.

Made against the program's own bounds; the tests make smaller ones against smaller bounds (``recipe.bombs_of``).
"""

from __future__ import annotations

from tests.hostile.attached import with_comments
from tests.hostile.markup import LAUGHS, with_prolog
from tests.hostile.recipe import accepted, rejected, reported, so_many
from tests.intake.ooxml import MAIN, Member, lying_zip, members, pack, parts, workbook


@rejected("F010")
def bomb_in_sheet() -> bytes:
    made = parts()
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row><c s="0"/></row>' * so_many(3_300_000) + b"</sheetData>"
    )
    return pack(made)


@rejected("F010")
def bomb_in_one_string() -> bytes:
    return workbook(strings=["<t>" + "中" * so_many(23_000_000) + "</t>"])


@rejected("F010")
def bomb_over_several_parts() -> bytes:
    blob = b"<a>" + b" " * so_many(50_000_000) + b"</a>"
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
    return workbook() + bytes(so_many(21 * 1024 * 1024))


@rejected("F011")
def seventy_thousand_members() -> bytes:
    return lying_zip([Member(b"a%d" % i, method=0) for i in range(so_many(70_000))] + members(parts()))


@rejected("F020")
def billion_laughs_in_sheet() -> bytes:
    return with_prolog("xl/worksheets/sheet1.xml", LAUGHS)


@rejected("F020")
def billion_laughs_in_strings() -> bytes:
    return with_prolog("xl/sharedStrings.xml", LAUGHS)


@rejected("F021")
def deep_nesting() -> bytes:
    return workbook(after="<a>" * so_many(200_000) + "</a>" * so_many(200_000))


@rejected("F010")
def too_many_cells() -> bytes:
    return workbook(("<row>" + '<c s="0"/>' * so_many(5_000) + "</row>") * 61)


@rejected("F010")
def too_many_elements() -> bytes:
    return workbook(after="<a/>" * so_many(5_100_000))


@rejected("F010")
def too_many_merges() -> bytes:
    return workbook(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * so_many(600_000) + "</mergeCells>")


@rejected("F010")
def too_many_names() -> bytes:
    return workbook(book="<definedNames>" + "<definedName/>" * so_many(600_000) + "</definedNames>")


@rejected("F010")
def too_many_relations() -> bytes:
    return workbook(relations="".join(f'<Relationship Id="x{i}" Target="a"/>' for i in range(so_many(300_000))))


@rejected("F010")
def too_many_cell_formats() -> bytes:
    return workbook(styles="<cellXfs>" + "<xf/>" * so_many(600_000) + "</cellXfs>")


@accepted
def rows_without_end() -> bytes:
    """More rows than a worksheet has, all empty: nothing is lost by not reading them."""
    return workbook("<row/>" * so_many(1_500_000))


@rejected("F010")
def too_many_ranges() -> bytes:
    ranges = "<dataValidation sqref='" + "A1 " * so_many(300_000) + "'/>"
    return workbook(after="<dataValidations>" + ranges * 2 + "</dataValidations>")


@rejected("F022")
def references_without_end() -> bytes:
    return workbook(strings=["<t>" + "&#65;" * 500_000 + "</t><t>" + "&#65;" * 500_000 + "&#1;</t>"])


@rejected("F010")
def one_endless_tag() -> bytes:
    return workbook(after="<a " + " ".join(f'a{i}=""' for i in range(600_000)) + "/>")


@rejected("F010")
def too_many_shared_strings() -> bytes:
    return workbook(strings=[""] * (so_many(200_000) + 1))


@rejected("F010")
def shared_formula_blown_up() -> bytes:
    long = "+".join(["A1"] * 2_000)
    rest = "".join(f'<row r="{r}"><c r="B{r}"><f t="shared" si="0"/></c></row>' for r in range(2, 3_000))
    return workbook(f'<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B3000">{long}</f></c></row>{rest}')


@reported("F025")
def cell_in_the_last_corner() -> bytes:
    return workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@reported("F028")
def five_megabytes_of_rich_text() -> bytes:
    return workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<r><t>0123456789</t></r>" * so_many(500_000)]
    )


@rejected("F010")
def comments_without_end() -> bytes:
    comments = '<comment ref="A1" authorId="0"/>' * so_many(300_000)
    return with_comments(f'<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>')


@rejected("F010")
def conditional_formats_without_end() -> bytes:
    return workbook(after='<conditionalFormatting sqref="A1:B2 C3:D4 E5:F6"/>' * so_many(150_000))
