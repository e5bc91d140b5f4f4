"""Files in which no unit's return is: foreign, broken, hostile; and what is no return at all."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from openpyxl import Workbook

from tests.parcels.packing import archive, attachment
from tests.support.made.hostility import hostile
from tests.support.made.kinds.base import Case, kind, missing, moment
from tests.support.made.packing import letter

_MAIL = b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@kind("只收到一份没有下载完的", missing(), aside=("F003",), share=4)
def broken_off(case: Case) -> None:
    case.put(case.unit.file, case.unit.book().data[:9000])


@kind("另做了一张表", missing(), aside=("I001",), share=3)
def a_form_of_ones_own(case: Case) -> None:
    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append([case.unit.name, "全年预算数", 100 + case.number])
    book.save(buffer)
    case.put("自评表.xlsx", buffer.getvalue())


@kind("只发来盖章页的照片", missing(), aside=("F002",), share=3)
def a_photo(case: Case) -> None:
    case.put("盖章页.jpg", b"\xff\xd8\xff\xe0" + case.unit.name.encode())


@kind("只发来空文件", missing(), aside=("F001",))
def an_empty_file(case: Case) -> None:
    case.put(case.unit.file, b"")


@kind(
    "别的文件（Word、PDF、图片、改了扩展名的 CSV……）", share=1, aside=("F002",) * 7 + ("F004", "F014", "F014", "F014")
)
def foreign(case: Case) -> None:
    document, buffer = Document(), BytesIO()
    document.add_paragraph("自评报告")
    document.save(buffer)
    case.put("自评报告.docx", buffer.getvalue())
    case.put("自评报告.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    case.put("现场.png", _PNG)
    case.put("说明.txt", "请查收".encode("gb18030"))
    case.put("汇总（改扩展名）.xlsx", ("单位,金额\n某单位,80.4\n" * 50).encode("gb18030"))
    case.put("系统导出.xls", b"<html><table><tr><td>1</td></tr></table></html>")
    case.put(
        "旧文档.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(64)
    )
    case.put("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le") + bytes(64))
    case.put("收表.rar", b"Rar!\x1a\x07\x01\x00" + bytes(64))
    case.put("收表.7z", b"7z\xbc\xaf\x27\x1c" + bytes(64))
    case.put("来信.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


@kind("打不开的压缩包和邮件", share=1, aside=("F003", "F005", "F014", "F014", "F014"))
def parcels_that_do_not_open(case: Case) -> None:
    packed = archive([("自评表.txt", b"x" * 50_000)])
    case.put("下载中断.zip", packed[: len(packed) // 2])
    case.put("有密码.zip", _with_password(archive([("自评表.xlsx", b"secret")])))
    case.put("空的.zip", archive([]))
    case.put("没有附件.eml", _MAIL + b"hello")
    inner = attachment(b'attachment; filename="winmail.dat"', b"\x78\x9f\x3e\x22")
    case.put("打包的附件.eml", letter(b"x", b"e@example.org", moment(-9), inner))


def _with_password(packed: bytes) -> bytes:
    """The archive with the mark of encryption on its only member."""
    local, central = packed.index(b"PK\x03\x04"), packed.index(b"PK\x01\x02")
    marked = bytearray(packed)
    marked[local + 6] |= 1
    marked[central + 8] |= 1
    return bytes(marked)


@kind("有敌意的和损坏的工作簿", share=1, aside=tuple(sorted(one.code for one in hostile())))
def hostile_files(case: Case) -> None:
    for recipe in hostile():
        case.put(f"{recipe.name}.xlsx", recipe.make())


@kind("锁文件和系统留下的文件", share=1)
def leftovers(case: Case) -> None:
    for name in (
        "~$自评表.xlsx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "填报通知.docx",
        "下发清单.csv",
        ".~lock.表.xlsx#",
    ):
        case.put(name, b"x", read=False)
