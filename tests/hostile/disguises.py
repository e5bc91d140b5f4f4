"""Files that are something else than their name says."""

from __future__ import annotations

from tests.hostile.recipe import rejected
from tests.intake.ooxml import SHEETML, pack, parts, workbook


@rejected("F001")
def empty_file() -> bytes:
    return b""


@rejected("F001")
def blanks_only() -> bytes:
    return b" \r\n\t\n"


@rejected("F002")
def csv_renamed() -> bytes:
    return "单位,金额\n株洲市,80.4\n".encode()


@rejected("F002")
def csv_in_gbk_renamed() -> bytes:
    return ("单位,金额\n株洲市,80.4\n" * 9000).encode("gb18030")


@rejected("F002")
def csv_in_utf16_renamed() -> bytes:
    return "单位\t金额\n".encode("utf-16")


@rejected("F015")
def encrypted_by_security_software() -> bytes:
    return b"%TSD-Header-###%" + bytes(range(256)) * 64


@rejected("F015")
def encrypted_by_esafenet() -> bytes:
    return b"\x62\x14\x23\x65\x00\x00E-SafeNet\x00LOCK\x00" + bytes(range(256)) * 64


@rejected("F002")
def html_table_renamed() -> bytes:
    return "\ufeff\r\n<html xmlns:x='urn:x'><table><tr><td>1</td></tr></table></html>".encode()


@rejected("F004")
def xml_spreadsheet_2003() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@rejected("F002")
def pdf_renamed() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@rejected("F002")
def noise() -> bytes:
    return bytes(range(256)) * 64


@rejected("F003")
def zeros_of_a_broken_copy() -> bytes:
    return bytes(4096)


def ole(*streams: str) -> bytes:
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries


@rejected("F004")
def old_xls_renamed() -> bytes:
    return ole("Workbook", "\x05SummaryInformation")


@rejected("F004")
def wps_et_renamed() -> bytes:
    """WPS writes .et and .ett in the container of the old Excel, with a stream of its own beside."""
    return ole("Workbook", "ETExtData")


@rejected("F005")
def encrypted_workbook() -> bytes:
    return ole("EncryptionInfo", "EncryptedPackage")


@rejected("F002")
def old_doc_renamed() -> bytes:
    return ole("WordDocument", "1Table")


@rejected("F004")
def ods_renamed() -> bytes:
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})


@rejected("F004")
def numbers_renamed() -> bytes:
    return pack({"Index/Document.iwa": b"\0", "preview.jpg": b"\xff\xd8\xff"})


def _document(content_type: str) -> bytes:
    made = parts()
    types = made["[Content_Types].xml"].decode()
    made["[Content_Types].xml"] = types.replace(f"{SHEETML}sheet.main+xml", content_type).encode()
    return pack(made)


@rejected("F002")
def docx_renamed() -> bytes:
    return _document("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")


@rejected("F002")
def pptx_renamed() -> bytes:
    return _document("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")


@rejected("F006")
def xlsm() -> bytes:
    return _document("application/vnd.ms-excel.sheet.macroEnabled.main+xml")


@rejected("F006")
def xltx() -> bytes:
    return _document(f"{SHEETML}template.main+xml")


@rejected("F006")
def xlsb() -> bytes:
    return _document("application/vnd.ms-excel.sheet.binary.macroEnabled.main")


@rejected("F014")
def zip_of_workbooks() -> bytes:
    return pack({"一中.xlsx": workbook(), "二中.xlsx": workbook()})


@rejected("F014")
def zip_in_a_zip() -> bytes:
    return pack({"收表.zip": pack({"一中.xlsx": workbook()})})


@rejected("F014")
def rar_archive() -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + bytes(64)


@rejected("F014")
def seven_zip_archive() -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + bytes(64)
