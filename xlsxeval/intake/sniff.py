"""What a file really is, by its first bytes: the honest answer for everything that is not a zip package."""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.file_kinds import FOREIGN, OLE, SECURED, SECURED_WITHIN, ZIP
from xlsxeval.intake.old_format import WHAT
from xlsxeval.intake.rejected import Rejected, refusal
from xlsxeval.parcels import parcel_name

_OLE_STREAMS = (
    ("EncryptedPackage", FaultCode.ENCRYPTED_FILE, "文件设有打开密码，内容已加密"),
    ("Workbook", FaultCode.OTHER_SPREADSHEET_FORMAT, f"{WHAT}，不是 xlsx"),
    ("Book", FaultCode.OTHER_SPREADSHEET_FORMAT, "Excel 95 的表格（.xls），不是 xlsx"),
    ("WordDocument", FaultCode.NOT_A_WORKBOOK, "旧版 Word 文档（.doc），不是 xlsx"),
    ("PowerPoint Document", FaultCode.NOT_A_WORKBOOK, "旧版 PowerPoint 文档（.ppt），不是 xlsx"),
)
_HTML_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style", b"<div")


def require_zip(data: bytes) -> None:
    """Pass if the bytes begin as a zip package does; else raise Rejected with what they are instead."""
    if data.startswith(ZIP):
        return
    if not data:
        raise refusal(FaultCode.EMPTY_FILE, "文件是空的，大小为 0 字节")
    if not data.strip(b"\0"):
        raise refusal(FaultCode.INCOMPLETE_FILE, f"文件的 {len(data)} 个字节全是 0，没有下载或复制完整")
    if data.startswith(OLE):
        raise _ole(data)
    what = parcel_name(data)
    if what is not None:
        raise refusal(FaultCode.ARCHIVE_INSTEAD_OF_WORKBOOK, f"文件实际是{what}，不是 xlsx 工作簿")
    for mark, what in SECURED.items():
        if mark in data[:SECURED_WITHIN]:
            raise refusal(FaultCode.ENCRYPTED_BY_SECURITY_SOFTWARE, f"文件被{what}加了密，发出来的是密文")
    for magic, what in FOREIGN.items():
        if data.startswith(magic):
            raise refusal(FaultCode.NOT_A_WORKBOOK, f"文件实际是{what}，不是 xlsx")
    raise _text(data)


def _ole(data: bytes) -> Rejected:
    for stream, code, detail in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return refusal(code, detail)
    return refusal(FaultCode.NOT_A_WORKBOOK, "文件是旧式的复合文档，里面没有表格，不是 xlsx")


def _text(data: bytes) -> Rejected:
    head = _ascii_view(data[:4096]).lstrip().lower()
    if head.startswith(_HTML_TAGS):
        return refusal(FaultCode.NOT_A_WORKBOOK, "文件实际是网页（HTML 表格），不是 xlsx")
    if head.startswith(b"mime-version"):
        return refusal(FaultCode.NOT_A_WORKBOOK, "文件实际是网页归档（MHT），不是 xlsx")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return refusal(FaultCode.OTHER_SPREADSHEET_FORMAT, "文件是“XML 电子表格 2003”格式，不是 xlsx")
    if b"urn:oasis:names:tc:opendocument" in head:
        return refusal(FaultCode.OTHER_SPREADSHEET_FORMAT, "文件是 OpenDocument 平面 XML 表格（.fods），不是 xlsx")
    if head.startswith((b"<?xml", b"<")):
        return refusal(FaultCode.NOT_A_WORKBOOK, "文件实际是 XML 文本，不是 xlsx")
    if not head:
        return refusal(FaultCode.EMPTY_FILE, "文件里只有空白字符")
    if _is_text(data):
        return refusal(FaultCode.NOT_A_WORKBOOK, "文件实际是纯文本（例如 CSV），不是 xlsx")
    return refusal(
        FaultCode.NOT_A_WORKBOOK,
        f"无法识别的文件，开头的字节是 {data[:4].hex(' ')}，不是 xlsx；在单位的电脑上打得开的，多半是被加密软件加了密，"
        "请解密（外发）后再发",
    )


def _ascii_view(head: bytes) -> bytes:
    """The head with a byte order mark and the zero bytes of UTF-16 taken away: enough to see tags."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"")


def _is_text(data: bytes) -> bool:
    sample = data[:65536]
    encodings = ["utf-8", "gb18030"]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in sample:
        return False
    for encoding in encodings:
        try:
            sample.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end >= len(sample) - 4 and len(data) > len(sample):
                return True
        else:
            return True
    return False
