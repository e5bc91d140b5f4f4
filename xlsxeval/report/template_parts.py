"""What must not get from a template into reports: what is fetched from elsewhere, macros, controls, embedded objects."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_MEMBERS, _MOST_BYTES = 2_000, 128 * 1024 * 1024
_FETCHING = frozenset(
    (
        *(
            "INCLUDEPICTURE",
            "INCLUDETEXT",
            "INCLUDE",
            "IMPORT",
            "LINK",
            "DDE",
            "DDEAUTO",
            "DATABASE",
            "RD",
            "MACROBUTTON",
        ),
        *("AUTOTEXT", "AUTOTEXTLIST", "HTMLCONTROL", "CONTROL", "EMBED"),
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
}
_SHOWN = 40


def template_dangers(path: Path) -> list[str]:
    """Every such thing in a template, in Chinese with its place. Raises BadZipFile, OSError, XMLSyntaxError, ValueError."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_MEMBERS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
            return ["部件太多或太大，不像报告模板。请用 Word 另存为 .docx 再试。"]
        return list(dict.fromkeys(_dangers(archive, [entry.filename for entry in entries])))


def _dangers(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace").casefold()
    if "macroenabled" in types:
        yield "是启用宏的文档（.docm）。请在 Word 里另存为 .docx（不带宏）。"
    for name in names:
        what = next((what for word, what in _CONTENT.items() if word in name.casefold()), None)
        if what is not None:
            yield f"部件 {name} 是{what}，会进到每一份报告里。请在 Word 里删去，另存为 .docx。"
        if name.endswith(".rels"):
            yield from _links(name, _tree(archive.read(name)))
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _fields(name, _tree(archive.read(name)))


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _links(name: str, root: etree._Element) -> Iterator[str]:
    for relation in root.iter(_RELATION):
        kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
        if kind == "aFChunk":
            yield f"{name} 嵌入了另一份文件（{target[:_SHOWN]}）。请在 Word 里把它的内容贴进来，不要嵌入。"
        if relation.get("TargetMode", "").casefold() != "external":
            continue
        if kind == "hyperlink" and _HARMLESS_LINK.match(target):
            continue
        yield (
            f"{name} 引用了外面的{_KINDS.get(kind, '文件')}（{target[:_SHOWN]}），打开报告就会去取。"
            "请在 Word 里断开链接，把内容存进文档。"
        )


_KINDS = {"image": "图片", "attachedTemplate": "模板", "oleObject": "对象", "hyperlink": "链接", "frame": "框架"}


def _fields(name: str, root: etree._Element) -> Iterator[str]:
    """Fields that fetch or run something, by what they are called, wherever Word parted their text."""
    for paragraph in root.iter(f"{_W}p"):
        found = [word for word in map(_called, _instructions(paragraph)) if word in _FETCHING]
        if found:
            said = "".join(str(text) for text in paragraph.itertext(f"{_W}t")).strip()[:_SHOWN]
            where = f"在「{said}」处" if said else name
            yield f"{where}有域 {found[0]}，会去取别的文件或运行命令。请在 Word 里按 Ctrl+Shift+F9 把它变成文字。"
    for element in root.iter(f"{_W}object", f"{_W}control", f"{_W}mailMerge"):
        yield f"{name} 有嵌入的对象、控件或邮件合并（{etree.QName(element).localname}）。请在 Word 里删去。"


def _instructions(paragraph: etree._Element) -> Iterator[str]:
    """What each field of a paragraph is told to do; fields may stand in one another, their texts be parted."""
    open_ones: list[str] = []
    for element in paragraph.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText", f"{_W}fldSimple"):
        kind = etree.QName(element).localname
        if kind == "fldSimple":
            yield element.get(f"{_W}instr", "")
        elif kind != "fldChar":
            open_ones = [*open_ones[:-1], (open_ones[-1] if open_ones else "") + (element.text or "")]
        elif element.get(f"{_W}fldCharType") == "begin":
            open_ones.append("")
        elif open_ones:
            yield open_ones[-1]
            if element.get(f"{_W}fldCharType") == "end":
                open_ones.pop()
    yield from open_ones


def _called(instruction: str) -> str:
    return next(iter(instruction.split()), "").upper()
