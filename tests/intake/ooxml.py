"""Makes small workbooks part by part, so that a test can say exactly which byte is odd."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = dict[str, bytes]


def parts(
    rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>',
    *,
    before: str = "",
    after: str = "",
    strings: Sequence[str] = (),
    styles: str | None = "",
    book: str = "",
    types: str = "",
    relations: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> Parts:
    """The parts of a workbook with one worksheet called 表.

    ``before`` and ``after`` stand around sheetData, ``strings`` are the insides of ``si`` elements, ``styles`` the
    inside of styleSheet (None: no such part), ``book`` follows the list of sheets, ``types`` and ``relations`` are
    added to content types and to the workbook's relations, ``extra`` are further parts.
    """
    namespaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:x14="{X14}" xmlns:xm="{XM}" xmlns:mc="{MC}"'
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETML}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEETML}worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{SHEETML}styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEETML}sharedStrings+xml"/>{types}</Types>',
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {namespaces}><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'
        f"{book}</workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
            more=relations,
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {namespaces}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{text}</si>" for text in strings)}</sst>',
    }
    if styles is not None:
        inside = styles or '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"/></cellXfs>'
        texts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'
    made = {name: (HEAD + text).encode() for name, text in texts.items()}
    for name, content in (extra or {}).items():
        made[name] = content if isinstance(content, bytes) else content.encode()
    return made


def relationships(*known: tuple[str, str, str], more: str = "") -> str:
    """A part of relations: (id, last step of the type, target) each."""
    lines = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in known)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}{more}</Relationships>'


def relation(kind: str, target: str, *, external: bool = False, identifier: str = "rId99") -> str:
    """One more line for ``parts(relations=…)``."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def override(name: str, content_type: str) -> str:
    """One more line for ``parts(types=…)``."""
    return f'<Override PartName="/{name}" ContentType="{content_type}"/>'


def pack(made: Mapping[str, str | bytes]) -> bytes:
    """An ordinary zip archive of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', **options: object) -> bytes:
    """``parts`` and ``pack`` in one."""
    return pack(parts(rows, **options))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Member:
    """One member of an archive that may lie about itself."""

    name: bytes
    content: bytes = b""
    local_name: bytes | None = None
    claimed_size: int | None = None
    flags: int = 0
    method: int = 8
    offset: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    local_flags: int | None = None
    local_claims: tuple[int, int, int] | None = None
    """Checksum, packed size, size as the local header has them."""
    before: bytes = b""
    """What lies in front of the member."""
    descriptor: str = ""
    """The layout of the record behind the member, such as ``<4s3L``: mark where there is one, checksum, sizes."""


def lying_zip(members: Sequence[Member]) -> bytes:
    """An archive written by hand: names, sizes and offsets exactly as told."""
    body, directory = bodies(members)
    return body + directory + end_record(len(members), len(directory), len(body))


def end_record(count: int, size: int, offset: int, comment: bytes = b"") -> bytes:
    """The end of an archive."""
    count = min(count, 0xFFFF)
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, offset, len(comment)) + comment


def end_records_of_64_bits(count: int, size: int, offset: int, at: int) -> bytes:
    """Record and locator that stand in front of the end, the record beginning ``at``."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, at, 1)


def bodies(members: Sequence[Member], start: int = 0) -> tuple[bytes, bytes]:
    """The members, the first of which lies at ``start``, and their directory."""
    body, directory = bytearray(), bytearray()
    for member in members:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflate.compress(member.content) + deflate.flush() if member.method == 8 else member.content
        size = len(member.content) if member.claimed_size is None else member.claimed_size
        local_name = member.name if member.local_name is None else member.local_name
        body += member.before
        offset = start + len(body) if member.offset is None else member.offset
        claims = (zlib.crc32(member.content), len(packed), size)
        if member.offset is None:
            flags = member.flags if member.local_flags is None else member.local_flags
            body += struct.pack("<4s5H", b"PK\x03\x04", 20, flags, member.method, 0, 0x21)
            body += struct.pack("<3L2H", *(member.local_claims or claims), len(local_name), len(member.local_extra))
            body += local_name + member.local_extra + packed
            if member.descriptor:
                marked = (b"PK\x07\x08",) if "s" in member.descriptor else ()
                body += struct.pack(member.descriptor, *marked, *claims)
        directory += struct.pack("<4s6H3L", b"PK\x01\x02", 20, 20, member.flags, member.method, 0, 0x21, *claims)
        directory += struct.pack("<5H2L", len(member.name), len(member.extra), 0, 0, 0, 0, offset)
        directory += member.name + member.extra
    return bytes(body), bytes(directory)


def members(made: Mapping[str, bytes]) -> list[Member]:
    """The parts as members that tell the truth, for ``lying_zip``."""
    return [Member(name.encode(), content) for name, content in made.items()]
