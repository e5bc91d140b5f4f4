"""One guarded pass over the XML of a part: no document type, no entities, no network, bounded depth and size.

What a reader wants to see of a part is declared as a schema; everything else goes by unread.
The parser is expat: nothing of the document is kept but what a reader takes.
"""

from __future__ import annotations

import re
from itertools import islice
from xml.parsers import expat

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.alternatives import ALTERNATE, Alternatives
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.intake.schema import KEPT, NAMESPACES, Attributes, Element, Schema, qualified
from xlsxeval.limits import Limits

_STRICT = "http://purl.oclc.org/ooxml/"
_SLICE = 1 << 20


class Budget:
    """What is left of the elements, attributes and kept things that one workbook may have."""

    def __init__(self, limits: Limits) -> None:
        self._most = self._left = limits.nodes

    def spend(self, number: int) -> None:
        """Take ``number`` away; raises Rejected F010 when nothing is left."""
        self._left -= number
        if self._left < 0:
            raise refusal(FaultCode.TOO_LARGE, f"工作簿里的元素和属性超过 {self._most} 个")


_UNREAD = Element()
_MAIN = f"{NAMESPACES['']} "
_COST_OF_BRANCHES = 200
"""What alternative branches cost of the budget: a reader's schema is made anew for each of them."""
_LOOKED_THROUGH = qualified("mc", "ProcessContent")
"""Lists unknown elements whose content counts as if nothing stood around it: no program writes that into a workbook."""
_GRID = frozenset(qualified("", local) for local in ("sheetData", "row", "c"))


class _Walker:
    """Receives the parser's events, watches the bounds and follows the schema."""

    def __init__(self, part: str, schema: Schema, limits: Limits, budget: Budget, looked_through: bool) -> None:
        self._part = part
        self._schema = schema
        self._prefixes: dict[str, str] = {}
        self._looked_through = looked_through
        self._depth = limits.depth
        self._spend = budget.spend
        self._path = [schema.root]
        self._text: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        path = self._path
        depth = len(path)
        if depth > self._depth:
            raise refusal(FaultCode.NESTED_TOO_DEEP, f"部件 {self._part} 的元素嵌套超过 {self._depth} 层")
        if depth == 1 and tag.startswith(_STRICT):
            raise refusal(FaultCode.STRICT_OPEN_XML, f"部件 {self._part} 是“严格 Open XML”格式")
        parent = path[-1]
        element = parent.children.get(tag) or self._unread(tag, parent)
        if self._looked_through and _LOOKED_THROUGH in attributes:
            raise self._ambiguous("写着要看进去的未知元素")
        self._spend(1 + len(attributes) + element.cost)
        path.append(element)
        if element is not parent:
            if element.opened is not None:
                element.opened(attributes)
            if element.closed is not None:
                self._text.clear()

    def _unread(self, tag: str, parent: Element) -> Element:
        """What no reader asked for goes by, but not where other programs would take it for the form's own content."""
        if parent.closed is not None and not parent.children:
            raise self._ambiguous(f"一段文字里夹着元素 {tag.rpartition(' ')[2][:40]}")
        if tag == ALTERNATE:
            return self._alternatives(parent)
        if parent is not _UNREAD and not tag.startswith(_MAIN) and any(element.plain for element in self._path):
            raise self._ambiguous(f"数据里夹着未知的元素 {tag.rpartition(' ')[2][:40]}")
        if tag in _GRID:
            raise self._ambiguous("有单元格写在数据区以外")
        if parent.locals and (local := tag.rpartition(" ")[2]) in parent.locals:  # some programs look at the name alone
            raise self._ambiguous(f"元素 {local} 写在别的命名空间里")
        return _UNREAD

    def _alternatives(self, parent: Element) -> Element:
        if any(element.plain for element in self._path):
            raise self._ambiguous("同一内容写在可选的分支里")
        self._spend(_COST_OF_BRANCHES)
        return Alternatives(parent, self._schema, self._prefixes, self._ambiguous).element

    def aside(self, *_: str) -> None:
        """A comment or an instruction: some programs read a text up to it and no further."""
        if self._path[-1].closed is not None and not self._path[-1].children:
            raise self._ambiguous("一段文字里夹着注释")

    def _ambiguous(self, detail: str) -> Rejected:
        return refusal(FaultCode.WRITTEN_TWICE, f"部件 {self._part} 里{detail}，不同软件会读出不同内容")

    def section(self) -> None:
        """Character data (CDATA): some programs read no value that is written so, but all read texts."""
        if self._path[-1].exact:
            raise self._ambiguous("一个值写成了 CDATA")

    def namespace(self, prefix: str | None, uri: str) -> None:
        """A declaration is no attribute, but the parser remembers it."""
        self._spend(KEPT)
        self._prefixes[prefix or ""] = uri

    def data(self, text: str) -> None:
        if self._path[-1].closed is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        element = self._path.pop()
        if element.closed is not None and element is not self._path[-1]:
            text = "".join(self._text)
            self._text.clear()
            element.closed(text)

    def doctype(self, name: str, system: str | None, public: str | None, inside: bool) -> None:
        raise refusal(FaultCode.DOCUMENT_TYPE_DECLARATION, f"部件 {self._part} 含有文档类型声明（DOCTYPE）")


def parse(content: bytes, part: str, schema: Schema, limits: Limits, budget: Budget) -> None:
    """Run over the XML of ``part`` once and call what ``schema`` declares.

    Raises Rejected: F010 too large, F020 document type, F021 too deep, F022 not well-formed, F023 strict Open XML.
    """
    text = as_utf8(content, part)
    if len(text) > limits.token_bytes and re.search(rb"<[^<]{%d}" % limits.token_bytes, text):
        raise refusal(FaultCode.TOO_LARGE, f"部件 {part} 里有超过 {limits.token_bytes} 字节的单个元素")
    walker = _Walker(part, schema, limits, budget, b"ProcessContent" in text)
    names: dict[str, str] = {}
    parser = expat.ParserCreate("utf-8", " ", names)
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.data
    parser.CommentHandler = parser.ProcessingInstructionHandler = walker.aside
    parser.StartCdataSectionHandler = walker.section
    parser.StartNamespaceDeclHandler = walker.namespace
    parser.StartDoctypeDeclHandler = walker.doctype
    try:
        for start in range(0, len(text), _SLICE):
            known = len(names)
            parser.Parse(text[start : start + _SLICE])
            budget.spend(KEPT * (len(names) - known))
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _not_well_formed(text, part, error) from error


def as_utf8(content: bytes, part: str) -> bytes:
    """Converts XML to UTF-8: Open XML allows UTF-16 besides, and one encoding leaves nothing to misread.

    Raises Rejected F022 for broken UTF-16.
    """
    head = content[:2]
    if head in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif head in (b"<\0", b"\0<"):
        encoding = "utf-16-le" if head == b"<\0" else "utf-16-be"
    else:
        _require_utf8(content, part)
        return content
    try:
        return content.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise refusal(
            FaultCode.MALFORMED_XML, f"部件 {part} 从第 {error.start} 字节起不是有效的 UTF-16 文字"
        ) from error


def declares_document_type(content: bytes) -> bool:
    """Whether XML has a document type, whatever its encoding and however broken the rest."""
    return b"<!DOCTYPE" in searchable(content)


def searchable(content: bytes) -> bytes:
    """XML in which marks of ASCII can be looked for, whatever its encoding and however broken."""
    return content.replace(b"\0", b"") if b"\0" in content[:4] else content


_DECLARED = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})")
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_LIKE_ASCII = frozenset({"gbk", "gb2312", "gb18030", "iso-8859-1", "windows-1252", "windows-936"})
"""What old programs declare, out of habit, of a part that has no letter but English ones."""


def _require_utf8(content: bytes, part: str) -> None:
    """Raises Rejected F022 where a program that believes the declared encoding would read another text."""
    found = _DECLARED.match(content)
    name = found.group(1).decode("ascii", "replace").casefold() if found else "utf-8"
    if name not in _UTF8 and not (name in _LIKE_ASCII and content.isascii()):
        raise refusal(FaultCode.MALFORMED_XML, f"部件 {part} 声明的编码是 {name!r}，Open XML 只用 UTF-8 和 UTF-16")


_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&#(x[0-9A-Fa-f]+|[0-9]+);")


def _not_well_formed(text: bytes, part: str, error: expat.ExpatError) -> Rejected:
    """The offence with its byte offset where it can be found: most parts are one line, so a line says nothing."""
    if match := _CONTROL.search(text):
        what = f"第 {match.start()} 字节处有 XML 不允许的字符 U+{text[match.start()]:04X}"
        return refusal(FaultCode.MALFORMED_XML, f"部件 {part} {what}")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as broken:
        return refusal(FaultCode.MALFORMED_XML, f"部件 {part} 从第 {broken.start} 字节起不是有效的 UTF-8 文字")
    for match in islice(_REFERENCE.finditer(text), 100_000):
        if not _allowed(match.group(1)):
            return refusal(
                FaultCode.MALFORMED_XML,
                f"部件 {part} 第 {match.start()} 字节处有 XML 不允许的字符 {match.group().decode()}",
            )
    return refusal(
        FaultCode.MALFORMED_XML, f"部件 {part} 不是合规的 XML，位置在第 {error.lineno} 行第 {error.offset + 1} 列"
    )


def _allowed(digits: bytes) -> bool:
    if len(digits) > 8:
        return False
    code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
