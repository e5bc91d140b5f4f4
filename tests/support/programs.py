"""What programs write into a workbook besides what was typed: one writer for each quirk, applied to a workbook made afresh.

docs/internals/programs.md lists them by program; ``tests/intake/test_programs.py`` holds that page and this list against each other.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.fuzz.packing import parts_of
from tests.intake.ooxml import (
    MC,
    OFFICE,
    SHEETML,
    Member,
    bodies,
    end_record,
    end_records_of_64_bits,
    lying_zip,
    members,
    override,
    pack,
)

Parts = dict[str, bytes]
FULL = 0xFFFFFFFF
NEW = "http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"


@dataclass(frozen=True)
class Quirk:
    """How a program writes. ``noted`` are the codes of what is told of such a file, for information or as a warning."""

    name: str
    write: Callable[[bytes], bytes]
    noted: frozenset[str] = frozenset()


QUIRKS: dict[str, Quirk] = {}


def _archive(*noted: str) -> Callable[[Callable[[list[Member]], bytes]], Callable[[list[Member]], bytes]]:
    """A quirk of the zip: it gets the members."""

    def register(write: Callable[[list[Member]], bytes]) -> Callable[[list[Member]], bytes]:
        name = write.__name__
        QUIRKS[name] = Quirk(name, lambda data: write(members(parts_of(data))), frozenset(noted))
        return write

    return register


def _content(*noted: str) -> Callable[[Callable[[Parts], None]], Callable[[Parts], None]]:
    """A quirk of the parts: it changes them."""

    def register(write: Callable[[Parts], None]) -> Callable[[Parts], None]:
        def written(data: bytes) -> bytes:
            parts = parts_of(data)
            write(parts)
            return pack(parts)

        QUIRKS[write.__name__] = Quirk(write.__name__, written, frozenset(noted))
        return write

    return register


def _type(parts: Parts, name: str, kind: str) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", (override(name, kind) + "</Types>").encode()
    )


def _root_relation(parts: Parts, kind: str, target: str) -> None:
    line = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", line.encode())


def _sheets(parts: Parts, change: Callable[[str], str]) -> None:
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = change(parts[name].decode()).encode()


def _claims(member: Member) -> tuple[int, int, int]:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(member.content) + deflate.flush()
    return zlib.crc32(member.content), len(packed), len(member.content)


def _wide(*values: int) -> bytes:
    return struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values)


@_archive()
def names_with_backslashes(made: list[Member]) -> bytes:
    return lying_zip([replace(one, name=one.name.replace(b"/", b"\\")) for one in made])


@_archive()
def names_with_a_slash_in_front(made: list[Member]) -> bytes:
    return lying_zip([replace(one, name=b"/" + one.name) for one in made])


@_archive()
def folders_of_their_own(made: list[Member]) -> bytes:
    return lying_zip([Member(b"xl/", method=0), Member(b"xl/worksheets/", method=0), *made])


@_archive()
def sizes_behind_the_members(made: list[Member]) -> bytes:
    return lying_zip([replace(one, flags=0x808, local_claims=(0, 0, 0), descriptor="<4s3L") for one in made])


@_archive()
def sizes_of_64_bits_behind_the_members(made: list[Member]) -> bytes:
    late = [
        replace(one, flags=8, local_claims=(0, FULL, FULL), local_extra=_wide(0, 0), descriptor="<4sL2Q")
        for one in made
    ]
    return lying_zip(late)


@_archive()
def zip64_throughout(made: list[Member]) -> bytes:
    wide = [
        replace(one, extra=_wide(size, packed), local_extra=_wide(size, packed), local_claims=(crc, FULL, FULL))
        for one in made
        for crc, packed, size in (_claims(one),)
    ]
    body, directory = bodies(wide)
    ends = end_records_of_64_bits(len(made), len(directory), len(body), len(body) + len(directory))
    return body + directory + ends + end_record(0xFFFF, FULL, FULL)


@_archive()
def room_for_growth(made: list[Member]) -> bytes:
    growing = struct.pack("<2H", 0xA220, 300) + b"\x28\xa0" + bytes(298)
    return lying_zip([replace(made[0], local_extra=growing), *made[1:]])


@_archive()
def everything_stored(made: list[Member]) -> bytes:
    return lying_zip([replace(one, method=0) for one in made])


@_archive()
def bytes_of_a_mail_gateway_behind(made: list[Member]) -> bytes:
    return lying_zip(made) + b"\r\n"


@_content()
def custom_data_one_step_too_high(parts: Parts) -> None:
    parts["customXml/item1.xml"] = b"<a/>"
    _root_relation(parts, "customXml", "../customXml/item1.xml")


QUIRKS["custom_data_one_step_too_high"] = replace(QUIRKS["custom_data_one_step_too_high"], noted=frozenset({"T160"}))


@_content()
def number_formats_in_two_branches(parts: Parts) -> None:
    old = '<numFmt numFmtId="190" formatCode="[$¥-804]#,##0.00"%s/>'
    branches = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:n="{NEW}" Requires="n">'
        f"{old % ' n:formatCode16=&quot;[$¥-zh-CN]#,##0.00&quot;'.replace('&quot;', chr(34))}</mc:Choice>"
        f"<mc:Fallback>{old % ''}</mc:Fallback></mc:AlternateContent>"
    )
    parts["xl/styles.xml"] = re.sub(
        "(<numFmts[^>]*>)", lambda found: found[1] + branches, parts["xl/styles.xml"].decode()
    ).encode()


@_content()
def fonts_in_two_branches(parts: Parts) -> None:
    """The font at the place where it stands, with what only the program itself reads in the choice."""

    def branched(found: re.Match[str]) -> str:
        own = found[2].replace("</font>", '<hs:size val="10"/></font>')
        return (
            f'{found[1]}<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:hs="http://schemas.haansoft.com/office/spreadsheet/8.0" '
            f'Requires="hs">{own}</mc:Choice><mc:Fallback>{found[2]}</mc:Fallback></mc:AlternateContent>'
        )

    text = parts["xl/styles.xml"].decode()
    parts["xl/styles.xml"] = re.sub("(<fonts[^>]*>)(<font>.*?</font>)", branched, text, count=1).encode()


@_content()
def path_of_the_file(parts: Parts) -> None:
    branches = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
        'Requires="x15"><x15ac:absPath url="C:\\Users\\1\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/>'
        "</mc:Choice></mc:AlternateContent><bookViews>"
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].decode().replace("<bookViews>", branches).encode()


@_content("T145")
def calculation_by_hand(parts: Parts) -> None:
    text = re.sub("<calcPr[^>]*/>", "", parts["xl/workbook.xml"].decode())
    parts["xl/workbook.xml"] = text.replace(
        "</workbook>", '<calcPr calcMode="manual" iterate="1"/></workbook>'
    ).encode()


@_content("F009")
def task_pane_of_an_add_in(parts: Parts) -> None:
    for name, kind in (("taskpanes", "webextensiontaskpanes"), ("webextension1", "webextension")):
        part = f"xl/webextensions/{name}.xml"
        parts[part] = b"<we:x xmlns:we='urn:x'/>"
        _type(parts, part, f"application/vnd.ms-office.{kind}+xml")


@_content("F008")
def properties_cut_off(parts: Parts) -> None:
    parts["docProps/app.xml"] = parts["docProps/app.xml"][:-30]


@_content()
def settings_of_a_printer(parts: Parts) -> None:
    parts["xl/printerSettings/printerSettings1.bin"] = "HP LaserJet".encode("utf-16-le") + bytes(400)
    _type(parts, "xl/printerSettings/printerSettings1.bin", f"{SHEETML}printerSettings")


@_content()
def one_type_for_all_other_parts(parts: Parts) -> None:
    types = parts["[Content_Types].xml"].decode()
    default = f'<Default Extension="xml" ContentType="{SHEETML}sheet.main+xml"/>'
    parts["[Content_Types].xml"] = re.sub('<Default Extension="xml"[^>]*/>', default, types).encode()


def _texts(parts: Parts) -> list[str]:
    return re.findall(r"<si>(.*?)</si>|<si/>", parts["xl/sharedStrings.xml"].decode(), re.DOTALL)


@_content()
def texts_as_results_of_formulas(parts: Parts) -> None:
    texts = ["".join(re.findall(r"<t[^>]*>(.*?)</t>", one, re.DOTALL)) for one in _texts(parts)]
    _sheets(
        parts,
        lambda sheet: re.sub(
            r'(<c [^>]*)t="s"([^>]*><v>)(\d+)',
            lambda found: f'{found[1]}t="str"{found[2]}{texts[int(found[3])]}',
            sheet,
        ),
    )


@_content()
def texts_in_the_cells(parts: Parts) -> None:
    texts = _texts(parts)
    _sheets(
        parts,
        lambda sheet: re.sub(
            r'(<c [^>]*)t="s"([^>]*>)<v>(\d+)</v>',
            lambda found: f'{found[1]}t="inlineStr"{found[2]}<is>{texts[int(found[3])]}</is>',
            sheet,
        ),
    )


@_content()
def digits_as_numbers(parts: Parts) -> None:
    """Locked labels and codes that are all digits."""
    texts = ["".join(re.findall(r"<t[^>]*>(.*?)</t>", one, re.DOTALL)) for one in _texts(parts)]

    def number(found: re.Match[str]) -> str:
        text = texts[int(found[3])]
        return f"{found[1]}{found[2]}{text}" if re.fullmatch("[1-9][0-9]{0,14}", text) else found[0]

    _sheets(parts, lambda sheet: re.sub(r'(<c [^>]*?) ?t="s"([^>]*><v>)(\d+)', number, sheet))


@_content()
def no_places(parts: Parts) -> None:
    """Rows and cells that follow from their order, where every row and cell is written."""

    def plain(found: re.Match[str]) -> str:
        columns = re.findall(r'<c r="([A-Z]+)\d+"', found[0])
        whole = columns == [chr(65 + number) for number in range(len(columns))]
        return re.sub(r'<c r="[A-Z]+\d+"', "<c", found[0]) if whole else found[0]

    _sheets(parts, lambda sheet: re.sub("<row [^>]*[^/]>.*?</row>", plain, sheet))


@_content()
def attributes_of_newer_excel(parts: Parts) -> None:
    uid = ' xr:uid="{00000000-0001-0000-0000-000000000000}" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    _sheets(parts, lambda sheet: re.sub("<worksheet ", f"<worksheet{uid} ", sheet, count=1))
    dy = ' x14ac:dyDescent="0.15" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    _sheets(parts, lambda sheet: re.sub("<row ", f"<row{dy} ", sheet))


@_content()
def a_mark_of_utf8_in_front(parts: Parts) -> None:
    for name in parts:
        parts[name] = b"\xef\xbb\xbf" + parts[name]


@_content()
def no_document_properties(parts: Parts) -> None:
    for name in [name for name in parts if name.startswith("docProps/")]:
        del parts[name]
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*docProps[^>]*/>", b"", parts["_rels/.rels"])
    parts["[Content_Types].xml"] = re.sub(rb"<Override [^>]*docProps[^>]*/>", b"", parts["[Content_Types].xml"])


def _encrypted(data: bytes) -> bytes:
    """Excel 2007 and newer: a workbook whose structure is protected, in a container with the password that nobody set."""
    from msoffcrypto.format.ooxml import OOXMLFile

    made = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("VelvetSweatshop", made)
    return made.getvalue()


QUIRKS["encrypted_without_a_password"] = Quirk("encrypted_without_a_password", _encrypted)


def _damaged_thumbnail(data: bytes) -> bytes:
    made = [*members(parts_of(data)), Member(b"docProps/thumbnail.jpeg", b"\xff\xd8\xff\xe0 a picture", method=0)]
    spoiled = bytearray(lying_zip(made))
    spoiled[spoiled.index(b" a picture")] ^= 1
    return bytes(spoiled)


QUIRKS["damaged_thumbnail"] = Quirk("damaged_thumbnail", _damaged_thumbnail, frozenset({"F008"}))
ALL: Mapping[str, Quirk] = QUIRKS
