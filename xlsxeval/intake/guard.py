"""The guard: everything that is decided about a received file before its tables are read.

The order is size, magic, zip directory, what kind of document, inflated bytes, document types, content types,
relations. Each step may assume what the steps before it have shown.
"""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import CONTENT_TYPES, MIME_TYPE, NUMBERS, OLE, PROGRAM, WORKBOOKS, ZIP
from xlsxeval.intake.container import part_key
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.markup import declares_document_type
from xlsxeval.intake.package import ROOT, Package
from xlsxeval.intake.parts import (
    FORBIDDEN_NAMES,
    FORBIDDEN_RELATIONS,
    USUAL,
    WORKBOOK,
    PartKind,
    classify,
)
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.intake.sniff import require_zip
from xlsxeval.limits import Limits

__all__ = ["Rejected", "open_package"]

_OTHER_DOCUMENTS = {"wordprocessingml": "Word 文档（.docx）", "presentationml": "PowerPoint 文档（.pptx）"}
_OTHER_WORKBOOKS = {
    "sheet.macroenabled.main": "启用宏的工作簿（.xlsm）",
    "sheet.binary": "二进制工作簿（.xlsb）",
    "template": "工作簿模板（.xltx、.xltm）",
    "addin": "加载项（.xlam）",
}


_BROKEN = (FaultCode.INCOMPLETE_FILE, FaultCode.MALFORMED_XML)
"""What is wrong with a part that cannot be read."""


def open_package(data: bytes, limits: Limits, log: FaultLog) -> tuple[Package, str]:
    """The package and the name of its workbook part, when the bytes are a workbook that may be read.

    Faults that do not stop the reading go to ``log``. Raises Rejected for everything else, whatever the bytes are.
    """
    if len(data) > limits.file_bytes:
        raise refusal(
            FaultCode.TOO_LARGE, f"文件有 {len(data) / 2**20:.1f} MB，上限是 {limits.file_bytes / 2**20:.0f} MB"
        )
    require_zip(data)
    package = Package(data, limits)
    _require_document(package)
    package.read_content_types()
    workbook = _find_workbook(package)
    _inspect_contents(package, log)
    linked = [*_inspect_types(package, log), *_inspect_relations(package, log)]
    if linked:
        log.add(FaultCode.EXTERNAL_DATA, f"工作簿里有外部数据：{_some(linked)}")
    return package, workbook


def _require_document(package: Package) -> None:
    """A zip archive without a list of content types is no Open XML document: say what it is."""
    if CONTENT_TYPES in package:
        return
    if MIME_TYPE in package:
        kind = package.read(MIME_TYPE)[:200].decode("ascii", "replace").strip()
        if "spreadsheet" in kind:
            raise refusal(FaultCode.OTHER_SPREADSHEET_FORMAT, "文件是 OpenDocument 表格（.ods），不是 xlsx")
        raise refusal(FaultCode.NOT_A_WORKBOOK, f"文件实际是 {kind} 文档，不是 xlsx")
    if any(name in package for name in NUMBERS):
        raise refusal(FaultCode.OTHER_SPREADSHEET_FORMAT, "文件是苹果 Numbers 表格，不是 xlsx")
    inside = [name for name in package.names if name.casefold().endswith(WORKBOOKS)]
    if inside:
        raise refusal(
            FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK,
            f"文件是 zip 压缩包，里面有 {len(inside)} 个表格文件，例如 {inside[0]}",
        )
    raise refusal(
        FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, f"文件是普通的 zip 压缩包（{len(package.names)} 个文件），不是工作簿"
    )


def _find_workbook(package: Package) -> str:
    mains = [relation for relation in package.relations(ROOT) if relation.kind == "officeDocument"]
    if not mains:
        raise refusal(FaultCode.INCOMPLETE_FILE, "文件里没有指明工作簿的部件关系")
    if len(mains) > 1:
        raise refusal(FaultCode.WRITTEN_TWICE, f"文件里写了 {len(mains)} 个主文档")
    name = require_one(package, "officeDocument", mains[0].part)
    content_type = package.content_type(name)
    if content_type.casefold() != WORKBOOK.casefold():
        raise _other_document(content_type)
    if name not in package:
        raise refusal(FaultCode.INCOMPLETE_FILE, f"工作簿里缺少部件 {name}")
    return name


def require_one(package: Package, kind: str, found: str) -> str:
    """The part that a relation leads to, where no program would take another for it: by its content type, by its usual name.

    Raises Rejected F026.
    """
    content_type, usual = USUAL[kind]
    others = {*package.declared(content_type), *([part_key(usual)] if usual in package else [])} - {part_key(found)}
    if others:
        raise refusal(
            FaultCode.WRITTEN_TWICE, f"工作簿有两个 {kind} 部件（{found}、{min(others)}），不同软件会读不同的一个"
        )
    return found


def _other_document(content_type: str) -> Rejected:
    kind = content_type.casefold()
    for word, what in _OTHER_DOCUMENTS.items():
        if word in kind:
            return refusal(FaultCode.NOT_A_WORKBOOK, f"文件实际是 {what}，不是 xlsx")
    for word, what in _OTHER_WORKBOOKS.items():
        if word in kind:
            return refusal(FaultCode.ACTIVE_CONTENT, f"文件是{what}，不是普通的 xlsx")
    return refusal(FaultCode.NOT_A_WORKBOOK, f"文件的主文档类型是 {content_type!r}，不是 xlsx 工作簿")


def _inspect_contents(package: Package, log: FaultLog) -> None:
    """Inflate every part once: sizes and checksums hold, no document type anywhere, no file inside the file.

    Damage is the business of whoever reads the part; one that nobody reads may be as it likes.
    """
    damaged: list[str] = []
    for name, content in package.contents():
        if content is None:
            damaged.append(name)
        elif content.startswith((OLE, ZIP, PROGRAM)):
            raise refusal(FaultCode.ACTIVE_CONTENT, f"工作簿里嵌入了别的文件：部件 {name}")
        elif _is_xml(package, name) and declares_document_type(content):
            raise refusal(FaultCode.DOCUMENT_TYPE_DECLARATION, f"部件 {name} 含有文档类型声明（DOCTYPE）")
    if damaged:
        log.add(FaultCode.UNKNOWN_PART, f"部件 {_some(damaged)} 已损坏，没有读取")


def _is_xml(package: Package, name: str) -> bool:
    """By its name or its type; a picture is none, since drawing programs put document types into SVG."""
    content_type = package.content_type(name).casefold()
    by_type = content_type.endswith("xml") and not content_type.startswith("image/")
    return by_type or name.casefold().endswith((".xml", ".rels", ".vml"))


def _inspect_types(package: Package, log: FaultLog) -> list[str]:
    """Refuse what may act, report what nobody knows; the names of parts that bring data from elsewhere."""
    linked: list[str] = []
    unknown: list[str] = []
    add_ins: list[str] = []
    for name in package.names:
        if name == CONTENT_TYPES:
            continue
        folded = name.casefold()
        kind = classify(package.content_type(name))
        if kind is PartKind.FORBIDDEN or folded.startswith(FORBIDDEN_NAMES) or "/vbaproject" in folded:
            raise refusal(FaultCode.ACTIVE_CONTENT, f"工作簿里有宏、控件或嵌入对象：部件 {name}")
        if kind is PartKind.LINKED:
            linked.append(name)
        elif kind is PartKind.ADD_IN:
            add_ins.append(name)
        elif kind is PartKind.UNKNOWN:
            unknown.append(name)
    if unknown:
        log.add(FaultCode.UNKNOWN_PART, f"工作簿里有不认识的部件 {_some(unknown)}，没有读取")
    if add_ins:
        log.add(FaultCode.ADD_IN, f"工作簿带着 Office 加载项的任务窗格（部件 {_some(add_ins)}），没有读取，也没有运行")
    return linked


def _inspect_relations(package: Package, log: FaultLog) -> list[str]:
    """Refuse what may act; the addresses outside the workbook that it takes something from (mere links apart).

    Relations that cannot be read lead nowhere; where the part is read for its content, that reading refuses them.
    """
    outside: list[str] = []
    for name in package.names:
        if not name.casefold().endswith(".rels"):
            continue
        folder, _, leaf = name.rpartition("_rels/")
        try:
            relations = package.relations(folder + leaf[: -len(".rels")])
        except Rejected as rejection:
            if rejection.fault.code not in _BROKEN:
                raise
            log.add(FaultCode.UNKNOWN_PART, f"部件 {name} 已损坏，没有读取")
            continue
        for relation in relations:
            if relation.kind.rpartition("/")[2] in FORBIDDEN_RELATIONS:
                raise refusal(
                    FaultCode.ACTIVE_CONTENT, f"工作簿里有宏、控件或嵌入对象：{name} 指向 {relation.target[:100]}"
                )
            if relation.external and relation.kind != "hyperlink":
                outside.append(relation.target[:100])
    return outside


def _some(names: list[str]) -> str:
    shown = "、".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} 等 {len(names)} 个"
