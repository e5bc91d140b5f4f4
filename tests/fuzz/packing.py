"""Changes to bytes and to the zip around them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace

from tests.intake.ooxml import Member, lying_zip

Change = Callable[[random.Random, bytes], bytes]
MAGIC = [
    b"\x00",
    b"\xff" * 4,
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"<",
    b">",
    b"&",
    b'"',
    b"]]>",
]


def spoiled(dice: random.Random, data: bytes) -> bytes:
    """Bits turned, bytes taken out, doubled, moved, put in, the end cut off."""
    content = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 4, 16))):
        if not content:
            break
        at, length = dice.randrange(len(content)), dice.choice((1, 1, 2, 4, 8, 64, 512))
        match dice.randrange(7):
            case 0:
                content[at] ^= 1 << dice.randrange(8)
            case 1:
                content[at] = dice.randrange(256)
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + length]
            case 4:
                content[at:at] = dice.choice(MAGIC)
            case 5:
                other = dice.randrange(len(content))
                content[at : at + length] = content[other : other + length]
            case _:
                del content[at if dice.randrange(4) == 0 else len(content) :]
    return bytes(content)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts in an honest archive, always the same bytes."""
    return lying_zip([Member(name.encode(), content) for name, content in parts.items()])


def spoiled_part(dice: random.Random, data: bytes) -> bytes:
    """The bytes of one part changed, the archive honest."""
    parts = parts_of(data)
    name = dice.choice(sorted(parts))
    return packed(parts | {name: spoiled(dice, parts[name])})


def repacked(dice: random.Random, data: bytes) -> bytes:
    """The archive written anew by somebody careless or hostile."""
    members = [Member(name.encode(), content) for name, content in parts_of(data).items()]
    before, after = b"", b""
    for _ in range(dice.choice((1, 1, 2, 3))):
        if not members:
            break
        at = dice.randrange(len(members))
        one = members[at]
        match dice.randrange(16):
            case 0:
                del members[at]
            case 1:
                members.insert(dice.randrange(len(members) + 1), one)
            case 2:
                members.append(replace(one, content=spoiled(dice, one.content)))
            case 3:
                members.insert(0, replace(one, content=spoiled(dice, one.content)))
            case 4:
                members[at] = replace(one, name=_renamed(dice, one.name))
            case 5:
                members.append(replace(one, name=_renamed(dice, one.name), content=spoiled(dice, one.content)))
            case 6:
                dice.shuffle(members)
            case 7:
                size = dice.choice((0, 1, len(one.content) - 1, len(one.content) + 1, 0x7FFFFFFF, 0xFFFFFFFF))
                members[at] = replace(one, claimed_size=max(0, size))
            case 8:
                members[at] = replace(one, method=dice.choice((0, 0, 1, 9, 12, 99)))
            case 9:
                members[at] = replace(one, flags=dice.choice((1, 2, 8, 0x800, 0x2000, 0xFFFF)))
            case 10:
                members[at] = replace(one, local_name=_renamed(dice, one.name))
            case 11:
                members[at] = replace(one, offset=dice.choice((0, 1, 30, 0xFFFFFFFF)))
            case 12:
                members.append(Member(dice.choice((b"xl/", b"a/b/", b"__MACOSX/._x", b"\xd5\xc5.png", b"", b"."))))
            case 13:
                members = [Member(dice.choice((b"a.xlsx", b"xl/workbook.xml", one.name)), data)]
            case 14:
                other = dice.randrange(len(members))
                swapped = replace(members[other], content=one.content)
                members[at], members[other] = replace(one, content=members[other].content), swapped
            case _:
                before, after = dice.choice(
                    ((b"\0", b""), (b"", b"\0" * 30), (b"", lying_zip(members[:1])), (b"MZ", b""))
                )
    return before + lying_zip(members) + after


def _renamed(dice: random.Random, name: bytes) -> bytes:
    ways: list[Callable[[bytes], bytes]] = [
        bytes.upper,
        bytes.title,
        lambda name: name.replace(b"/", b"\\"),
        lambda name: b"/" + name,
        lambda name: b"./" + name,
        lambda name: b"xl/../" + name,
        lambda name: name.replace(b"e", b"%65"),
        lambda name: name.replace(b"1", b"2"),
        lambda name: name + b" ",
        lambda name: name + b"\0",
        lambda name: b"../" * 3 + name,
        lambda name: name.replace(b".xml", b".bin"),
        lambda name: name * 9,
    ]
    return dice.choice(ways)(name)


BYTES: list[Change] = [spoiled, spoiled_part]
ZIP: list[Change] = [repacked]
