"""The zip container: damaged, lying, ambiguous, climbing out of itself."""

from __future__ import annotations

from dataclasses import replace

from tests.hostile.recipe import rejected
from tests.intake.ooxml import SHEETML, Member, lying_zip, members, override, pack, parts, relation, workbook


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


@rejected("F012")
def climbing_name() -> bytes:
    return pack(parts() | {"xl/../../evil.xml": b"<a/>"})


@rejected("F012")
def drive_letter_name() -> bytes:
    return pack(parts() | {"C:/evil.xml": b"<a/>"})


@rejected("F012")
def name_of_another_machine() -> bytes:
    return lying_zip([*members(parts()), Member(b"\\\\server\\share\\evil.xml", b"<a/>")])


@rejected("F012")
def name_that_climbs_backwards() -> bytes:
    return lying_zip([*members(parts()), Member(b"xl\\..\\..\\evil.xml", b"<a/>")])


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


@rejected("F013")
def doubled_part_with_backslashes() -> bytes:
    made = members(parts())
    return lying_zip([*made, Member(b"xl\\worksheets\\sheet1.xml", made[4].content)])


@rejected("F013")
def doubled_part_with_a_slash_in_front() -> bytes:
    made = members(parts())
    return lying_zip([*made, Member(b"/xl/worksheets/sheet1.xml", made[4].content)])


@rejected("F026")
def names_written_in_two_ways() -> bytes:
    """A program that does not know the second way finds all parts but one."""
    return lying_zip([*members(parts()), Member(b"xl\\theme\\theme1.xml", b"<a/>")])


@rejected("F026")
def one_name_with_a_slash_in_front() -> bytes:
    made = members(parts())
    return lying_zip([*made[:-1], replace(made[-1], name=b"/" + made[-1].name)])


@rejected("F013")
def two_types_for_one_part() -> bytes:
    return workbook(types=override("xl/workbook.xml", f"{SHEETML}worksheet+xml"))


@rejected("F026")
def two_relations_of_one_name() -> bytes:
    return workbook(relations=relation("theme", "theme.xml", identifier="rId1"))


@rejected("F012")
def name_that_turns_the_line_around() -> bytes:
    return pack(parts() | {"xl/media/gpj.\u202elmx.png": b"\x89PNG"})


@rejected("F012")
def name_without_end() -> bytes:
    return pack(parts() | {"x" * 60_000 + ".xml": b"<a/>"})


@rejected("F026")
def second_workbook_by_its_type() -> bytes:
    """Some programs look for the workbook by its type, others follow the relation."""
    made = parts(types=override("xl/other.xml", f"{SHEETML}sheet.main+xml"))
    return pack(made | {"xl/other.xml": made["xl/workbook.xml"]})


@rejected("F026")
def second_workbook_by_its_usual_name() -> bytes:
    made = parts(types=override("xl/book.xml", f"{SHEETML}sheet.main+xml"))
    made["xl/book.xml"] = made["xl/workbook.xml"]
    made["xl/_rels/book.xml.rels"] = made["xl/_rels/workbook.xml.rels"]
    rels = made["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/book.xml")
    return pack(made | {"_rels/.rels": rels})


@rejected("F026")
def second_table_of_texts() -> bytes:
    made = parts(strings=["<t>a</t>"], types=override("xl/other.xml", f"{SHEETML}sharedStrings+xml"))
    return pack(made | {"xl/other.xml": made["xl/sharedStrings.xml"].replace(b"a", b"b")})


@rejected("F026")
def second_table_of_texts_by_its_usual_name() -> bytes:
    made = parts(strings=["<t>a</t>"])
    rels = made["xl/_rels/workbook.xml.rels"].replace(b"sharedStrings.xml", b"texts.xml")
    return pack(made | {"xl/texts.xml": made["xl/sharedStrings.xml"], "xl/_rels/workbook.xml.rels": rels})
