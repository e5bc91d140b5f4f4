"""The bytes of an edited report → a document, guarded like a returned workbook: bounds, no document type, no macros."""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import CONTENT_TYPES, OLE, ZIP
from xlsxeval.intake.fault_log import FaultLog
from xlsxeval.intake.package import ROOT, Package
from xlsxeval.intake.properties import read_custom
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.limits import Limits
from xlsxeval.proofreading.body import read_body
from xlsxeval.proofreading.document import Document
from xlsxeval.proofreading.styles import read_styles

LIMITS = Limits(part_bytes=32 * 1024 * 1024, nodes=3_000_000)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = {
    "macroenabled": "文件是启用宏的文档（.docm）",
    "wordprocessingml.template": "文件是 Word 模板（.dotx）",
    "spreadsheetml": "文件实际是 Excel 工作簿",
    "presentationml": "文件实际是 PowerPoint 文档",
}
_STREAMS = (("EncryptedPackage", "文件设有打开密码，内容已加密"), ("WordDocument", "文件是旧版 Word 文档（.doc）"))


def read_document(data: bytes, limits: Limits = LIMITS) -> Document:
    """What a Word document says. Raises Rejected with the code DOCUMENT_UNREADABLE, whatever the bytes are."""
    if len(data) > limits.file_bytes:
        raise _refused(f"文件有 {len(data) / 2**20:.1f} MB，上限是 {limits.file_bytes / 2**20:.0f} MB")
    if not data.startswith(ZIP):
        raise _refused(_what_instead(data))
    try:
        package = Package(data, limits)
        main = _main_part(package)
        named = {relation.kind: relation.target for relation in package.relations(main)}
        custom = {relation.kind: relation.target for relation in package.relations(ROOT)}.get("custom-properties")
        blocks, revisions = read_body(package, main, read_styles(package, named.get("styles")))
        return Document(blocks, revisions, read_custom(package, custom, FaultLog(limits)))
    except Rejected as error:
        if error.fault.code == FaultCode.DOCUMENT_UNREADABLE:
            raise
        # the guard speaks of workbooks, which all other files are
        raise _refused(error.fault.detail.replace("工作簿", "文档").replace("xlsx", "docx")) from error


def _refused(detail: str) -> Rejected:
    return refusal(FaultCode.DOCUMENT_UNREADABLE, detail)


def _main_part(package: Package) -> str:
    """The name of the part with the text. Raises Rejected for what is no plain Word document."""
    if CONTENT_TYPES not in package:
        raise _refused("文件是普通的 zip 压缩包，不是 Word 文档（.docx）")
    package.read_content_types()
    mains = [relation.target for relation in package.relations(ROOT) if relation.kind == "officeDocument"]
    if len(mains) != 1 or mains[0] not in package:
        raise _refused("文件里没有正文，或者不止一份，不是 Word 存的文档")
    kind = package.content_type(mains[0]).casefold()
    if kind != _MAIN:
        raise _refused(next((what for word, what in _OTHERS.items() if word in kind), "文件不是 Word 文档（.docx）"))
    return mains[0]


def _what_instead(data: bytes) -> str:
    if not data.strip(b"\0"):
        return "文件是空的，或者没有下载、复制完整"
    if data.startswith(OLE):
        for stream, what in _STREAMS:
            if stream.encode("utf-16-le") + b"\0\0" in data:
                return what
    return "文件不是 Word 文档（.docx）"
