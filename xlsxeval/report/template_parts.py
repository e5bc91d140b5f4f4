"""What must not get from a template into reports: what is fetched from elsewhere, macros, controls, embedded objects."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from xlsxeval.file_kinds import OLE, PROGRAM, ZIP

_MOST_MEMBERS, _MOST_BYTES, _MOST_PARAGRAPHS = 2_000, 128 * 1024 * 1024, 50_000
_FETCHING = frozenset(
    (
        *("INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD", "EMBED"),
        *("MACROBUTTON", "PRINT", "ADDIN", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "HTMLCONTROL", "CONTROL"),
    )
)
_HARMLESS_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_CONTENT = {
    "vbaproject": "宏",
    "vbadata": "宏",
    "activex": "控件",
    "oleobject": "嵌入的对象",
    "embeddings/": "嵌入的文件",
    "attachedtoolbars": "工具栏",
    "customui": "自定义的按钮",
    "webextension": "加载项",
}
_RELATIONS = {
    "afchunk": "嵌入了另一份文件",
    "subdocument": "嵌入了子文档",
    "vbaproject": "带有宏",
    "wordvbadata": "带有宏",
    "oleobject": "嵌入了对象",
    "package": "嵌入了文件",
    "control": "带有控件",
    "activexcontrolbinary": "带有控件",
    "extensibility": "带有自定义的按钮",
    "keymapcustomizations": "带有自定义的快捷键",
    "mailmergesource": "连着邮件合并的数据",
    "recipientdata": "连着邮件合并的数据",
}
"""Relations that bring something along, by the last part of their type."""
_EXTERNAL = {"image": "图片", "attachedTemplate": "模板", "oleObject": "对象", "hyperlink": "链接", "frame": "框架"}
_PROGRAMS = {OLE: "OLE 文件", ZIP: "压缩文件", PROGRAM: "程序"}
_ELEMENTS = ("object", "control", "mailMerge", "altChunk", "subDoc", "movie")
_SHOWN = 40


def template_dangers(path: Path) -> list[str]:
    """Every such thing in a template, in Chinese with its place. Raises BadZipFile, OSError, XMLSyntaxError, ValueError."""
    return document_dangers(path.read_bytes())


def document_dangers(data: bytes) -> list[str]:
    """As :func:`template_dangers` for the bytes of a document: also for a filled one, whose fields tags may have made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_MEMBERS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
            return ["部件太多或太大，不像报告模板。请用 Word 另存为 .docx 再试。"]
        return list(dict.fromkeys(_dangers(archive, [entry.filename for entry in entries])))


def _dangers(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    paragraphs = 0
    for name in names:
        content = archive.read(name)
        what = next((what for word, what in _CONTENT.items() if word in name.casefold()), None)
        what = what or next((what for mark, what in _PROGRAMS.items() if content.startswith(mark)), None)
        if what is not None:
            yield f"部件 {name} 是{what}，会进到每一份报告里。请在 Word 里删去，另存为 .docx。"
        if not _is_markup(name, content):
            continue
        root = _tree(content)
        if name == "[Content_Types].xml":
            if any("macroenabled" in str(one.get("ContentType")).casefold() for one in root):
                yield "是启用宏的文档（.docm）。请在 Word 里另存为 .docx（不带宏）。"
        elif name.casefold().endswith(".rels"):
            yield from _links(name, root)
        else:
            paragraphs += sum(1 for _ in root.iter("{*}p"))
            yield from _fields(name, root)
    if paragraphs > _MOST_PARAGRAPHS:
        yield f"有 {paragraphs:,} 段，最多 {_MOST_PARAGRAPHS:,} 段。请检查模板里的循环，删去多余的段落。"


def _is_markup(name: str, content: bytes) -> bool:
    return name.casefold().endswith((".xml", ".rels")) or content[:100].replace(b"\0", b"").lstrip(
        b"\xef\xbb\xbf\xfe\xff \t\r\n"
    ).startswith(b"<")


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _links(name: str, root: etree._Element) -> Iterator[str]:
    for relation in root.iter("{*}Relationship"):
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if what := _RELATIONS.get(kind.casefold()):
            yield f"{name} {what}（{target[:_SHOWN]}）。请在 Word 里删去，要用的内容贴进正文。"
        elif relation.get("TargetMode", "").casefold() == "external" and not (
            kind == "hyperlink" and _HARMLESS_LINK.match(target)
        ):
            yield (
                f"{name} 引用了外面的{_EXTERNAL.get(kind, '文件')}（{target[:_SHOWN]}），打开报告就会去取。"
                "请在 Word 里断开链接，把内容存进文档。"
            )


def _fields(name: str, root: etree._Element) -> Iterator[str]:
    """Fields that fetch or run something, by what they are called, wherever Word parted their text."""
    for place, instruction in _instructions(root):
        words = instruction.split(maxsplit=2)
        called = words[0].upper() if words else ""
        target = words[1].strip('"“”') if len(words) > 1 else ""
        is_link = called == "HYPERLINK" and not target.startswith("\\l") and not _HARMLESS_LINK.match(target)
        if called not in _FETCHING and not is_link and not instruction.lstrip().startswith(_NESTED):
            continue
        said = "".join(str(text) for text in place.itertext("{*}t")).strip()[:_SHOWN]
        where = f"在「{said}」处" if said else name
        told = "由别的域拼成的域" if instruction.lstrip().startswith(_NESTED) else f"域 {called}"
        yield f"{where}有{told}，会去取别的文件或运行命令。请在 Word 里按 Ctrl+Shift+F9 把它变成文字。"
    for element in root.iter(*(f"{{*}}{local}" for local in _ELEMENTS)):
        yield f"{name} 有嵌入的对象、文件、控件或邮件合并（{etree.QName(element).localname}）。请在 Word 里删去。"


_NESTED = "\0"
"""Stand-in for another field at the beginning of a field, whose name is then whatever that one gives."""
_RESULT = "= "
"""Stand-in for an instruction that was read: the rest of the field is its result, in which other fields may stand."""


def _instructions(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yields the instruction of each field of a part with its paragraph. Fields may be nested and may span paragraphs."""
    opened: list[tuple[etree._Element, list[str]]] = []
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText", "{*}fldSimple"):
        kind = etree.QName(element).localname
        if kind == "fldSimple":
            yield _paragraph(element), _attribute(element, "instr")
        elif kind != "fldChar":
            if opened:
                opened[-1][1].append(element.text or "")
            else:
                yield _paragraph(element), element.text or ""
        elif (step := _attribute(element, "fldCharType")) == "begin":
            if opened and not "".join(opened[-1][1]).strip():
                opened[-1][1].append(_NESTED)
            opened.append((_paragraph(element), []))
        elif opened:
            place, texts = opened[-1]
            yield place, "".join(texts)
            texts[:] = [_RESULT]
            if step == "end":
                opened.pop()
    for place, texts in opened:
        yield place, "".join(texts)


def _paragraph(element: etree._Element) -> etree._Element:
    return next(element.iterancestors("{*}p"), element)


def _attribute(element: etree._Element, local: str) -> str:
    return next((str(value) for name, value in element.attrib.items() if etree.QName(name).localname == local), "")
