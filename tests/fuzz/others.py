"""Changes to what is no returned workbook: seals, rosters, archives and mails, formulas."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

from tests.calc.test_robustness import ARGUMENTS
from tests.fuzz import cells, markup, packing
from tests.fuzz.seeds import seed
from tests.parcels.packing import archive, attachment, mail
from tests.support.packages import MAIN, Package
from xlsxeval.calc import functions
from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.model import Address

JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1e308,
    10**30,
    "",
    "x" * 600,
    "{{ 7*7 }}",
    "{{ 9**9**9 }}",
    [],
    [[]],
    {},
    [{"a": [1]}],
    "\x00",
)


def resealed(dice: random.Random, data: bytes) -> bytes:
    """Anything in the seal sheet: JSON of another shape, texts of another number."""
    package = Package(data)
    texts = list(package.tree(package.sheet_part(SEAL_SHEET)).iter(f"{MAIN}c"))
    strings = ["".join(map(str, item.itertext())) for item in package.tree("xl/sharedStrings.xml").iter(f"{MAIN}si")]
    whole = "".join(strings[int(cell[0].text)] for cell in texts[2:])
    sealed = json.loads(whole)
    for _ in range(dice.choice((1, 1, 2))):
        node, key = dice.choice(_spots(sealed))
        match dice.randrange(4):
            case 0:
                node.pop(key)
            case 1 if isinstance(node, list):
                node.extend(node * dice.choice((1, 50)))
            case _:
                node[key] = dice.choice(JUNK)
        if not _spots(sealed):
            break
    text = json.dumps(sealed, ensure_ascii=dice.randrange(2) == 0)
    for cell, content in zip(texts[2:], [text.replace("\x00", "")], strict=False):
        cell[:] = []
        cell.set("t", "str")
        value = package.tree("xl/workbook.xml").makeelement(f"{MAIN}v")
        value.text = content
        cell.append(value)
    return package.save()


def _spots(node: Any) -> list[tuple[Any, Any]]:
    inside = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    return [spot for key, value in inside for spot in ((node, key), *_spots(value))]


def any_change(dice: random.Random, data: bytes) -> bytes:
    """One of the changes to a workbook, at any depth."""
    change = dice.choice([*packing.BYTES, *packing.ZIP, *markup.XML, *cells.VALUES])
    return change(dice, data)


@cache
def parcels() -> dict[str, bytes]:
    """An archive and a mail as units send them, each with a workbook, an archive in it and a text."""
    book = seed().data
    inner = archive([("附件1.xlsx", book), ("附件2.xlsx".encode("gb18030"), book)])
    attached = attachment(b"attachment; filename*=utf-8''%E8%A1%A8.xlsx", book)
    old = attachment('attachment; filename="表.zip"'.encode("gb18030"), inner)
    encoded = attachment(b'attachment; filename="=?gb18030?B?se0ueGxzeA==?="', book, b"application/x-zip-compressed")
    return {
        "来件.zip": archive(
            [("表/一.xlsx", book), ("内.zip", inner), ("~$一.xlsx", b"x"), ("说明.txt", "好".encode())]
        ),
        "来件.eml": mail(attached, old, encoded),
    }


def parcel(dice: random.Random) -> tuple[str, bytes]:
    """An archive or a mail, spoilt."""
    name = dice.choice(sorted(parcels()))
    data = parcels()[name]
    if name.endswith(".zip") and dice.randrange(2):
        return name, packing.repacked(dice, data)
    return name, packing.spoiled(dice, data[:4000]) + data[4000:] if dice.randrange(3) else packing.spoiled(dice, data)


def formulas(dice: random.Random) -> dict[Address, str]:
    """A sheet of formulas made of anything."""
    entries = functions()
    made: dict[Address, str] = {}
    for row in range(1, 13):
        text = _formula(dice, entries, dice.randrange(5))
        made[Address("附件1", row, dice.randrange(1, 5))] = cells.rephrased(dice, text) if dice.randrange(2) else text
    return made


def _formula(dice: random.Random, entries: Any, depth: int) -> str:
    if depth == 0:
        return dice.choice(
            (*ARGUMENTS, "1E+308", "9^9^9", "-2^0.5", '"\U0001f600"', "B1", "B1:B12", "附件1!C3", "'附件1'!A1:D12")
        )
    if dice.randrange(3) == 0:
        operator = dice.choice(("+", "-", "*", "/", "^", "&", "=", "<", ">=", ":", " ", ","))
        return f"({_formula(dice, entries, depth - 1)}{operator}{_formula(dice, entries, depth - 1)})"
    entry = dice.choice(entries)
    count = dice.randrange(entry.least, min(entry.most, entry.least + 3) + 2)
    return f"{entry.name}({','.join(_formula(dice, entries, dice.randrange(depth)) for _ in range(count))})"
