"""Kinds of files that people send, known by suffixes, first bytes or members.

Every list of suffixes or first bytes is here, but for parcels and output formats, which have one file a kind
(``xlsxeval.parcels.kinds``, ``xlsxeval.output.formats``).
"""

from __future__ import annotations

from collections.abc import Mapping

WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods")
"""Suffixes of spreadsheet documents. Only .xlsx can be read; the others are refused with their reason."""
TABLES = (*WORKBOOKS, ".xltx", ".csv", ".numbers")
"""Suffixes of what units send as their forms: workbooks, and other files that hold a table."""
DOCUMENTS = (".docx", ".doc", ".docm", ".dotx", ".dot", ".rtf", ".wps", ".odt")
"""Suffixes of what is taken for a report. Only .docx can be read; the others are refused with their reason."""
STAND_INS = (".lnk", ".url", ".webloc", ".part", ".partial", ".crdownload", ".download", ".downloading", ".td", ".tmp")
"""Suffixes of what came in the place of a file: shortcuts, and downloads that broke off."""
REPORTS = (".docx", ".html", ".htm", ".xlsx", ".pdf")
"""Suffixes of published reports that can be audited."""

ZIP = b"PK\x03\x04"
"""The first bytes of a zip archive with members, and of every document that is packed as one."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: documents of Office 97-2003, and encrypted ones of today."""
PROGRAM = b"MZ"
FOREIGN: Mapping[bytes, str] = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"GIF8": "GIF 图片",
    b"{\\rtf": "RTF 文档",
    PROGRAM: "Windows 程序",
    b"\x7fELF": "程序文件",
    b"SQLite format 3": "SQLite 数据库",
    b"L\x00\x00\x00\x01\x14\x02\x00": "快捷方式（只是指向文件的链接，没有内容）",
    b"[InternetShortcut]": "网址的快捷方式，没有内容",
}
"""The first bytes of files that are neither tables nor parcels, and what each is called in a sentence."""

SECURED: Mapping[bytes, str] = {b"%TSD-Header-###%": "加密软件", b"E-SafeNet": "亿赛通（E-SafeNet）加密软件"}
"""What stands in the first bytes of files that security software on the sender's machine has encrypted, and what it is called."""
SECURED_WITHIN = 64
"""So many bytes."""

CONTENT_TYPES = "[Content_Types].xml"
"""The member by which a zip archive is an Open XML package (.xlsx, .docx)."""
MIME_TYPE = "mimetype"
"""The member by which a zip archive is an OpenDocument package (.ods, .odt)."""
NUMBERS = ("Index/Document.iwa", "Index.zip")
"""The members by one of which a zip archive is a document of Apple's Numbers."""
EXPORT_NAME = "xlsxeval-export.json"
"""The member by which a zip archive is the export of a lower level."""
PACKED_DOCUMENTS = frozenset({CONTENT_TYPES, MIME_TYPE, *NUMBERS, EXPORT_NAME})
"""With one of these members a zip archive is a document and not a parcel of files."""

LOCK_FILES = ("~$", ".~lock.", ".~")
"""Beginnings of the names of lock files, which a spreadsheet program leaves behind while a workbook is open."""
NOTICE = "填报通知.docx"
"""The notice that is packed with the forms of a unit; it comes back with them."""
MANIFEST = "下发清单"
"""The beginning of the name of the list of workbooks sent out."""
