"""Changes to the XML inside: elements and attributes dropped, doubled, moved, renamed, wrapped; texts split; encodings."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

from tests.fuzz.packing import packed, parts_of
from tests.support.packages import MAIN

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ODD = (
    "", "0", "1", "-1", "2", "3", "01", " 1 ", "1.0", "1e9", "99999999999999999999", "NaN", "INF", "A1", "B4", "a4", "$B$4",
    "XFD1048576", "XFE1", "A0", "A1:B2", "true", "false", "TRUE", "on", "٣", "𝟙", "\u2028", "x" * 300, "s", "str", "n", "b",
    "e", "d", "inlineStr", "S", "shared", "array", "normal", "dataTable", "hidden", "veryHidden", "visible", "#REF!",
    "rId1", "rId2", "rId999", "../../x", "/xl/workbook.xml", "http://a.invalid/", "2024-02-30", "1E400", "0x10", "1,5",
    "１２", "12万元", "=1+1", "SUM(A1:A9)", "_x0031_", "_x000D_", "0%", "General", "0.00%", "@", ";;;", '"7"', "0,",
)  # fmt: skip
TYPES = ("s", "str", "n", "b", "e", "d", "inlineStr", "x")
FOREIGN = ("urn:x", MC, "http://purl.oclc.org/ooxml/spreadsheetml/main", "")
WEIGHTS = {"sheet": 8, "sharedStrings": 3, "styles": 3, "workbook.xml": 2}
Change = Callable[[random.Random, Any], None]


def _any(dice: random.Random, root: Any) -> Any:
    found = [element for element in root.iter() if isinstance(element.tag, str)]
    return dice.choice(found)


def _inner(dice: random.Random, root: Any) -> Any:
    """Any element but the root, or the root where there is no other."""
    found = [element for element in root.iter() if isinstance(element.tag, str)]
    return dice.choice(found[1:] or found)


def drop(dice: random.Random, root: Any) -> None:
    element = _inner(dice, root)
    if element.getparent() is not None:
        element.getparent().remove(element)


def double(dice: random.Random, root: Any) -> None:
    element = _inner(dice, root)
    if element.getparent() is not None:
        copy = deepcopy(element)
        if dice.randrange(2):
            _spoil_text(dice, _any(dice, copy))
        (element.addnext if dice.randrange(2) else element.addprevious)(copy)


def move(dice: random.Random, root: Any) -> None:
    element, target = _inner(dice, root), _any(dice, root)
    if element not in target.iterancestors() and element is not target and element.getparent() is not None:
        target.insert(dice.randrange(len(target) + 1), element)


def rename(dice: random.Random, root: Any) -> None:
    element = _any(dice, root)
    name = etree.QName(element)
    if dice.randrange(2):
        namespace = dice.choice(FOREIGN)
        element.tag = f"{{{namespace}}}{name.localname}" if namespace else name.localname
    else:
        element.tag = etree.QName(name.namespace, etree.QName(_any(dice, root)).localname).text


def attribute(dice: random.Random, root: Any) -> None:
    having = [element for element in root.iter() if element.attrib]
    if not having:
        return
    element = dice.choice(having)
    name = dice.choice(list(element.attrib))
    match dice.randrange(4):
        case 0:
            del element.attrib[name]
        case 1:
            element.set(f"{{urn:x}}{etree.QName(name).localname}", element.attrib.pop(name))
        case 2:
            other = dice.choice(having)
            element.set(name, other.get(dice.choice(list(other.attrib)), ""))
        case _:
            element.set(name, dice.choice(ODD))


def text(dice: random.Random, root: Any) -> None:
    having = [element for element in root.iter() if isinstance(element.tag, str) and element.text]
    if having:
        _spoil_text(dice, dice.choice(having))


def _spoil_text(dice: random.Random, element: Any) -> None:
    old = element.text or ""
    at = dice.randrange(len(old) + 1)
    match dice.randrange(9):
        case 0:
            element.text = dice.choice(ODD)
        case 1:
            element.text = old[:at] + dice.choice(("0", "9", " ", "-", ".", "\u200b", "甲", "%", "e1")) + old[at:]
        case 2:
            element.text = old[:at] + old[at + 1 :]
        case 3:  # a comment or an instruction inside the text
            element.text = old[:at]
            node = etree.Comment("c") if dice.randrange(2) else etree.ProcessingInstruction("p", "q")
            node.tail = old[at:]
            element.insert(0, node)
        case 4:  # an element inside the text
            element.text = old[:at]
            inside = etree.Element(dice.choice((f"{MAIN}x", "{urn:x}x", element.tag)))
            inside.tail = old[at:]
            element.insert(0, inside)
        case 5:
            element.text = f" {old}\n"
        case 6:
            element.text = "".join(f"_x{ord(char):04X}_" for char in old[:20] if char < "\ud800") + old[20:]
        case 7:
            element.text = old.upper() if old.upper() != old else old.swapcase()
        case _:
            element.text = old + old


def wrap(dice: random.Random, root: Any) -> None:
    """Put into branches that only some programs read, or into an element that some look through."""
    element = _inner(dice, root)
    parent = element.getparent()
    if parent is None:
        return
    other = deepcopy(element)
    _spoil_text(dice, dice.choice([node for node in other.iter() if isinstance(node.tag, str)]))
    at = parent.index(element)
    match dice.randrange(4):
        case 0:
            around = etree.Element("{urn:x}w", nsmap={"w": "urn:x"})
            root.set(f"{{{MC}}}Ignorable", "w")
            root.set(f"{{{MC}}}ProcessContent", "w:w")
            parent.insert(at, around)
            around.append(other if dice.randrange(2) else element)
        case 1:
            around = etree.Element("{urn:x}w", nsmap={"w": "urn:x"})
            parent.insert(at, around)
            around.append(element)
        case kind:
            around = etree.Element(f"{{{MC}}}AlternateContent", nsmap={"mc": MC, "x14": "urn:x14"})
            parent.insert(at, around)
            choice = etree.SubElement(around, f"{{{MC}}}Choice", Requires="x14")
            fallback = etree.SubElement(around, f"{{{MC}}}Fallback")
            choice.append(other)
            if kind == 2:
                fallback.append(element)
            else:
                parent.remove(element)


def retype(dice: random.Random, root: Any) -> None:
    """A cell that says it is of another type, or holds the value of another beside its own."""
    cells = [cell for cell in root.iter(f"{MAIN}c") if len(cell)]
    if not cells:
        text(dice, root)
        return
    cell = dice.choice(cells)
    match dice.randrange(4):
        case 0:
            cell.set("t", dice.choice(TYPES))
        case 1:
            inline = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
            inline.text = dice.choice(ODD)
        case 2:
            cell.set("t", dice.choice(TYPES))
            etree.SubElement(cell, f"{MAIN}v").text = dice.choice(ODD)
        case _:
            cell.set("s", str(dice.randrange(40)))


CHANGES: list[Change] = [drop, double, double, move, rename, attribute, attribute, text, text, wrap, retype, retype]


def remarked(dice: random.Random, data: bytes) -> bytes:
    """One to three changes to the tree of one part."""
    parts = parts_of(data)
    name = _part(dice, parts)
    try:
        root = etree.fromstring(parts[name])
    except etree.XMLSyntaxError:
        return data
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        try:
            dice.choice(CHANGES)(dice, root)
        except ValueError:  # lxml writes no control characters and no such names
            continue
    return packed(parts | {name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})


def _part(dice: random.Random, parts: dict[str, bytes]) -> str:
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    weights = [next((weight for word, weight in WEIGHTS.items() if word in name), 1) for name in names]
    return dice.choices(names, weights)[0]


PROLOGS = (
    '<?xml version="1.0" encoding="GBK"?>', '<?xml version="1.0" encoding="iso-8859-1"?>', '<?xml version="1.1"?>', "",
    '<?xml version="1.0" encoding="UTF-7"?>', '<?xml version="1.0" encoding="x-none"?>', "\ufeff<?xml version='1.0'?>",
    '<?xml version="1.0" encoding="UTF-16"?>', "<!-- a --><?xml version='1.0'?>", '<?xml version="1.0"?><!DOCTYPE x>',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "7">]>', "\n\n", "<?xml version='2.0'?>",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gb18030", "utf-32", "utf-7")


def rewritten(dice: random.Random, data: bytes) -> bytes:
    """The text of one part written another way: prolog, encoding, prefixes, references, CDATA."""
    parts = parts_of(data)
    name = _part(dice, parts)
    try:
        whole = parts[name].decode()
    except UnicodeDecodeError:
        return data
    match dice.randrange(6):
        case 0:
            whole = re.sub(r"^\s*<\?xml.*?\?>", lambda _: dice.choice(PROLOGS), whole, count=1)
        case 1:
            whole = re.sub(r">([^<&]+)<", lambda found: f"><![CDATA[{found.group(1)}]]><", whole)
        case 2:
            whole = re.sub(r"(?<=>)[0-9]+(?=<)", lambda found: "".join(f"&#{ord(c)};" for c in found.group()), whole)
        case 3:
            whole = re.sub(r"<(/?)(?=[a-zA-Z]+[\s/>])", r"<\1q:", whole).replace("xmlns=", "xmlns:q=", 1)
        case 4:
            whole = re.sub(r' r="[A-Z]*[0-9]+"', "", whole)
        case _:
            at = dice.randrange(len(whole) + 1)
            whole = (
                whole[:at]
                + dice.choice(("&e;", "&amp;", "&#0;", "&#x31;", "\x0b", "]]>", "<!---->", "<x/>"))
                + whole[at:]
            )
    encoding = dice.choice(ENCODINGS) if dice.randrange(3) == 0 else "utf-8"
    return packed(parts | {name: whole.encode(encoding, "replace")})


XML = [remarked, remarked, remarked, rewritten]
