"""Ways to write one return so that two programs may read two things: each made from the same careful return, by name."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from tests.fuzz.packing import packed, parts_of
from tests.fuzz.seeds import seed
from tests.intake.ooxml import (
    MC,
    OFFICE,
    Member,
    bodies,
    end_record,
    end_records_of_64_bits,
    lying_zip,
    members,
    override,
)

Parts = dict[str, bytes]
FULL = 0xFFFFFFFF
OTHER = "777"
"""What a second reader would read in the place of the true value."""


@cache
def original() -> Mapping[str, bytes]:
    return parts_of(seed().data)


@cache
def _place() -> tuple[str, str, str]:
    """The part, address and XML of the cell of the year's budget."""
    (address,) = [cell.address for cell in seed().layout.inputs() if cell.slot and cell.slot.path == "funds.budget"]
    for name, content in original().items():
        found = re.search(rf'<c r="{address.a1}"[^>]*>.*?</c>', content.decode("utf-8", "replace"))
        if name.startswith("xl/worksheets/") and found and "<v>" in found.group():
            return name, address.a1, found.group()
    raise AssertionError("the cell is not in the workbook")


def _with(changes: Mapping[str, bytes]) -> bytes:
    return packed({**original(), **changes})


def _text(part: str, change: Callable[[str], str]) -> bytes:
    before = original()[part].decode()
    after = change(before)
    assert after != before, part
    return _with({part: after.encode()})


def _cell(template: str) -> Callable[[], bytes]:
    """The cell written otherwise: ``{r}`` its address, ``{s}`` its style, ``{v}`` its value, ``{w}`` another one."""

    def make() -> bytes:
        part, place, xml = _place()
        style = re.search(r' s="(\d+)"', xml)
        value = re.search("<v>(.*?)</v>", xml)
        assert value
        row, column = re.sub("[A-Z]", "", place), re.sub("[0-9]", "", place)
        new = template.format(
            r=place, s=style.group(1) if style else "0", v=value.group(1), w=OTHER, row=row, column=column, mc=MC
        )
        return _text(part, lambda text: text.replace(xml, new))

    return make


_FALLBACK = '<mc:AlternateContent xmlns:mc="{mc}"><mc:Fallback><v>{w}</v></mc:Fallback></mc:AlternateContent>'
_CHOICE = '<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x"><v>{w}</v></mc:Choice></mc:AlternateContent>'
_PREFIXED = 'm:c xmlns:m="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELLS = {
    "inline text and value": '<c r="{r}" s="{s}" t="inlineStr"><v>{v}</v><is><t>{w}</t></is></c>',
    "value and inline text": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{w}</t></is><v>{v}</v></c>',
    "an empty value behind inline text": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{v}</t></is><v/></c>',
    "inline text in a number": '<c r="{r}" s="{s}"><is><t>{w}</t></is><v>{v}</v></c>',
    "inline text in a text": '<c r="{r}" s="{s}" t="str"><v>{v}</v><is><t>{w}</t></is></c>',
    "inline text in a shared text": '<c r="{r}" s="{s}" t="s"><v>0</v><is><t>{w}</t></is></c>',
    "two values": '<c r="{r}" s="{s}"><v>{v}</v><v>{w}</v></c>',
    "an empty value first": '<c r="{r}" s="{s}"><v/><v>{v}</v></c>',
    "two inline texts": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{v}</t></is><is><t>{w}</t></is></c>',
    "two texts in one": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{v}</t><t>{w}</t></is></c>',
    "runs and a text": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{v}</t><r><t>{w}</t></r></is></c>',
    "phonetic text": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{v}</t><rPh sb="0" eb="1"><t>{w}</t></rPh></is></c>',
    "a comment in the value": '<c r="{r}" s="{s}"><v>{v}<!-- -->0</v></c>',
    "an instruction in the value": '<c r="{r}" s="{s}"><v>{v}<?x y?>0</v></c>',
    "characters by their number": '<c r="{r}" s="{s}"><v>&#55;77</v></c>',
    "character data": '<c r="{r}" s="{s}"><v><![CDATA[{v}]]></v></c>',
    "character data half": '<c r="{r}" s="{s}"><v>7<![CDATA[77]]></v></c>',
    "an element in the value": '<c r="{r}" s="{s}"><v>{v}<x/>0</v></c>',
    "blanks around the value": '<c r="{r}" s="{s}"><v> {v} </v></c>',
    "a line end in the value": '<c r="{r}" s="{s}"><v>\n{v}\n</v></c>',
    "a value with a plus": '<c r="{r}" s="{s}"><v>+{w}</v></c>',
    "a value in thousands": '<c r="{r}" s="{s}"><v>7_77</v></c>',
    "a value with a comma": '<c r="{r}" s="{s}"><v>7,77</v></c>',
    "a value in hexadecimal": '<c r="{r}" s="{s}"><v>0x309</v></c>',
    "a value with an exponent": '<c r="{r}" s="{s}"><v>7.77E+2</v></c>',
    "a value that is infinite": '<c r="{r}" s="{s}"><v>1E999</v></c>',
    "a value in other digits": '<c r="{r}" s="{s}"><v>７７７</v></c>',
    "a value without a nought": '<c r="{r}" s="{s}"><v>.5</v></c>',
    "a value with a point behind": '<c r="{r}" s="{s}"><v>777.</v></c>',
    "nineteen digits": '<c r="{r}" s="{s}"><v>1234567890123456789</v></c>',
    "true in words": '<c r="{r}" s="{s}" t="b"><v>true</v></c>',
    "a truth of two": '<c r="{r}" s="{s}" t="b"><v>2</v></c>',
    "the true value by its number": '<c r="{r}" s="{s}"><v>&#49;234.5</v></c>',
    "a place by its number": '<c r="&#66;{row}" s="{s}"><v>{v}</v></c>',
    "a type by its number": '<c r="{r}" s="{s}" t="&#110;"><v>{v}</v></c>',
    "a date in words": '<c r="{r}" s="{s}" t="d"><v>2024-05-01</v></c>',
    "an error that is none": '<c r="{r}" s="{s}" t="e"><v>{w}</v></c>',
    "a type in large letters": '<c r="{r}" s="{s}" t="S"><v>0</v></c>',
    "a type that is none": '<c r="{r}" s="{s}" t="x"><v>{v}</v></c>',
    "a text as a number": '<c r="{r}" s="{s}" t="n"><v>{v}元</v></c>',
    "a shared text with blanks": '<c r="{r}" s="{s}" t="s"><v> 0 </v></c>',
    "a shared text with noughts": '<c r="{r}" s="{s}" t="s"><v>000</v></c>',
    "a shared text in decimals": '<c r="{r}" s="{s}" t="s"><v>0.0</v></c>',
    "a type in another namespace": '<c r="{r}" s="{s}" x:t="s" xmlns:x="urn:x"><v>0</v></c>',
    "a value in another namespace": '<c r="{r}" s="{s}"><x:v xmlns:x="urn:x">{w}</x:v><v>{v}</v></c>',
    "an element with a prefix": f'<{_PREFIXED} r="{{r}}" s="{{s}}"><m:v>{{w}}</m:v></m:c>',
    "a value in a fallback": f'<c r="{{r}}" s="{{s}}">{_FALLBACK}</c>',
    "a value in a choice": f'<c r="{{r}}" s="{{s}}"><v>{{v}}</v>{_CHOICE}</c>',
    "the cell twice": '<c r="{r}" s="{s}"><v>{v}</v></c><c r="{r}" s="{s}"><v>{w}</v></c>',
    "the cell without a place": '<c s="{s}"><v>{v}</v></c>',
    "the cell in small letters": '<c r="b{row}" s="{s}"><v>{w}</v></c>',
    "the cell with dollars": '<c r="${column}${row}" s="{s}"><v>{w}</v></c>',
    "the cell with a nought": '<c r="{column}0{row}" s="{s}"><v>{w}</v></c>',
    "the cell of another row": '<c r="{column}1{row}" s="{s}"><v>{w}</v></c>',
    "a formula without text": '<c r="{r}" s="{s}"><f/><v>{v}</v></c>',
    "a formula of blanks": '<c r="{r}" s="{s}"><f> </f><v>{v}</v></c>',
    "a formula and an inline text": '<c r="{r}" s="{s}" t="inlineStr"><f>1</f><is><t>{v}</t></is></c>',
    "a text of a formula": '<c r="{r}" s="{s}" t="str"><v>{v}</v></c>',
    "an inline number": '<c r="{r}" s="{s}" t="inlineStr"><is><t>{v}</t></is></c>',
    "more in the cell": '<c r="{r}" s="{s}"><v>{v}</v><extLst><ext uri="x"><v>{w}</v></ext></extLst></c>',
}


def _rows(change: Callable[[list[str]], list[str]]) -> Callable[[], bytes]:
    def make() -> bytes:
        part, _, _ = _place()

        def rearranged(text: str) -> str:
            start, end = text.index("<sheetData>") + 11, text.index("</sheetData>")
            rows = re.findall(r"<row [^>]*/>|<row [^>]*[^/]>.*?</row>", text[start:end], re.DOTALL)
            return text[:start] + "".join(change(rows)) + text[end:]

        return _text(part, rearranged)

    return make


def _moved_value(rows: list[str]) -> list[str]:
    """The row of the cell with another value in front."""
    _, _, xml = _place()
    at = next(number for number, row in enumerate(rows) if xml in row)
    return [*rows[:at], re.sub("<v>.*?</v>", f"<v>{OTHER}</v>", rows[at]), *rows[at:]]


def _reversed_cells(rows: list[str]) -> list[str]:
    return [
        re.sub("(<c .*</c>)", lambda m: "".join(reversed(re.findall("<c .*?(?:</c>|/>)", m[1]))), row) for row in rows
    ]


ROWS: Mapping[str, Callable[[list[str]], list[str]]] = {
    "rows in reverse": lambda rows: rows[::-1],
    "cells in reverse": _reversed_cells,
    "a row twice": _moved_value,
    "rows without numbers": lambda rows: [re.sub(r'<row r="\d+"', "<row", row) for row in rows],
    "cells without places": lambda rows: [re.sub(r'<c r="[A-Z]+\d+"', "<c", row) for row in rows],
    "the first row left out": lambda rows: rows[1:],
    "rows in a row": lambda rows: [f'<row r="1">{"".join(rows)}</row>'],
    "two grids": lambda rows: [*rows, "</sheetData><sheetData>", *_moved_value(rows)],
}


def _sheet(change: Callable[[Member], Member]) -> Callable[[], bytes]:
    def make() -> bytes:
        part = _place()[0].encode()
        return lying_zip([change(one) if one.name == part else one for one in members(original())])

    return make


def _tampered() -> list[Member]:
    """The return with another value, as members."""
    part, _, xml = _place()
    content = original()[part].replace(xml.encode(), re.sub("<v>.*?</v>", f"<v>{OTHER}</v>", xml).encode())
    return members({**original(), part: content})


def _claims(member: Member) -> tuple[int, int, int]:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed_bytes = deflate.compress(member.content) + deflate.flush()
    return zlib.crc32(member.content), len(packed_bytes), len(member.content)


def _two_directories() -> bytes:
    body, directory = bodies(members(original()))
    other, its = bodies(_tampered(), len(body) + len(directory))
    return body + directory + other + its + end_record(len(original()), len(directory), len(body))


def _comment_with_an_end() -> bytes:
    first, directory = bodies(_tampered())
    other, its = bodies(members(original()), len(first) + len(directory))
    inner = end_record(len(original()), len(directory), len(first))
    return (
        first + directory + other + its + end_record(len(original()), len(its), len(first + directory + other), inner)
    )


def _two_ends_of_64_bits() -> bytes:
    first, directory = bodies(_tampered())
    other, its = bodies(members(original()), len(first) + len(directory))
    body = first + directory + other + its
    wide = end_records_of_64_bits(len(original()), len(directory), len(first), len(body))
    return body + wide + end_record(len(original()), len(its), len(first + directory + other))


def _hidden_member(member: Member) -> Member:
    part = _place()[0].encode()
    other = next(one for one in _tampered() if one.name == part)
    return replace(member, before=bodies([other])[0])


def _unicode_name(member: Member) -> Member:
    name = b"\1" + struct.pack("<L", zlib.crc32(member.name)) + b"xl/worksheets/sheet9.xml"
    return replace(member, extra=struct.pack("<2H", 0x7075, len(name)) + name)


def _decoy(name: str, kind: str, source: str, change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """A second part of a kind, named in the list of content types."""

    def make() -> bytes:
        types = original()["[Content_Types].xml"].decode()
        line = override(name, f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml")
        changes = {"[Content_Types].xml": re.sub(r"(<Types[^>]*>)", lambda m: m[1] + line, types).encode()}
        return _with({**changes, name: change(original()[source])})

    return make


def _renamed_table() -> bytes:
    rels = original()["xl/_rels/workbook.xml.rels"].replace(b"sharedStrings.xml", b"texts.xml")
    strings = original()["xl/sharedStrings.xml"]
    other = re.sub(rb"<t[^>]*>[^<]*</t>", b"<t>other</t>", strings)
    return _with({"xl/_rels/workbook.xml.rels": rels, "xl/texts.xml": strings, "xl/sharedStrings.xml": other})


ARCHIVES: Mapping[str, Callable[[], bytes]] = {
    "two directories": _two_directories,
    "a comment with an end record": _comment_with_an_end,
    "end records that disagree": _two_ends_of_64_bits,
    "another archive in front": lambda: lying_zip(_tampered()) + lying_zip(members(original())),
    "another archive behind": lambda: lying_zip(members(original())) + lying_zip(_tampered()),
    "bytes in front": lambda: b"PK\x03\x04" + bytes(40) + lying_zip(members(original())),
    "bytes behind": lambda: lying_zip(members(original())) + b"\r\n",
    "a member in no directory": _sheet(_hidden_member),
    "a member twice": lambda: lying_zip([*members(original()), *_tampered()]),
    "a member twice by its slashes": lambda: lying_zip(
        [
            *members(original()),
            *(replace(one, name=one.name.replace(b"/", b"\\")) for one in _tampered() if b"/" in one.name),
        ]
    ),
    "a member twice by its letters": lambda: lying_zip(
        [*members(original()), *(replace(one, name=one.name.upper()) for one in _tampered())]
    ),
    "a name in Unicode of another part": _sheet(_unicode_name),
    "another name in the header": _sheet(lambda one: replace(one, local_name=one.name[:-1] + b"_")),
    "another size in the header": _sheet(lambda one: replace(one, local_claims=(1, 2, 3))),
    "sizes that follow": _sheet(lambda one: replace(one, flags=8, local_claims=(0, 0, 0), descriptor="<4s3L")),
    "sizes that follow and are missing": _sheet(lambda one: replace(one, flags=8, local_claims=(0, 0, 0))),
    "a size that is too small": _sheet(lambda one: replace(one, claimed_size=len(one.content) - 40)),
    "names with backslashes": lambda: lying_zip(
        [replace(one, name=one.name.replace(b"/", b"\\")) for one in members(original())]
    ),
    "names with a slash in front": lambda: lying_zip(
        [replace(one, name=b"/" + one.name) for one in members(original())]
    ),
    "everything stored": lambda: lying_zip([replace(one, method=0) for one in members(original())]),
    "a second workbook by its type": _decoy(
        "xl/other.xml",
        "sheet.main",
        "xl/workbook.xml",
        lambda content: content.replace("附件1".encode(), "附件9".encode()),
    ),
    "a second table of texts by its type": _decoy(
        "xl/other.xml", "sharedStrings", "xl/sharedStrings.xml", lambda content: content.replace(b"</t>", b"!</t>")
    ),
    "a second table of texts by its name": _renamed_table,
    "a table of formats in no relation": lambda: _with(
        {
            "xl/_rels/workbook.xml.rels": original()["xl/_rels/workbook.xml.rels"].replace(
                b"relationships/styles", b"x/y"
            )
        }
    ),
    "two sheets of one part": lambda: _text(
        "xl/workbook.xml", lambda text: re.sub(r'r:id="rId\d+"', 'r:id="rId1"', text)
    ),
    "relations in another order": lambda: _text(
        "xl/_rels/workbook.xml.rels",
        lambda text: re.sub(
            "(<Relationship .*/>)", lambda m: "".join(reversed(re.findall("<Relationship .*?/>", m[1]))), text
        ),
    ),
    "parts in UTF-16": lambda: packed(
        {
            name: content.decode().replace("UTF-8", "UTF-16").encode("utf-16")
            if name.endswith((".xml", ".rels"))
            else content
            for name, content in original().items()
        }
    ),
    "texts of the table with comments": lambda: _text(
        "xl/sharedStrings.xml", lambda text: text.replace("</t>", "<!---->x</t>")
    ),
    "texts of the table as character data": lambda: _text(
        "xl/sharedStrings.xml", lambda text: re.sub("<t([^>]*)>([^<&]*)</t>", r"<t\1><![CDATA[\2]]></t>", text)
    ),
    "texts of the table in branches": lambda: _text(
        "xl/sharedStrings.xml",
        lambda text: text.replace(
            "</si>",
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Fallback><t>x</t></mc:Fallback></mc:AlternateContent></si>',
        ),
    ),
    "a relation above the package": lambda: _text(
        "_rels/.rels",
        lambda text: text.replace(
            "</Relationships>", f'<Relationship Id="x9" Type="{OFFICE}/customXml" Target="../x.xml"/></Relationships>'
        ),
    ),
}

VARIANTS: Mapping[str, Callable[[], bytes]] = {
    **{f"cell: {name}": _cell(template) for name, template in CELLS.items()},
    **{f"rows: {name}": _rows(change) for name, change in ROWS.items()},
    **{f"archive: {name}": make for name, make in ARCHIVES.items()},
}
