"""XML that attacks its reader, or that no two readers would read alike."""

from __future__ import annotations

from tests.hostile.recipe import rejected
from tests.intake.ooxml import HEAD, pack, parts, workbook

_ENTITIES = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "lol">{_ENTITIES}]>'


def with_prolog(part: str, prolog: str) -> bytes:
    made = parts(strings=["<t>a</t>"])
    made[part] = made[part].replace(HEAD.encode(), (HEAD + prolog).encode())
    return pack(made)


@rejected("F020")
def billion_laughs_in_workbook() -> bytes:
    return with_prolog("xl/workbook.xml", LAUGHS)


@rejected("F020")
def billion_laughs_in_relations() -> bytes:
    return with_prolog("_rels/.rels", LAUGHS)


@rejected("F020")
def billion_laughs_in_content_types() -> bytes:
    return with_prolog("[Content_Types].xml", LAUGHS)


@rejected("F020")
def external_entity() -> bytes:
    return with_prolog("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')


@rejected("F020")
def external_dtd() -> bytes:
    return with_prolog("xl/styles.xml", '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">')


@rejected("F020")
def parameter_entity() -> bytes:
    return with_prolog("xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>')


@rejected("F020")
def document_type_in_utf16() -> bytes:
    made = parts()
    text = made["xl/worksheets/sheet1.xml"].decode().replace(HEAD, '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS)
    return pack(made | {"xl/worksheets/sheet1.xml": text.encode("utf-16")})


@rejected("F020")
def document_type_in_a_part_nobody_reads() -> bytes:
    return pack(parts() | {"customXml/item1.xml": LAUGHS.encode() + b"<x/>"})


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


@rejected("F020")
def sheet_that_calls_itself_a_picture() -> bytes:
    made = parts(types='<Default Extension="svg" ContentType="image/svg+xml"/>')
    made["xl/worksheets/sheet1.svg"] = LAUGHS.encode() + b"<worksheet/>"
    rels = made["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.svg")
    return pack(made | {"xl/_rels/workbook.xml.rels": rels})
